//! Applications and API keys.

use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ApiKey, ApiKeyId, ApplicationId, ClientType, IdTokenAlgorithm, Page, RejectedRedirectUri,
    TokenEndpointAuthMethod,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, application, id_bytes, now_plus, page_after, purge, retention_at, secret_hash,
};
use crate::test_store::TestStore;

fn api_key(n: u8) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_random(id_bytes(0, n)),
        hash: secret_hash(b'k', 0, n),
        name: format!("deploy {n}"),
        created_at: now_plus(n.into()),
        revoked_at: None,
    }
}

#[apply(each_database)]
async fn an_application_is_added_changed_listed_and_deleted(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_application(&application()).await?;
            let mut second = application();
            second.id = ApplicationId::from_random(id_bytes(0, 2));
            second.created_at = now_plus(1);
            tx.add_application(&second).await?;
            second.name = "Phone".to_owned();
            second.client_type = ClientType::Public;
            second.auth_method = TokenEndpointAuthMethod::None;
            second.auth_method_pinned_since = Some(now_plus(2));
            second.pkce_required_since = None;
            second.secret = None;
            second.jwks = Some(r#"{"keys":[]}"#.to_owned());
            second.redirect_uris = vec!["app:/cb".to_owned(), "http://127.0.0.1/cb".to_owned()];
            second.id_token_algorithm = IdTokenAlgorithm::EdDsa;
            assert!(tx.update_application(&second).await?);
            assert_eq!(tx.application(&second.id).await?, Some(second.clone()));
            assert_eq!(tx.applications(&Page::first(1)).await?, [application()]);
            let rest = page_after(&application().id, 9);
            assert_eq!(tx.applications(&rest).await?, [second.clone()]);
            assert!(tx.delete_application(&second.id).await?);
            assert!(!tx.delete_application(&second.id).await?);
            assert!(!tx.update_application(&second).await?);
            assert_eq!(tx.application(&second.id).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_rejected_redirect_uri_is_recorded_once_a_minute(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_application(&application()).await?;
            let id = application().id;
            let rejected = |received: &str, seconds| RejectedRedirectUri {
                received: received.to_owned(),
                at: now_plus(seconds),
            };
            for (received, seconds, recorded, recorded_at) in [
                ("https://a.example", 0, "https://a.example", 0),
                ("https://b.example", 59, "https://a.example", 0),
                ("https://c.example", 60, "https://c.example", 60),
            ] {
                let rejected_now = rejected(received, seconds);
                tx.record_rejected_redirect_uri(&id, &rejected_now).await?;
                let found = tx.application(&id).await?.unwrap();
                let expected = rejected(recorded, recorded_at);
                assert_eq!(found.rejected_redirect_uri, Some(expected));
            }
            // A change of the application keeps it.
            tx.update_application(&application()).await?;
            let found = tx.application(&id).await?.unwrap();
            assert!(found.rejected_redirect_uri.is_some());
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_revoked_api_key_is_not_found(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for n in [1, 2] {
                tx.add_api_key(&api_key(n)).await?;
            }
            let first = api_key(1).hash;
            let unknown = api_key(3).hash;
            assert_eq!(tx.api_key(&first).await?, Some(api_key(1)));
            assert_eq!(tx.api_key(&unknown).await?, None);
            assert!(tx.revoke_api_key(&api_key(1).id, NOW).await?);
            assert!(!tx.revoke_api_key(&api_key(1).id, NOW).await?);
            assert_eq!(tx.api_key(&first).await?, None);
            assert_eq!(
                tx.api_keys(&Page::first(1)).await?,
                [ApiKey {
                    revoked_at: Some(NOW),
                    ..api_key(1)
                }]
            );
            let rest = page_after(&api_key(1).id, 9);
            assert_eq!(tx.api_keys(&rest).await?, [api_key(2)]);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_client_assertion_is_consumed_once(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            let mut second_application = application();
            second_application.id = ApplicationId::from_random(id_bytes(0, 2));
            for application in [&application(), &second_application] {
                tx.add_application(application).await?;
            }
            let first = application().id;
            let second = second_application.id;
            let until = now_plus(60);
            assert!(tx.consume_client_assertion(&first, "jti", until).await?);
            let replay = tx.consume_client_assertion(&first, "jti", now_plus(90));
            assert!(!replay.await?);
            // The ID is unique per application only.
            assert!(tx.consume_client_assertion(&second, "jti", until).await?);
            let long_id = "j".repeat(1025);
            assert!(
                !tx.consume_client_assertion(&second, &long_id, until)
                    .await?
            );
            assert_eq!(purge(tx, &retention_at(59)).await?, 0);
            assert_eq!(purge(tx, &retention_at(60)).await?, 2);
            assert!(tx.consume_client_assertion(&second, "jti", until).await?);
            Ok(())
        })
        .await;
}
