//! The keys of the OpenID provider.

use store::{IdTokenAlgorithm, ProviderKey, SealedText};

use crate::database::{on_each_database, writing};
use crate::samples::later;

fn key(n: u8) -> ProviderKey {
    ProviderKey {
        kid: format!("key-{n}"),
        algorithm: IdTokenAlgorithm::Es256,
        private_key: SealedText::new("sealed".to_owned()),
        public_jwk: r#"{"kty":"EC"}"#.to_owned(),
        created_at: later(n.into()),
        published_at: Some(later(n.into())),
        active_from: None,
        retired_at: None,
    }
}

on_each_database! {
    async fn keys_are_rotated(store) {
        writing!(store, tx => {
            for n in [2, 1] { tx.add_provider_key(&key(n)).await?; }
            assert_eq!(tx.provider_keys().await?, [key(1), key(2)]);
            assert!(tx.publish_provider_key("key-2", later(9)).await?);
            assert!(tx.activate_provider_key("key-2", later(10)).await?);
            assert!(tx.retire_provider_key("key-1", later(11)).await?);
            assert!(!tx.retire_provider_key("key-3", later(11)).await?);
            let second = ProviderKey {
                published_at: Some(later(9)), active_from: Some(later(10)), ..key(2)
            };
            assert_eq!(
                tx.provider_keys().await?,
                [ProviderKey { retired_at: Some(later(11)), ..key(1) }, second]
            );
        });
    }
}
