//! Connections, their certificates and their keys.

use jiff::Timestamp;
use store::{Binding, Conflict, ConnectionKeyId, ConnectionSettings, ConnectionState};

use crate::database::{on_each_database, writing};
use crate::samples::{
    at_second, bits, certificate, con_id, connection, connection_key, later, org_id, organization,
    settings,
};

on_each_database! {
    async fn every_setting_survives_a_round_trip(store) {
        writing!(store, tx => {
            tx.add_organization(&organization(1)).await??;
            tx.organization(&org_id(1)).add_connection(&connection(1, 1)).await??;
            let mut bare = connection(1, 2);
            bare.settings = ConnectionSettings {
                acs_url: None, entity_id: None, sign_requests_since: None, sign_on_binding: Binding::Post,
                ..settings(1, 2)
            };
            bare.certificates = vec![];
            tx.organization(&org_id(1)).add_connection(&bare).await??;
            assert_eq!(tx.connection(&con_id(1, 1)).await?, Some(connection(1, 1)));
            assert_eq!(tx.connection(&con_id(1, 9)).await?, None);
            assert_eq!(tx.organization(&org_id(1)).connection(&con_id(1, 2)).await?, Some(bare.clone()));
            assert_eq!(tx.organization(&org_id(1)).connections().await?, [connection(1, 1), bare]);
            assert_eq!(tx.connection_by_acs_url("https://old.example/1/1/acs").await?, Some(connection(1, 1)));
            assert_eq!(tx.connection_by_acs_url("https://old.example/1/1/ACS").await?, None);
        });
    }

    async fn settings_and_certificates_are_replaced(store) {
        writing!(store, tx => {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 1)).await??;
            let changed = ConnectionSettings {
                name: "Entra".to_owned(), acs_url: None, accept_cbc_since: None,
                metadata_valid_until: Some(at_second(Timestamp::MAX.as_second())), ..settings(1, 7)
            };
            assert_eq!(org.update_connection(&con_id(1, 1), &changed).await?, Ok(true));
            assert_eq!(org.update_connection(&con_id(1, 2), &changed).await?, Ok(false));
            assert!(org.replace_certificates(&con_id(1, 1), &[certificate(4)]).await?);
            assert!(!org.replace_certificates(&con_id(1, 2), &[certificate(4)]).await?);
            let found = org.connection(&con_id(1, 1)).await?.unwrap();
            assert_eq!(found.settings, changed);
            assert_eq!(found.certificates, [certificate(4)]);
        });
    }

    async fn an_acs_url_belongs_to_one_connection(store) {
        writing!(store, tx => {
            for org in [1, 2] { tx.add_organization(&organization(org)).await??; }
            tx.organization(&org_id(1)).add_connection(&connection(1, 1)).await??;
            let mut rival = connection(2, 1);
            rival.settings.acs_url = connection(1, 1).settings.acs_url;
            assert_eq!(tx.organization(&org_id(2)).add_connection(&rival).await?, Err(Conflict::AcsUrlInUse));
            tx.organization(&org_id(2)).add_connection(&connection(2, 1)).await??;
            assert_eq!(
                tx.organization(&org_id(2)).update_connection(&con_id(2, 1), &rival.settings).await?,
                Err(Conflict::AcsUrlInUse)
            );
        });
    }

    async fn a_connection_changes_its_state(store) {
        writing!(store, tx => {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let con = con_id(1, 1);
            org.add_connection(&connection(1, 1)).await??;
            assert_eq!(org.connection(&con).await?.unwrap().state(), ConnectionState::Draft);
            assert!(org.set_tested(&con, Some(later(1))).await?);
            assert_eq!(org.connection(&con).await?.unwrap().state(), ConnectionState::Tested);
            assert!(org.activate(&con, later(2)).await?);
            assert_eq!(org.connection(&con).await?.unwrap().state(), ConnectionState::Active);
            assert!(org.disable(&con, later(3)).await?);
            assert!(org.disable(&con, later(4)).await?);
            let disabled = org.connection(&con).await?.unwrap();
            assert_eq!(disabled.state(), ConnectionState::Disabled);
            assert_eq!(disabled.lifecycle.disabled_at, Some(later(3)));
            assert!(org.activate(&con, later(5)).await?);
            assert_eq!(org.connection(&con).await?.unwrap().state(), ConnectionState::Active);
            assert!(org.delete_connection(&con).await?);
            assert!(!org.delete_connection(&con).await?);
            assert!(!org.activate(&con, later(6)).await?);
        });
    }

    async fn a_key_pair_is_published_used_and_retired(store) {
        writing!(store, tx => {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 1)).await??;
            org.add_connection_key(&connection_key(1, 2)).await?;
            org.add_connection_key(&connection_key(1, 1)).await?;
            assert_eq!(org.connection_keys(&con_id(1, 1)).await?, [connection_key(1, 1), connection_key(1, 2)]);
            assert!(tx.is_own_certificate(&connection_key(1, 2).certificate).await?);
            assert!(!tx.is_own_certificate("bm9ib2R5J3M=").await?);
            let mut org = tx.organization(&id);
            let first = ConnectionKeyId::from_random(bits(1, 1));
            assert!(org.publish_connection_key(&first, later(1)).await?);
            assert!(org.activate_connection_key(&first, later(2)).await?);
            assert!(org.retire_connection_key(&first, later(3)).await?);
            let found = org.connection_keys(&con_id(1, 1)).await?.remove(0);
            assert_eq!(
                (found.published_at, found.active_from, found.retired_at),
                (Some(later(1)), Some(later(2)), Some(later(3)))
            );
            assert!(!org.retire_connection_key(&ConnectionKeyId::from_random(bits(1, 9)), later(3)).await?);
        });
    }
}

#[test]
fn a_connection_lists_its_missing_settings() {
    let mut incomplete = connection(1, 1);
    assert!(incomplete.is_complete());
    incomplete.certificates.clear();
    incomplete.settings.issuer.clear();
    assert_eq!(incomplete.missing(), ["issuer", "certificates"]);
    incomplete.settings.sign_on_url.clear();
    assert_eq!(
        incomplete.missing(),
        ["issuer", "sign_on_url", "certificates"]
    );
    assert!(!incomplete.is_complete());
}
