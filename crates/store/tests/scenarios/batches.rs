//! What belongs to a large organization changes in small transactions.

use rstest::rstest;
use rstest_reuse::apply;
use store::{PURGE_BATCH_SIZE, PurgeStep, Retention, StoreError, Tx, UnitOfWork};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, application, connection_id, member_id, now_plus, org_id, organization, session,
    set_up_organization, sign_in,
};
use crate::test_store::{TestStore, UnitError};

/// More than two batches.
const ROWS: u32 = 600;
const MIN_BATCHES: u32 = 3;

/// A store with an organization that has a sign-in, and [`ROWS`] rows of some kinds.
async fn store_with_many_rows(engine: Engine, statements: &[String]) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            tx.add_application(&application()).await?;
            sign_in(tx, 1, 1).await
        })
        .await;
    for statement in statements {
        store.database().execute(statement).await;
    }
    store
}

/// Inserts [`ROWS`] rows with these values, in which `i` is the number of the row.
fn insert(table: &str, columns: &str, values: &str) -> String {
    format!(
        "INSERT INTO {table} ({columns})
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
         SELECT {values} FROM n"
    )
}

fn insert_attempts() -> String {
    let id = org_id(1);
    insert(
        "attempt",
        "id, organization_id, connection_id, started_at, checks",
        &format!("'atm_' || i, '{id}', 'con_1', 1, '[]'"),
    )
}

fn insert_sessions() -> String {
    let (id, member, connection) = (org_id(1), member_id(1, 1), connection_id(1, 1));
    insert(
        "session",
        "id, cookie_hash, organization_id, member_id, connection_id, auth_time, created_at, expires_at",
        &format!("'ses_' || i, 'cookie-' || i, '{id}', '{member}', '{connection}', 1, 1, 1"),
    )
}

fn insert_identities() -> String {
    let (id, member, connection) = (org_id(1), member_id(1, 1), connection_id(1, 1));
    insert(
        "identity",
        "organization_id, connection_id, issuer, subject, member_id, created_at",
        &format!("'{id}', '{connection}', 'issuer', 'subject-' || i, '{member}', 1"),
    )
}

fn insert_tokens() -> String {
    let (id, member, connection) = (org_id(1), member_id(1, 1), connection_id(1, 1));
    insert(
        "access_token",
        "token_hash, code_hash, application_id, organization_id, member_id, connection_id, session_id, scope,
         created_at, expires_at",
        &format!(
            "'token-' || i, 'code', '{}', '{id}', '{member}', '{connection}', '{}', '', 1, 1",
            application().id,
            session(1, 1).id
        ),
    )
}

fn insert_members() -> [String; 2] {
    let id = org_id(1);
    [
        insert("person", "id, created_at", "'per_' || i, 1"),
        insert(
            "member",
            "id, organization_id, person_id, role, email, email_verified_at, group_names, created_at",
            &format!(
                "'mem_' || i, '{id}', 'per_' || i, 'member', 'P' || i || '@Acme.example', 1, '[]', 1"
            ),
        ),
    ]
}

/// Runs a unit of work until no rows are left, and returns how often.
async fn count_units<F>(store: &TestStore, unit: F) -> u32
where
    F: AsyncFnOnce(&mut Tx) -> Result<bool, UnitError>
        + for<'t> UnitOfWork<'t, bool, UnitError>
        + Clone
        + Send
        + 'static,
{
    let mut units = 1;
    while store.write(unit.clone()).await {
        units += 1;
    }
    units
}

#[apply(each_database)]
async fn a_unit_purges_few_rows_of_one_kind(#[case] engine: Engine) {
    let rows = [insert_attempts(), insert_sessions(), insert_tokens()];
    let store = store_with_many_rows(engine, &rows).await;
    let retention = Retention {
        now: now_plus(-1),
        attempts_since: NOW,
        audit_log_since: NOW,
    };
    let mut batches: Vec<u64> = Vec::new();
    for step in PurgeStep::ALL {
        loop {
            let purge = async move |tx: &mut Tx| tx.purge_batch(step, &retention).await;
            let purged = store.try_write::<_, StoreError, _>(purge).await.unwrap();
            batches.push(purged);
            if purged < PURGE_BATCH_SIZE {
                break;
            }
        }
    }
    batches.retain(|purged| *purged > 0);
    assert_eq!(batches, [PURGE_BATCH_SIZE; 18]);
}

#[apply(each_database)]
async fn a_unit_erases_few_rows_of_a_deleted_connection(#[case] engine: Engine) {
    let rows = [insert_sessions(), insert_identities()];
    let store = store_with_many_rows(engine, &rows).await;
    store
        .write(async |tx| {
            let id = org_id(1);
            let connection = connection_id(1, 1);
            let mut org = tx.organization(&id);
            assert!(org.delete_connection(&connection, NOW).await?);
            // It is gone before its rows are erased.
            assert_eq!(tx.connection(&connection).await?, None);
            let mut org = tx.organization(&id);
            assert_eq!(org.connections().await?, []);
            assert_eq!(org.identities(&member_id(1, 1)).await?, []);
            Ok(())
        })
        .await;
    let deleted = store.snapshot().await.deleted_connection().await.unwrap();
    let deleted = deleted.unwrap();
    let units = count_units(&store, async move |tx: &mut Tx| {
        let mut org = tx.organization(&deleted.organization);
        Ok(org.erase_connection_batch(&deleted.connection).await?)
    });
    assert!(units.await >= 2 * MIN_BATCHES);
    let mut snapshot = store.snapshot().await;
    assert_eq!(snapshot.deleted_connection().await.unwrap(), None);
    let id = org_id(1);
    let member = snapshot.organization(&id).member(&member_id(1, 1)).await;
    assert!(member.unwrap().is_some());
}

#[apply(each_database)]
async fn a_unit_erases_few_rows_of_a_deleted_organization(#[case] engine: Engine) {
    let mut rows = vec![insert_attempts(), insert_identities()];
    rows.extend(insert_members());
    let store = store_with_many_rows(engine, &rows).await;
    store
        .write(async |tx| {
            assert!(tx.organization(&org_id(1)).delete(NOW).await?);
            Ok(())
        })
        .await;
    let units = count_units(&store, async |tx: &mut Tx| {
        Ok(tx.organization(&org_id(1)).erase_batch().await?)
    });
    assert!(units.await >= 3 * MIN_BATCHES);
    let mut snapshot = store.snapshot().await;
    assert_eq!(snapshot.deleted_organization().await.unwrap(), None);
}

#[apply(each_database)]
async fn a_unit_deletes_few_tokens_of_an_application(#[case] engine: Engine) {
    let store = store_with_many_rows(engine, &[insert_tokens()]).await;
    let units = count_units(&store, async |tx: &mut Tx| {
        Ok(tx.erase_application_batch(&application().id).await?)
    });
    assert!(units.await > MIN_BATCHES);
}

#[apply(each_database)]
async fn a_unit_unverifies_few_email_addresses(#[case] engine: Engine) {
    let store = store_with_many_rows(engine, &insert_members()).await;
    let units = count_units(&store, async |tx: &mut Tx| {
        let id = org_id(1);
        let mut org = tx.organization(&id);
        Ok(org.unverify_email_batch("acme.example").await?)
    });
    assert!(units.await > MIN_BATCHES);
    let mut snapshot = store.snapshot().await;
    let id = org_id(1);
    let mut org = snapshot.organization(&id);
    let page = store::Page::first(2000);
    let members = org.members(&store::MemberFilter::default(), &page).await;
    let verified: Vec<_> = members
        .unwrap()
        .into_iter()
        .filter(|member| member.profile.email_verified_at.is_some())
        .map(|member| member.id)
        .collect();
    // The address of the first member is in another domain.
    assert_eq!(verified, [member_id(1, 1)]);
}

#[apply(each_database)]
async fn rows_are_written_in_batches_until_none_are_left(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for n in 1..=3 {
                tx.add_organization(&organization(n)).await??;
            }
            Ok(())
        })
        .await;
    let delete_one = async |tx: &mut Tx| {
        let filter = store::OrganizationFilter::default();
        let all = tx.organizations(&filter, &store::Page::first(9)).await?;
        let Some(first) = all.first() else {
            return Ok(false);
        };
        tx.organization(&first.id).delete(NOW).await?;
        Ok::<_, StoreError>(true)
    };
    let before = store.metrics().units;
    store.write_in_batches(delete_one).await.unwrap();
    assert_eq!(store.metrics().units - before, 4);
}
