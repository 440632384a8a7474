use rstest::rstest;
use rstest_reuse::apply;
use std::sync::Arc;
use test_support::{Engine, START, TestResponse, TestServer, at, each_database};

use crate::manual_connection::{key_file, manual_connection};
use axum::http::StatusCode;
use serde_json::{Value, json};
use store::{ConnectionId, OrganizationId, StoreError};
use tokio::sync::Notify;

fn metadata(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

async fn acme(server: &TestServer) {
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "enterprise"}),
        )
        .await;
}

async fn made(server: &TestServer, rows: &[(&str, Value)]) -> Value {
    server
        .api
        .create("/organizations/acme/connections", manual_connection(rows))
        .await
}

fn path(connection: &Value) -> String {
    format!(
        "/organizations/acme/connections/{}",
        connection["id"].as_str().unwrap()
    )
}

#[apply(each_database)]
async fn a_concurrent_change_is_not_overwritten(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let connection = made(&server, &[]).await;
    let organization = OrganizationId::parse(connection["organization"].as_str().unwrap()).unwrap();
    let id = ConnectionId::parse(connection["id"].as_str().unwrap()).unwrap();
    let changed = Arc::new(Notify::new());
    let notify = Arc::clone(&changed);
    let lock_watch = server.lock_watch();
    let other = server.app.store.write(async move |tx| {
        let mut place = tx.organization(&organization);
        let mut settings = place.connection(&id).await?.unwrap().settings;
        settings.issuer = "https://new.example".to_owned();
        place.update_connection(&id, &settings).await?.unwrap();
        notify.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    let path = path(&connection);
    let late = async {
        changed.notified().await;
        server.api.patch(&path, json!({"name": "Okta"})).await
    };
    let (done, late) = tokio::join!(other, late);
    done.unwrap();
    assert_eq!(
        (late.status, late.problem().code.as_str()),
        (StatusCode::CONFLICT, "edit-conflict")
    );
    assert_eq!(
        server.api.get(&path).await.json()["issuer"],
        "https://new.example"
    );
}

#[apply(each_database)]
async fn a_manual_connection_shows_the_values_for_the_identity_provider(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let made = made(&server, &[("provider", json!("okta"))]).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["state"], "draft");
    // Okta accepts no underscore in a host name.
    let address = format!("https://auth.example.com/saml/{}", id.replace('_', "-"));
    assert_eq!(made["acs_url"], format!("{address}/acs"));
    assert_eq!(made["metadata_url"], format!("{address}/metadata"));
    assert_eq!(made["entity_id"], "https://auth.example.com/saml");
    assert_eq!(made["certificates"][0]["key"], "RSA 2048");
    assert_eq!(made["sign_on_binding"], "redirect");
    assert_eq!(made["clock_tolerance_seconds"], 60);
    assert_eq!(
        (&made["idp_initiated"], &made["provisioning"]),
        (&json!("reject"), &json!("just_in_time"))
    );
    assert_eq!(made["reject_expired_signing_certificate"], false);
    assert_eq!(server.api.get(&path(&made)).await.json(), made);
}

#[apply(each_database)]
async fn a_connection_takes_all_values_from_its_metadata(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let xml = metadata("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let body = json!({"name": "Lab", "metadata_xml": xml});
    let made = server
        .api
        .create("/organizations/acme/connections", body)
        .await;
    assert!(
        made["issuer"]
            .as_str()
            .unwrap()
            .contains("/saml2/idp/metadata.php")
    );
    assert!(
        made["sign_on_url"]
            .as_str()
            .unwrap()
            .contains("SSOService.php")
    );
    assert_eq!(made["warnings"][0]["code"], "plain-http");
}

#[apply(each_database)]
async fn expired_certificates_are_rejected_by_default_only_for_entra(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let entra = made(&server, &[("provider", json!("entra"))]).await;
    assert_eq!(entra["reject_expired_signing_certificate"], true);
    let chosen = made(
        &server,
        &[
            ("provider", json!("entra")),
            ("reject_expired_signing_certificate", json!(false)),
        ],
    )
    .await;
    assert_eq!(chosen["reject_expired_signing_certificate"], false);
}

#[apply(each_database)]
async fn the_response_contains_warnings(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    server.clock.set(START + 40 * 24 * 3600);
    let rows = [
        ("certificates", json!([key_file("expired.crt")])),
        ("sign_on_url", json!("http://idp.example/sso")),
        ("danger_accept_sha1", json!(true)),
    ];
    let made = made(&server, &rows).await;
    let codes: Vec<&str> = made["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["certificate-ended", "danger-sha1", "plain-http"]);
}

#[apply(each_database)]
async fn a_certificate_that_expires_soon_adds_a_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let made = made(&server, &[]).await;
    assert_eq!(made["warnings"], json!([]));
    let ends = made["certificates"][0]["not_after"].as_str().unwrap();
    let ends = saml::parse_xs_date_time(ends).unwrap().as_second();
    assert!(ends > START);
    server.clock.set(ends - 29 * 24 * 3600);
    assert_eq!(
        server.api.get(&path(&made)).await.json()["warnings"][0]["code"],
        "certificate-ends-soon"
    );
    server.clock.set(ends + 1);
    assert_eq!(
        server.api.get(&path(&made)).await.json()["warnings"][0]["code"],
        "certificate-ended"
    );
    assert_eq!(server.app.clock.now(), at(ends + 1));
}

#[apply(each_database)]
async fn invalid_idp_details_are_rejected_with_the_field(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let ours = metadata("fixtures-metadata/service-provider.xml");
    for (rows, field, received) in [
        (
            vec![("certificates", json!([key_file("rsa-2048.key")]))],
            "certificates[0]",
            "private key",
        ),
        (
            vec![(
                "certificates",
                json!([key_file("rsa-2048.crt"), key_file("rsa-2048.pkcs1.key")]),
            )],
            "certificates[1]",
            "private key",
        ),
        (
            vec![("certificates", json!([key_file("request.csr")]))],
            "certificates[0]",
            "request",
        ),
        (
            vec![("certificates", json!([key_file("rsa-2048.pub")]))],
            "certificates[0]",
            "public key",
        ),
        (
            vec![("certificates", json!(["https://idp.example/cert"]))],
            "certificates[0]",
            "address",
        ),
        (
            vec![("certificates", json!(["hello"]))],
            "certificates[0]",
            "",
        ),
        (
            vec![("certificates", json!([key_file("rsa-1024.crt")]))],
            "certificates[0]",
            "1024",
        ),
        (vec![("certificates", json!([]))], "certificates", "nothing"),
        (vec![("issuer", json!(null))], "issuer", "nothing"),
        (vec![("sign_on_url", json!(null))], "sign_on_url", "nothing"),
        (
            vec![("sign_on_url", json!("javascript:alert(1)"))],
            "sign_on_url",
            "https://",
        ),
        (
            vec![("acs_url", json!("auth.example.com/acs"))],
            "acs_url",
            "https://",
        ),
        (
            vec![("entity_id", json!("our entity"))],
            "entity_id",
            "our entity",
        ),
        (
            vec![("clock_tolerance_seconds", json!(301))],
            "clock_tolerance_seconds",
            "301",
        ),
        (
            vec![("idp_initiated", json!("allow"))],
            "idp_initiated",
            "allow",
        ),
        (
            vec![("attributes", json!({"mail": "m"}))],
            "attributes.mail",
            "",
        ),
        (
            vec![("danger_acept_sha1", json!(true))],
            "danger_acept_sha1",
            "",
        ),
        (vec![("metadata_xml", json!(ours))], "sign_on_url", "both"),
    ] {
        let answer = server
            .api
            .post("/organizations/acme/connections", manual_connection(&rows))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{rows:?}");
        let errors = answer.problem().errors;
        assert_eq!(errors[0].field, field, "{rows:?}");
        assert!(
            errors[0].received.contains(received),
            "{rows:?}: {errors:?}"
        );
        assert!(
            !answer.text.contains("PRIVATE KEY-----"),
            "a private key is never repeated"
        );
    }
    assert_eq!(
        server
            .api
            .get("/organizations/acme/connections")
            .await
            .json()["items"],
        json!([])
    );
}

#[apply(each_database)]
async fn metadata_of_a_service_provider_is_recognized_and_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    for (xml, received) in [
        (
            metadata("fixtures-metadata/service-provider.xml"),
            "service provider",
        ),
        ("<html>Sign in</html>".to_owned(), "html"),
        ("not xml".to_owned(), ""),
    ] {
        let answer = server
            .api
            .post(
                "/organizations/acme/connections",
                json!({"name": "x", "metadata_xml": xml}),
            )
            .await;
        let errors = answer.problem().errors;
        assert_eq!(errors[0].field, "metadata_xml");
        assert!(errors[0].received.contains(received), "{errors:?}");
    }
}

#[apply(each_database)]
async fn an_update_keeps_omitted_settings(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let before = made(
        &server,
        &[
            ("accept_cbc", json!(true)),
            ("attributes", json!({"email": "mail"})),
        ],
    )
    .await;
    server.clock.set(START + 60);
    let change = json!({"name": "Okta", "attributes": {"groups": "roles"}, "accept_cbc": null});
    let after = server.api.patch(&path(&before), change).await.json();
    assert_eq!(
        (&after["name"], &after["accept_cbc"]),
        (&json!("Okta"), &json!(false))
    );
    assert_eq!(
        (
            &after["attributes"]["email"],
            &after["attributes"]["groups"]
        ),
        (&json!("mail"), &json!("roles"))
    );
    assert_eq!(
        (&after["certificates"], &after["issuer"]),
        (&before["certificates"], &before["issuer"])
    );
    assert_eq!(server.api.get(&path(&before)).await.json(), after);
}

#[apply(each_database)]
async fn new_metadata_replaces_all_idp_details(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let before = made(&server, &[("clock_tolerance_seconds", json!(5))]).await;
    let xml = metadata("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let after = server
        .api
        .patch(&path(&before), json!({"metadata_xml": xml}))
        .await
        .json();
    assert_ne!(after["certificates"], before["certificates"]);
    assert_ne!(after["issuer"], before["issuer"]);
    assert_eq!(after["clock_tolerance_seconds"], 5);
    let other = json!({"certificates": [key_file("rsa-3072.crt"), key_file("ec-p256.crt")]});
    let after = server.api.patch(&path(&before), other).await.json();
    let keys: Vec<&str> = after["certificates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys.len(), 2);
    assert!(keys.contains(&"RSA 3072") && keys.contains(&"ECDSA P-256"));
}

#[apply(each_database)]
async fn a_connection_is_activated_disabled_and_deleted(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let draft = made(&server, &[]).await;
    let state = async |deed: &str| {
        server
            .api
            .post(&format!("{}/{deed}", path(&draft)), Value::Null)
            .await
            .json()["state"]
            .clone()
    };
    assert_eq!(state("activate").await, "active");
    assert_eq!(state("disable").await, "disabled");
    assert_eq!(state("activate").await, "active");
    assert_eq!(
        server.api.delete(&path(&draft)).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        server.api.get(&path(&draft)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server.audit_actions("acme").await,
        [
            "connection.activate",
            "connection.activate",
            "connection.create",
            "connection.delete",
            "connection.disable",
            "organization.create",
        ]
    );
}

#[apply(each_database)]
async fn another_organization_cannot_access_a_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Other", "plan": "enterprise"}),
        )
        .await;
    let id = made(&server, &[]).await["id"].as_str().unwrap().to_owned();
    let foreign = format!("/organizations/other/connections/{id}");
    let not_there = server
        .api
        .get("/organizations/other/connections/con_aaaaaaaaaaaaaaaaaaaaaaaaaa")
        .await;
    let text = |answer: &TestResponse| answer.text.replace(&id, "con_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    for answer in [
        server.api.get(&foreign).await,
        server.api.patch(&foreign, json!({"name": "mine"})).await,
        server
            .api
            .post(&format!("{foreign}/activate"), Value::Null)
            .await,
        server
            .api
            .post(&format!("{foreign}/disable"), Value::Null)
            .await,
        server.api.delete(&foreign).await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(text(&answer), not_there.text);
    }
}
