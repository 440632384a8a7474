use crate::manual_connection::manual_connection;
use oidc::SigningAlgorithm;
use rstest::rstest;
use rstest_reuse::apply;
use runtime::keys::KeyRing;
use runtime::seal::Seal;
use serde_json::json;
use service::connection;
use service::connection::ConnectionRef;
use test_support::{Engine, START, TestServer, at, each_database};

#[apply(each_database)]
async fn the_provider_has_one_persistent_key_for_each_algorithm(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let keys = server.app.keys.provider().await.unwrap();
    server.clock.set(START + 3600);
    let later = server.app.keys.provider().await.unwrap();
    for algorithm in SigningAlgorithm::ALL {
        let first = keys.signing_key(algorithm, at(START)).unwrap();
        assert_eq!(
            later
                .signing_key(algorithm, at(START + 3600))
                .unwrap()
                .kid(),
            first.kid()
        );
    }
    assert_eq!(later.jwks(at(START + 3600)).keys.len(), 3);
}

#[apply(each_database)]
async fn encrypted_keys_cannot_be_decrypted_with_another_key(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server.app.keys.provider().await.unwrap();
    let other = Seal::from_bytes(&[8; 32]).unwrap();
    let other = KeyRing::new(server.app.store.clone(), other, server.app.clock.clone());
    other.provider().await.unwrap_err();
}

#[apply(each_database)]
async fn each_connection_has_its_own_two_key_pairs(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let mut published = Vec::new();
    for name in ["one", "two"] {
        let made = server
            .api
            .create(
                "/organizations/acme/connections",
                manual_connection(&[("name", json!(name))]),
            )
            .await;
        let (_, there) = connection::find(
            &server.app,
            ConnectionRef::ById(made["id"].as_str().unwrap()),
        )
        .await
        .unwrap();
        let keys = server.app.keys.connection(&there).await.unwrap();
        published.extend([
            keys.signing_certificates[0].sha256(),
            keys.decryption_certificates[0].sha256(),
        ]);
        server.clock.set(server.app.clock.now().as_second() + 3600);
        let later = server.app.keys.connection(&there).await.unwrap();
        assert_eq!(later.signing_certificates, keys.signing_certificates);
        let metadata = connection::sp_metadata(&server.app, &there).await.unwrap();
        assert!(metadata.contains(&keys.signing_certificates[0].base64()));
        assert!(metadata.contains(&keys.decryption_certificates[0].base64()));
    }
    published.sort();
    published.dedup();
    assert_eq!(
        published.len(),
        4,
        "no key serves two purposes or two connections"
    );
}
