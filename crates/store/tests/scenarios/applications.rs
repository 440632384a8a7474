//! Applications and API keys.

use store::{
    ApiKey, ApiKeyId, ApplicationId, ClientType, IdTokenAlgorithm, Page, Retention,
    TokenEndpointAuthMethod,
};

use crate::database::{on_each_database, writing};
use crate::samples::{NOW, application, bits, hash, later};

fn api_key(n: u8) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_random(bits(0, n)),
        hash: hash(b'k', 0, n),
        name: format!("deploy {n}"),
        created_at: later(n.into()),
        revoked_at: None,
    }
}

on_each_database! {
    async fn an_application_is_added_changed_listed_and_deleted(store) {
        writing!(store, tx => {
            tx.add_application(&application()).await?;
            let mut second = application();
            second.id = ApplicationId::from_random(bits(0, 2));
            second.created_at = later(1);
            tx.add_application(&second).await?;
            second.name = "Phone".to_owned();
            second.client_type = ClientType::Public;
            second.auth_method = TokenEndpointAuthMethod::None;
            second.secret = None;
            second.jwks = Some(r#"{"keys":[]}"#.to_owned());
            second.redirect_uris = vec!["app:/cb".to_owned(), "http://127.0.0.1/cb".to_owned()];
            second.id_token_algorithm = IdTokenAlgorithm::EdDsa;
            assert!(tx.update_application(&second).await?);
            assert_eq!(tx.application(&second.id).await?, Some(second.clone()));
            assert_eq!(tx.applications(&Page::first(1)).await?, [application()]);
            let rest = Page { after: Some(application().id.to_string()), size: 9 };
            assert_eq!(tx.applications(&rest).await?, [second.clone()]);
            assert!(tx.delete_application(&second.id).await?);
            assert!(!tx.delete_application(&second.id).await?);
            assert!(!tx.update_application(&second).await?);
            assert_eq!(tx.application(&second.id).await?, None);
        });
    }

    async fn a_revoked_api_key_is_not_found(store) {
        writing!(store, tx => {
            for n in [1, 2] { tx.add_api_key(&api_key(n)).await?; }
            assert_eq!(tx.api_key(&hash(b'k', 0, 1)).await?, Some(api_key(1)));
            assert_eq!(tx.api_key(&hash(b'k', 0, 3)).await?, None);
            assert!(tx.revoke_api_key(&api_key(1).id, NOW).await?);
            assert!(!tx.revoke_api_key(&api_key(1).id, NOW).await?);
            assert_eq!(tx.api_key(&hash(b'k', 0, 1)).await?, None);
            assert_eq!(tx.api_keys(&Page::first(1)).await?, [ApiKey { revoked_at: Some(NOW), ..api_key(1) }]);
            let rest = Page { after: Some(api_key(1).id.to_string()), size: 9 };
            assert_eq!(tx.api_keys(&rest).await?, [api_key(2)]);
        });
    }

    async fn a_client_assertion_is_consumed_once(store) {
        writing!(store, tx => {
            let mut second = application();
            second.id = ApplicationId::from_random(bits(0, 2));
            for one in [&application(), &second] { tx.add_application(one).await?; }
            assert!(tx.consume_client_assertion(&application().id, "jti", later(60)).await?);
            assert!(!tx.consume_client_assertion(&application().id, "jti", later(90)).await?);
            assert!(tx.consume_client_assertion(&second.id, "jti", later(60)).await?, "another application's");
            assert!(!tx.consume_client_assertion(&second.id, &"j".repeat(1025), later(60)).await?);
            let retention = |seconds| Retention { now: later(seconds), attempts_since: NOW, audit_log_since: NOW };
            assert_eq!(tx.purge(&retention(59)).await?, 0);
            assert_eq!(tx.purge(&retention(60)).await?, 2);
            assert!(tx.consume_client_assertion(&second.id, "jti", later(60)).await?);
        });
    }
}
