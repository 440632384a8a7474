//! The rotation of the keys of ID tokens and of connections.

use std::collections::BTreeSet;

use oidc::SigningAlgorithm;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use service::connection::ConnectionRef;
use service::{connection, id_token_key};
use test_support::{Engine, START, TestServer, at, each_database};

use crate::objects::{connection_path, create_connection, create_organization, id};

const DAY: i64 = 24 * 3600;

/// Sets the time, and runs the scheduled rotations.
async fn run_schedule_at(server: &TestServer, time: i64) {
    server.clock.set(time);
    id_token_key::rotate_due(&server.app).await.unwrap();
    connection::rotate_due(&server.app).await.unwrap();
    server.app.keys.forget_provider();
}

/// The state of each key in a list, with `field` before it.
fn states(list: &Value, field: &str) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
    items
        .map(|item| format!("{} {}", text(item, field), text(item, "state")))
        .collect()
}

async fn signing_kid(server: &TestServer) -> String {
    let keys = server.app.keys.provider().await.unwrap();
    let now = server.app.clock.now();
    let key = keys.signing_key(SigningAlgorithm::Es256, now).unwrap();
    key.kid().to_owned()
}

async fn published_kids(server: &TestServer) -> Vec<String> {
    let keys = server.browser().get("/jwks").await.json();
    let keys = keys["keys"].as_array().unwrap().iter();
    keys.filter(|key| key["alg"] == "ES256")
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

#[apply(each_database)]
async fn the_next_key_of_id_tokens_is_published_for_a_day_before_it_signs(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let old = signing_kid(&server).await;
    let es256 = json!({"algorithm": "ES256"});
    let path = "/id-token-keys/rotate";
    let list = server.api.post(path, es256.clone()).await.json();
    let expected = [
        "ES256 current",
        "ES256 next",
        "EdDSA current",
        "RS256 current",
    ];
    assert_eq!(states(&list, "algorithm"), expected);
    let new = list["items"][1]["kid"].as_str().unwrap().to_owned();
    assert_eq!(list["items"][1]["used_from"], at(START + DAY).to_string());

    // A second request changes nothing.
    let again = server.api.post(path, es256).await.json();
    assert_eq!(again, list);

    for (time, signing, published) in [
        (START, &old, vec![&old, &new]),
        (START + DAY - 1, &old, vec![&old, &new]),
        (START + DAY, &new, vec![&old, &new]),
        (START + 2 * DAY, &new, vec![&new]),
    ] {
        server.clock.set(time);
        assert_eq!(signing_kid(&server).await, *signing, "{time}");
        let found = published_kids(&server).await;
        let found: BTreeSet<_> = found.iter().collect();
        assert_eq!(found, BTreeSet::from_iter(published), "{time}");
    }
    let list = server.api.get("/id-token-keys").await.json();
    assert_eq!(
        states(&list, "algorithm")[..2],
        ["ES256 retired", "ES256 current"]
    );
}

#[apply(each_database)]
async fn a_key_that_others_may_know_is_withdrawn_immediately(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let old = signing_kid(&server).await;
    server.api.post("/id-token-keys/rotate", json!({})).await;
    let body = json!({"immediately": true});
    let list = server.api.post("/id-token-keys/rotate", body).await.json();
    let expected = ["ES256 current", "EdDSA current", "RS256 current"];
    assert_eq!(states(&list, "algorithm"), expected);
    let new = signing_kid(&server).await;
    assert_ne!(new, old);
    assert_eq!(published_kids(&server).await, [new]);
}

#[apply(each_database)]
async fn keys_of_id_tokens_are_replaced_on_schedule(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let old = signing_kid(&server).await;
    run_schedule_at(&server, START + 89 * DAY - 1).await;
    assert_eq!(published_kids(&server).await.len(), 1);
    run_schedule_at(&server, START + 89 * DAY).await;
    run_schedule_at(&server, START + 89 * DAY + 60).await;
    assert_eq!(published_kids(&server).await.len(), 2);
    assert_eq!(signing_kid(&server).await, old);
    run_schedule_at(&server, START + 92 * DAY).await;
    assert_ne!(signing_kid(&server).await, old);
    let list = server.api.get("/id-token-keys").await.json();
    let expected = ["ES256 current", "EdDSA current", "RS256 current"];
    assert_eq!(states(&list, "algorithm"), expected);
}

#[apply(each_database)]
async fn keys_of_id_tokens_are_not_replaced_where_the_schedule_is_off(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    server.reconfigure(&[("VESTIBULE_ID_TOKEN_KEY_DAYS", "0")]);
    let old = signing_kid(&server).await;
    run_schedule_at(&server, START + 900 * DAY).await;
    assert_eq!(published_kids(&server).await, [old]);
}

/// The certificates in the metadata of a connection, those of signing keys first, and the one that signs requests.
async fn certificates(server: &TestServer, connection_id: &str) -> (Vec<String>, String) {
    let by_id = ConnectionRef::ById(connection_id);
    let (_, connection) = connection::find(&server.app, by_id).await.unwrap();
    server.app.keys.forget_connection(&connection.id);
    let metadata = connection::sp_metadata(&server.app, &connection).await;
    let metadata = metadata.unwrap();
    let published = metadata
        .split("<ds:X509Certificate>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    let keys = server.app.keys.connection(&connection).await.unwrap();
    (published, keys.signing_certificates[0].base64())
}

#[apply(each_database)]
async fn the_next_keys_of_a_connection_are_published_before_they_are_used(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let connection = create_connection(&server, "acme", &[]).await;
    let path = connection_path(&connection);
    let (old, signing) = certificates(&server, id(&connection)).await;
    assert_eq!(old.len(), 2);
    assert_eq!(signing, old[0]);

    let rotate = format!("{path}/keys/rotate");
    let list = server.api.post(&rotate, json!({"days": 14})).await.json();
    let expected = [
        "decryption current",
        "decryption next",
        "signing current",
        "signing next",
    ];
    assert_eq!(states(&list, "purpose"), expected);
    let (both, signing) = certificates(&server, id(&connection)).await;
    assert_eq!(both.len(), 4);
    assert_eq!(signing, old[0]);

    server.clock.set(START + 14 * DAY);
    let (both, signing) = certificates(&server, id(&connection)).await;
    assert_eq!(both.len(), 4);
    assert_eq!(signing, both[0]);
    assert!(!old.contains(&signing));

    server.clock.set(START + 44 * DAY);
    let (new, _) = certificates(&server, id(&connection)).await;
    assert_eq!(new.len(), 2);
    assert!(new.iter().all(|certificate| !old.contains(certificate)));
    let list = server.api.get(&format!("{path}/keys")).await.json();
    let expected = [
        "decryption retired",
        "decryption current",
        "signing retired",
        "signing current",
    ];
    assert_eq!(states(&list, "purpose"), expected);
    let actions = server.audit_actions("acme").await;
    assert!(actions.contains(&"connection.keys_rotated".to_owned()));
}

#[apply(each_database)]
async fn published_keys_of_a_connection_can_be_used_earlier(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let connection = create_connection(&server, "acme", &[]).await;
    let rotate = format!("{}/keys/rotate", connection_path(&connection));
    server.api.post(&rotate, json!({})).await;
    let (published, before) = certificates(&server, id(&connection)).await;
    let list = server.api.post(&rotate, json!({"days": 0})).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 4);
    let (still_published, after) = certificates(&server, id(&connection)).await;
    assert_ne!(after, before);
    assert!(published.contains(&after));
    assert_eq!(still_published.len(), 4);
}

#[apply(each_database)]
async fn keys_of_a_connection_are_replaced_on_schedule_if_there_is_one(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let connection = create_connection(&server, "acme", &[]).await;
    certificates(&server, id(&connection)).await;
    run_schedule_at(&server, START + 335 * DAY).await;
    let (published, _) = certificates(&server, id(&connection)).await;
    assert_eq!(published.len(), 2);

    server.reconfigure(&[("VESTIBULE_CONNECTION_KEY_DAYS", "365")]);
    run_schedule_at(&server, START + 335 * DAY - 1).await;
    let (published, _) = certificates(&server, id(&connection)).await;
    assert_eq!(published.len(), 2);
    run_schedule_at(&server, START + 335 * DAY).await;
    run_schedule_at(&server, START + 335 * DAY + 60).await;
    let (published, _) = certificates(&server, id(&connection)).await;
    assert_eq!(published.len(), 4);
}

#[apply(each_database)]
async fn a_rotation_in_more_than_a_year_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let connection = create_connection(&server, "acme", &[]).await;
    let rotate = format!("{}/keys/rotate", connection_path(&connection));
    let response = server.api.post(&rotate, json!({"days": 366})).await;
    assert_eq!(response.status, 422);
    assert!(response.text.contains("\"days\""), "{}", response.text);
}
