//! Connections, their certificates and their keys.

use jiff::Timestamp;
use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ActivationRequest, Binding, Conflict, ConnectionId, ConnectionKeyId, ConnectionSettings,
    ConnectionState, OrganizationConnection, OrganizationTx, StoreError,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, at_second, certificate, connection, connection_id, connection_key, connection_settings,
    id_bytes, now_plus, org_id, organization, setup_link,
};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn every_setting_is_stored(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 1)).await??;
            let mut minimal = connection(1, 2);
            minimal.settings = ConnectionSettings {
                acs_url: None,
                entity_id: None,
                sign_requests_since: None,
                sign_on_binding: Binding::Post,
                ..connection_settings(1, 2)
            };
            minimal.certificates = vec![];
            org.add_connection(&minimal).await??;
            assert_eq!(
                org.connection(&connection_id(1, 2)).await?.as_ref(),
                Some(&minimal)
            );
            assert_eq!(org.connections().await?, [connection(1, 1), minimal]);
            assert_eq!(
                tx.connection(&connection_id(1, 1)).await?,
                Some(connection(1, 1))
            );
            assert_eq!(tx.connection(&connection_id(1, 9)).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_connection_is_found_by_its_exact_acs_url(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 1)).await??;
            let acs_url = "https://old.example/1/1/acs";
            let found = tx.connection_by_acs_url(acs_url).await?;
            assert_eq!(found, Some(connection(1, 1)));
            let other_case = "https://old.example/1/1/ACS";
            assert_eq!(tx.connection_by_acs_url(other_case).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn settings_and_certificates_are_replaced(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 1)).await??;
            let known = connection_id(1, 1);
            let unknown = connection_id(1, 2);
            let changed = ConnectionSettings {
                name: "Entra".to_owned(),
                acs_url: None,
                accept_cbc_since: None,
                metadata_valid_until: Some(at_second(Timestamp::MAX.as_second())),
                ..connection_settings(1, 7)
            };
            assert_eq!(org.update_connection(&known, &changed).await?, Ok(true));
            assert_eq!(org.update_connection(&unknown, &changed).await?, Ok(false));
            assert!(org.replace_certificates(&known, &[certificate(4)]).await?);
            assert!(
                !org.replace_certificates(&unknown, &[certificate(4)])
                    .await?
            );
            let found = org.connection(&known).await?.unwrap();
            assert_eq!(found.settings, changed);
            assert_eq!(found.certificates, [certificate(4)]);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_acs_url_belongs_to_one_connection(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
            }
            tx.organization(&org_id(1))
                .add_connection(&connection(1, 1))
                .await??;
            let mut duplicate = connection(2, 1);
            duplicate.settings.acs_url = connection(1, 1).settings.acs_url;
            let id = org_id(2);
            let mut other = tx.organization(&id);
            let added = other.add_connection(&duplicate).await?;
            assert_eq!(added, Err(Conflict::AcsUrlInUse));
            other.add_connection(&connection(2, 1)).await??;
            let updated = other
                .update_connection(&connection_id(2, 1), &duplicate.settings)
                .await?;
            assert_eq!(updated, Err(Conflict::AcsUrlInUse));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn connections_of_all_organizations_are_read_in_batches(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
                for n in [1, 2] {
                    tx.organization(&org_id(org))
                        .add_connection(&connection(org, n))
                        .await??;
                }
            }
            let deleted = connection_id(2, 1);
            tx.organization(&org_id(2))
                .delete_connection(&deleted, NOW)
                .await?;
            let listed = |org, n| OrganizationConnection {
                organization: organization(org),
                connection: connection(org, n),
            };
            let first = tx.connection_batch(None, 2).await?;
            assert_eq!(first, [listed(1, 1), listed(1, 2)]);
            let last = connection_id(1, 2);
            let second = tx.connection_batch(Some(&last), 2).await?;
            assert_eq!(second, [listed(2, 2)]);
            let last = connection_id(2, 2);
            assert_eq!(tx.connection_batch(Some(&last), 2).await?, []);
            Ok(())
        })
        .await;
}

async fn state(
    org: &mut OrganizationTx<'_>,
    id: &ConnectionId,
) -> Result<ConnectionState, StoreError> {
    Ok(org.connection(id).await?.unwrap().state())
}

#[apply(each_database)]
async fn a_connection_changes_its_state(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = connection_id(1, 1);
            org.add_connection(&connection(1, 1)).await??;
            assert_eq!(state(&mut org, &id).await?, ConnectionState::Draft);
            assert!(org.set_tested(&id, Some(now_plus(1))).await?);
            assert_eq!(state(&mut org, &id).await?, ConnectionState::Tested);
            assert!(org.activate(&id, now_plus(2)).await?);
            assert_eq!(state(&mut org, &id).await?, ConnectionState::Active);
            assert!(org.disable(&id, now_plus(3)).await?);
            assert!(org.disable(&id, now_plus(4)).await?);
            let disabled = org.connection(&id).await?.unwrap();
            assert_eq!(disabled.state(), ConnectionState::Disabled);
            assert_eq!(disabled.lifecycle.disabled_at, Some(now_plus(3)));
            assert!(org.activate(&id, now_plus(5)).await?);
            assert_eq!(state(&mut org, &id).await?, ConnectionState::Active);
            assert!(org.delete_connection(&id, NOW).await?);
            assert!(!org.delete_connection(&id, NOW).await?);
            assert!(!org.activate(&id, now_plus(6)).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_activation_is_requested_once_until_it_is_granted_or_ended(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = connection_id(1, 1);
            org.add_connection(&connection(1, 1)).await??;
            let request = ActivationRequest {
                at: now_plus(1),
                link: setup_link(1, 1).id,
            };
            assert!(org.request_activation(&id, &request).await?);
            let later = ActivationRequest {
                at: now_plus(2),
                link: setup_link(1, 2).id,
            };
            assert!(!org.request_activation(&id, &later).await?);
            let waiting = org.connection(&id).await?.unwrap();
            assert_eq!(waiting.activation_request, Some(request.clone()));
            assert!(!org.end_activation_request(&later.link).await?);
            assert!(org.end_activation_request(&request.link).await?);
            assert!(org.request_activation(&id, &later).await?);
            assert!(org.activate(&id, now_plus(3)).await?);
            let active = org.connection(&id).await?.unwrap();
            assert_eq!(active.activation_request, None);
            assert_eq!(active.lifecycle.unconfirmed_since, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_unconfirmed_connection_is_confirmed_once(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = connection_id(1, 1);
            org.add_connection(&connection(1, 1)).await??;
            assert!(!org.was_sso_activated().await?);
            assert!(org.activate_unconfirmed(&id, now_plus(1)).await?);
            let active = org.connection(&id).await?.unwrap();
            assert_eq!(active.lifecycle.unconfirmed_since, Some(now_plus(1)));
            assert_eq!(active.state(), ConnectionState::Active);
            assert!(org.confirm_activation(&id).await?);
            assert!(!org.confirm_activation(&id).await?);
            let confirmed = org.connection(&id).await?.unwrap();
            assert_eq!(confirmed.lifecycle.unconfirmed_since, None);
            // Also when the connection is gone, it was active.
            org.delete_connection(&id, now_plus(2)).await?;
            assert!(org.was_sso_activated().await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_key_pair_is_published_activated_and_retired(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 1)).await??;
            org.add_connection_key(&connection_key(1, 2)).await?;
            org.add_connection_key(&connection_key(1, 1)).await?;
            assert_eq!(
                org.connection_keys(&connection_id(1, 1)).await?,
                [connection_key(1, 1), connection_key(1, 2)]
            );
            let certificate = connection_key(1, 2).certificate;
            assert!(tx.is_own_certificate(&certificate).await?);
            assert!(!tx.is_own_certificate("b3RoZXI=").await?);
            let mut org = tx.organization(&id);
            let first = ConnectionKeyId::from_random(id_bytes(1, 1));
            assert!(org.publish_connection_key(&first, now_plus(1)).await?);
            assert!(org.activate_connection_key(&first, now_plus(2)).await?);
            assert!(org.retire_connection_key(&first, now_plus(3)).await?);
            let found = org.connection_keys(&connection_id(1, 1)).await?.remove(0);
            assert_eq!(found.published_at, Some(now_plus(1)));
            assert_eq!(found.active_from, Some(now_plus(2)));
            assert_eq!(found.retired_at, Some(now_plus(3)));
            let unknown = ConnectionKeyId::from_random(id_bytes(1, 9));
            assert!(!org.retire_connection_key(&unknown, now_plus(3)).await?);
            Ok(())
        })
        .await;
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

#[rstest]
#[case::lemonldap("https://auth.acme.example/saml/singleSignOn", true)]
#[case::authentic("https://connect.acme.example/idp/saml2/sso", true)]
#[case::simplesamlphp("https://idp.acme.example/saml2/idp/SSOService.php", false)]
#[case::entra(
    "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/saml2",
    false
)]
fn requests_to_lasso_permit_new_identifiers(#[case] sign_on_url: &str, #[case] expected: bool) {
    let mut settings = connection_settings(1, 1);
    settings.sign_on_url = sign_on_url.to_owned();
    assert!(
        settings.permits_new_identifiers(),
        "the setting applies to each"
    );
    settings.policy.allow_create = false;
    assert_eq!(settings.permits_new_identifiers(), expected);
}
