//! The keys of the OpenID provider.

use rstest::rstest;
use rstest_reuse::apply;
use store::{IdTokenAlgorithm, ProviderKey, SealedText};
use test_support::{Engine, each_database};

use crate::fixtures::now_plus;
use crate::test_store::TestStore;

fn provider_key(n: u8) -> ProviderKey {
    ProviderKey {
        kid: format!("key-{n}"),
        algorithm: IdTokenAlgorithm::Es256,
        private_key: SealedText::new("sealed".to_owned()),
        public_jwk: r#"{"kty":"EC"}"#.to_owned(),
        created_at: now_plus(n.into()),
        published_at: Some(now_plus(n.into())),
        active_from: None,
        retired_at: None,
    }
}

#[apply(each_database)]
async fn keys_are_rotated(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for n in [2, 1] {
                tx.add_provider_key(&provider_key(n)).await?;
            }
            assert_eq!(
                tx.provider_keys().await?,
                [provider_key(1), provider_key(2)]
            );
            assert!(tx.publish_provider_key("key-2", now_plus(9)).await?);
            assert!(tx.activate_provider_key("key-2", now_plus(10)).await?);
            assert!(tx.retire_provider_key("key-1", now_plus(11)).await?);
            assert!(!tx.retire_provider_key("key-3", now_plus(11)).await?);
            let second = ProviderKey {
                published_at: Some(now_plus(9)),
                active_from: Some(now_plus(10)),
                ..provider_key(2)
            };
            assert_eq!(
                tx.provider_keys().await?,
                [
                    ProviderKey {
                        retired_at: Some(now_plus(11)),
                        ..provider_key(1)
                    },
                    second
                ]
            );
            Ok(())
        })
        .await;
}
