//! The server's own keys.

use config::SecretKey;
use oidc::SigningAlgorithm;
use rstest::rstest;
use rstest_reuse::apply;
use runtime::keys::KeyRing;
use runtime::seal::{Seal, SecretKeys};
use serde_json::json;
use service::connection;
use service::connection::ConnectionRef;
use test_support::{Engine, START, TestServer, at, each_database};

use crate::objects::{create_connection, create_organization, id};

#[apply(each_database)]
async fn the_provider_has_one_persistent_key_for_each_algorithm(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let keys = server.app.keys.provider().await.unwrap();
    server.clock.set(START + 3600);
    let later_keys = server.app.keys.provider().await.unwrap();
    for algorithm in SigningAlgorithm::ALL {
        let key = keys.signing_key(algorithm, at(START)).unwrap();
        let later_key = later_keys.signing_key(algorithm, at(START + 3600)).unwrap();
        assert_eq!(later_key.kid(), key.kid());
    }
    assert_eq!(later_keys.jwks(at(START + 3600)).keys.len(), 3);
}

#[apply(each_database)]
async fn nodes_that_start_together_have_one_key_set(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let nodes: Vec<_> = (0..8)
        .map(|_| {
            let seal = Seal::from_keys(&SecretKeys::one(SecretKey::from_bytes([7; 32])));
            let app = &server.app;
            let keys = KeyRing::new(app.store.clone(), seal, app.clock.clone());
            tokio::spawn(async move { keys.provider().await.unwrap().jwks(at(START)) })
        })
        .collect();
    let mut key_sets = Vec::new();
    for node in nodes {
        key_sets.push(node.await.unwrap());
    }
    key_sets.dedup();
    assert_eq!(key_sets.len(), 1, "{key_sets:?}");
    assert_eq!(key_sets[0].keys.len(), 3);
}

#[apply(each_database)]
async fn a_key_of_a_node_whose_clock_was_ahead_is_published_and_signs(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server.clock.set(START + 600);
    server.app.keys.provider().await.unwrap();
    server.clock.set(START);
    let keys = server.app.keys.provider().await.unwrap();
    assert_eq!(keys.jwks(at(START)).keys.len(), 3);
    for algorithm in SigningAlgorithm::ALL {
        assert!(keys.signing_key(algorithm, at(START)).is_some());
    }
}

#[apply(each_database)]
async fn a_connection_key_of_a_node_whose_clock_was_ahead_is_used(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let connection = create_connection(&server, "acme", &[]).await;
    let by_id = ConnectionRef::ById(id(&connection));
    let (_, connection) = connection::find(&server.app, by_id).await.unwrap();
    server.clock.set(START + 600);
    let keys = server.app.keys.connection(&connection).await.unwrap();
    server.clock.set(START);
    let earlier = server.app.keys.connection(&connection).await.unwrap();
    assert_eq!(earlier.signing_certificates, keys.signing_certificates);
}

#[apply(each_database)]
async fn encrypted_keys_cannot_be_decrypted_with_another_key(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server.app.keys.provider().await.unwrap();
    let seal = Seal::from_keys(&SecretKeys::one(SecretKey::from_bytes([8; 32])));
    let keys = KeyRing::new(server.app.store.clone(), seal, server.app.clock.clone());
    keys.provider().await.unwrap_err();
}

#[apply(each_database)]
async fn each_connection_has_its_own_two_key_pairs(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let mut fingerprints = Vec::new();
    for name in ["one", "two"] {
        let connection = create_connection(&server, "acme", &[("name", json!(name))]).await;
        let by_id = ConnectionRef::ById(id(&connection));
        let (_, connection) = connection::find(&server.app, by_id).await.unwrap();
        let keys = server.app.keys.connection(&connection).await.unwrap();
        let signing = &keys.signing_certificates[0];
        let decryption = &keys.decryption_certificates[0];
        fingerprints.extend([signing.sha256(), decryption.sha256()]);

        server.clock.set(server.app.clock.now().as_second() + 3600);
        let later_keys = server.app.keys.connection(&connection).await.unwrap();
        assert_eq!(later_keys.signing_certificates, keys.signing_certificates);

        let metadata = connection::sp_metadata(&server.app, &connection).await;
        let metadata = metadata.unwrap();
        assert!(metadata.contains(&signing.base64()));
        assert!(metadata.contains(&decryption.base64()));
    }
    fingerprints.sort();
    fingerprints.dedup();
    assert_eq!(
        fingerprints.len(),
        4,
        "no key serves two purposes or two connections"
    );
}
