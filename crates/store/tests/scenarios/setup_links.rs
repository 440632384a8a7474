//! Setup links and setup sessions.

use rstest::rstest;
use rstest_reuse::apply;
use store::{SetupLinkId, SetupSession};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, connection, connection_id, id_bytes, now_plus, org_id, secret_hash, set_up_organization,
    setup_link,
};
use crate::test_store::TestStore;

fn setup_session(n: u8) -> SetupSession {
    SetupSession {
        cookie: secret_hash(b'v', 1, n),
        link: setup_link(1, 1).id,
        created_at: now_plus(5),
        expires_at: now_plus(50),
    }
}

/// A store with one organization and one setup link.
async fn store_with_setup_link(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.add_setup_link(&setup_link(1, 1)).await?);
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn a_setup_link_is_found_by_its_token_and_its_session(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            let link = setup_link(1, 1);
            let found = tx.setup_link_by_token(&link.token).await?;
            assert_eq!(found.as_ref(), Some(&link));
            let unknown = secret_hash(b'l', 9, 9);
            assert_eq!(tx.setup_link_by_token(&unknown).await?, None);
            let cookie = setup_session(1).cookie;
            let not_begun = tx.setup_link_by_session(&cookie, now_plus(5)).await?;
            assert_eq!(not_begun, None);

            assert!(tx.begin_setup_session(&setup_session(1)).await?);
            let mut second = setup_session(2);
            second.created_at = now_plus(6);
            assert!(tx.begin_setup_session(&second).await?);
            let found = tx.setup_link_by_session(&cookie, now_plus(49)).await?;
            let opened = found.unwrap();
            assert_eq!(opened.id, link.id);
            assert_eq!(opened.opened_at, Some(now_plus(5)));
            let expired = tx.setup_link_by_session(&cookie, now_plus(50)).await?;
            assert_eq!(expired, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_setup_link_remembers_the_tested_settings(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            let link = setup_link(1, 1).id;
            let (id, other) = (org_id(1), org_id(2));
            assert!(!tx.organization(&other).set_link_tested(&link, "b").await?);
            let mut org = tx.organization(&id);
            assert!(org.set_link_tested(&link, "a").await?);
            let found = org.setup_link(&link).await?.unwrap();
            assert_eq!(found.tested_settings.as_deref(), Some("a"));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_revoked_setup_link_has_no_sessions(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            let link = setup_link(1, 1).id;
            let cookie = setup_session(1).cookie;
            assert!(tx.begin_setup_session(&setup_session(1)).await?);
            let active = tx.setup_link_by_session(&cookie, now_plus(8)).await?;
            assert!(active.is_some());
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.revoke_setup_link(&link, now_plus(7)).await?);
            assert!(org.revoke_setup_link(&link, now_plus(8)).await?);
            let revoked = org.setup_link(&link).await?.unwrap();
            assert_eq!(revoked.revoked_at, Some(now_plus(7)));
            let ended = tx.setup_link_by_session(&cookie, now_plus(8)).await?;
            assert_eq!(ended, None);
            assert!(!tx.begin_setup_session(&setup_session(3)).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_expired_setup_link_begins_no_session(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            let mut late = setup_session(1);
            late.created_at = setup_link(1, 1).expires_at;
            assert!(!tx.begin_setup_session(&late).await?);
            // It is not stored: a session with the same cookie can begin in time.
            assert!(tx.begin_setup_session(&setup_session(1)).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_setup_session_ends_with_its_link(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            let mut long_session = setup_session(1);
            long_session.expires_at = now_plus(99_999);
            assert!(tx.begin_setup_session(&long_session).await?);
            let expires_at = setup_link(1, 1).expires_at;
            let cookie = long_session.cookie;
            let ended = tx.setup_link_by_session(&cookie, expires_at).await?;
            assert_eq!(ended, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn setup_links_belong_to_one_connection(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 2)).await??;
            org.add_setup_link(&setup_link(1, 2)).await?;
            assert_eq!(
                org.setup_links(&connection_id(1, 1)).await?,
                [setup_link(1, 2), setup_link(1, 1)]
            );
            assert_eq!(org.setup_links(&connection_id(1, 2)).await?, []);
            let unknown = SetupLinkId::from_random(id_bytes(1, 9));
            assert_eq!(org.setup_link(&unknown).await?, None);
            org.delete_connection(&connection_id(1, 1), NOW).await?;
            let token = setup_link(1, 1).token;
            assert_eq!(tx.setup_link_by_token(&token).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn setup_links_belong_to_one_organization(#[case] engine: Engine) {
    let store = store_with_setup_link(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 2).await?;
            let link = setup_link(1, 1).id;
            let id = org_id(2);
            let mut other = tx.organization(&id);
            assert!(!other.add_setup_link(&setup_link(1, 3)).await?);
            assert_eq!(other.setup_links(&connection_id(1, 1)).await?, []);
            assert_eq!(other.setup_link(&link).await?, None);
            assert!(!other.revoke_setup_link(&link, NOW).await?);
            Ok(())
        })
        .await;
}
