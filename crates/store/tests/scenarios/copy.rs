//! Copies of a whole database, from each engine to each other.

use rstest::rstest;
use store::{AuditFilter, CopyError, MemberFilter, Page, Tx};
use test_support::Engine;

use crate::fixtures::{
    application, connection_id, idp_account, org_id, set_up_organization, sign_in,
};
use crate::test_store::{TestStore, UnitError};

/// More rows than one transaction of the copy inserts.
const SESSIONS: u8 = 230;

/// Everything that the test compares, as text.
async fn describe(store: &TestStore) -> String {
    let mut snapshot = store.snapshot().await;
    let organization = org_id(1);
    let mut org_tx = snapshot.organization(&organization);
    let page = Page::first(10);
    let members = org_tx
        .members(&MemberFilter::default(), &page)
        .await
        .unwrap();
    let account = idp_account(1, 1);
    let by_account = org_tx.member_by_idp_account(&account).await.unwrap();
    let connection = org_tx.connection(&connection_id(1, 1)).await.unwrap();
    let attempts = org_tx
        .audit_log(&AuditFilter::default(), &page)
        .await
        .unwrap();
    format!("{members:#?} {by_account:#?} {connection:#?} {attempts:#?}")
}

#[rstest]
#[case::sqlite_to_sqlite(Engine::Sqlite, Engine::Sqlite)]
#[ignore = "needs PostgreSQL: run scripts/test"]
#[case::sqlite_to_postgres(Engine::Sqlite, Engine::Postgres)]
#[ignore = "needs PostgreSQL: run scripts/test"]
#[case::postgres_to_sqlite(Engine::Postgres, Engine::Sqlite)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_is_copied_to_an_empty_database(#[case] from: Engine, #[case] to: Engine) {
    let source = TestStore::open(from).await;
    source
        .write(async |tx: &mut Tx| {
            tx.add_application(&application()).await?;
            set_up_organization(tx, 1).await?;
            for n in 1..=SESSIONS {
                sign_in(tx, 1, n).await?;
            }
            Ok::<_, UnitError>(())
        })
        .await;
    let target = TestStore::open(to).await;
    let copied = source.copy_to(&target).await.unwrap();
    let rows_of = |name| {
        let mut tables = copied.iter().filter(|table| table.name == name);
        tables.next().map(|table| table.rows)
    };
    assert_eq!(rows_of("member"), Some(1));
    assert_eq!(rows_of("session"), Some(u64::from(SESSIONS)));
    assert_eq!(describe(&target).await, describe(&source).await);

    let error = source.copy_to(&target).await.unwrap_err();
    let expected = CopyError::NotEmpty {
        table: "organization",
    };
    assert_eq!(error.to_string(), expected.to_string());

    // A copy of the copy has the same rows.
    let third = TestStore::open(Engine::Sqlite).await;
    assert_eq!(target.copy_to(&third).await.unwrap(), copied);
}
