//! Setup links and setup sessions.

use store::{SetupLinkId, SetupSession};

use crate::database::{on_each_database, writing};
use crate::samples::{
    NOW, bits, con_id, connection, hash, later, org_id, set_up_organization, setup_link,
};

fn setup_session(n: u8) -> SetupSession {
    SetupSession {
        cookie: hash(b'v', 1, n),
        link: setup_link(1, 1).id,
        created_at: later(5),
        expires_at: later(50),
    }
}

on_each_database! {
    async fn a_setup_link_is_opened_and_revoked(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let link = setup_link(1, 1);
            assert!(tx.organization(&org_id(1)).add_setup_link(&link).await?);
            assert_eq!(tx.setup_link_by_token(&link.token).await?, Some(link.clone()));
            assert_eq!(tx.setup_link_by_token(&hash(b'l', 9, 9)).await?, None);
            assert_eq!(tx.setup_link_by_session(&setup_session(1).cookie, later(5)).await?, None);

            assert!(tx.begin_setup_session(&setup_session(1)).await?);
            let mut second = setup_session(2);
            second.created_at = later(6);
            assert!(tx.begin_setup_session(&second).await?);
            let opened = tx.setup_link_by_session(&setup_session(1).cookie, later(49)).await?.unwrap();
            assert_eq!((&opened.id, opened.opened_at), (&link.id, Some(later(5))));
            assert_eq!(tx.setup_link_by_session(&setup_session(1).cookie, later(50)).await?, None);

            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.revoke_setup_link(&link.id, later(7)).await?);
            assert!(org.revoke_setup_link(&link.id, later(8)).await?);
            assert_eq!(org.setup_link(&link.id).await?.unwrap().revoked_at, Some(later(7)));
            assert_eq!(tx.setup_link_by_session(&setup_session(1).cookie, later(8)).await?, None);
            assert!(!tx.begin_setup_session(&setup_session(3)).await?);
        });
    }

    async fn an_expired_setup_link_begins_no_session(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            tx.organization(&org_id(1)).add_setup_link(&setup_link(1, 1)).await?;
            let mut late = setup_session(1);
            late.created_at = setup_link(1, 1).expires_at;
            assert!(!tx.begin_setup_session(&late).await?);
            let mut in_time = setup_session(1);
            in_time.expires_at = later(99_999);
            assert!(tx.begin_setup_session(&in_time).await?);
            // A session never outlives its link.
            assert_eq!(tx.setup_link_by_session(&in_time.cookie, setup_link(1, 1).expires_at).await?, None);
        });
    }

    async fn links_belong_to_one_connection_of_one_organization(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            tx.organization(&org_id(1)).add_connection(&connection(1, 2)).await??;
            for n in [1, 2] {
                tx.organization(&org_id(1)).add_setup_link(&setup_link(1, n)).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.setup_links(&con_id(1, 1)).await?, [setup_link(1, 2), setup_link(1, 1)]);
            assert_eq!(org.setup_links(&con_id(1, 2)).await?, []);
            assert_eq!(org.setup_link(&SetupLinkId::from_random(bits(1, 9))).await?, None);

            let id = org_id(2);
            let mut other = tx.organization(&id);
            assert!(!other.add_setup_link(&setup_link(1, 3)).await?);
            assert_eq!(other.setup_links(&con_id(1, 1)).await?, []);
            assert_eq!(other.setup_link(&setup_link(1, 1).id).await?, None);
            assert!(!other.revoke_setup_link(&setup_link(1, 1).id, NOW).await?);
            tx.organization(&org_id(1)).delete_connection(&con_id(1, 1)).await?;
            assert_eq!(tx.setup_link_by_token(&setup_link(1, 1).token).await?, None);
        });
    }
}
