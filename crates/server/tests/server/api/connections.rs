//! Connections from their creation to their deletion.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{ConnectionId, OrganizationId};
use test_support::{Engine, START, at, each_database};

use super::start_with_acme;
use crate::concurrency::send_during_write;
use crate::manual_connection::{idp_metadata, key_file};
use crate::objects::{
    activate_connection, connection_path, create_connection, create_organization, id, warning_codes,
};

const CONNECTIONS: &str = "/organizations/acme/connections";
const DAY: i64 = 24 * 3600;

fn certificate_keys(connection: &Value) -> Vec<&str> {
    connection["certificates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|certificate| certificate["key"].as_str().unwrap())
        .collect()
}

#[apply(each_database)]
async fn a_new_connection_is_a_draft_with_the_default_settings(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[("provider", json!("okta"))]).await;
    let response = server.api.get(&connection_path(&connection)).await;
    assert_eq!(response.json(), connection);
    assert_snapshot!(response.redacted_json(), @r#"
    {
      "accept_cbc": false,
      "accept_missing_authn_statement": null,
      "accepted_authn_contexts": [],
      "acs_url": "https://auth.example.com/saml/[con]/acs",
      "activated_at": null,
      "activation_requested_at": null,
      "activation_requested_by": null,
      "allow_create": false,
      "attributes": {
        "email": null,
        "first_name": null,
        "groups": null,
        "last_name": null,
        "name": null
      },
      "authn_context_comparison": "exact",
      "authn_contexts": [],
      "certificates": [
        {
          "key": "RSA 2048",
          "not_after": "2036-11-21T02:55:55Z",
          "not_before": "2026-11-24T02:55:55Z",
          "sha256": "0b62b60df8c62d4c8e0a04c5fcd6f71b091528af7b073db66b9323f807a1e91d",
          "subject": "C=DE, O=Test & Söhne, CN=rsa-2048"
        }
      ],
      "clock_tolerance_seconds": 180,
      "complete": true,
      "created_at": "2026-11-24T09:00:00Z",
      "custom_claims": [],
      "danger_accept_sha1": false,
      "default_role": "member",
      "disabled_at": null,
      "entity_id": "https://auth.example.com/saml",
      "force_authn": false,
      "group_separator": null,
      "id": "[con]",
      "idp_initiated": "reject",
      "issuer": "https://idp.example/metadata",
      "missing": [],
      "name": "Acme Okta",
      "name_id_format": null,
      "organization": "[org]",
      "passive_requests": false,
      "provider": "okta",
      "provisioning": "just_in_time",
      "publish_encryption_key": null,
      "reject_expired_signing_certificate": false,
      "require_encryption": false,
      "require_signed_assertion": false,
      "require_signed_response": false,
      "role_rules": [],
      "sign_on_binding": "redirect",
      "sign_on_url": "https://idp.example/sso",
      "sign_requests": false,
      "sp_metadata_url": "https://auth.example.com/saml/[con]/metadata",
      "state": "draft",
      "subject_attribute": null,
      "tested_at": null,
      "unconfirmed_since": null,
      "unverified_email": null,
      "warnings": []
    }
    "#);
}

#[apply(each_database)]
async fn the_urls_of_a_connection_contain_no_underscore(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    // Okta accepts no underscore in a host name.
    let slug = id(&connection).replace('_', "-");
    let base = format!("https://auth.example.com/saml/{slug}");
    assert_eq!(connection["acs_url"], format!("{base}/acs"));
    assert_eq!(connection["sp_metadata_url"], format!("{base}/metadata"));
    assert_eq!(connection["entity_id"], "https://auth.example.com/saml");
}

#[apply(each_database)]
async fn a_connection_takes_all_idp_details_from_metadata(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let body = json!({"name": "Lab", "metadata_xml": idp_metadata()});
    let connection = server.api.create(CONNECTIONS, body).await;
    assert_eq!(
        connection["issuer"],
        "http://127.0.0.1:9801/saml2/idp/metadata.php"
    );
    assert_eq!(
        connection["sign_on_url"],
        "http://127.0.0.1:9801/saml2/idp/SSOService.php"
    );
    assert_eq!(certificate_keys(&connection), ["RSA 3072"]);
    assert!(warning_codes(&connection).is_empty());
}

#[apply(each_database)]
async fn expired_certificates_are_rejected_by_default_only_for_entra(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let okta = create_connection(&server, "acme", &[("provider", json!("okta"))]).await;
    assert_eq!(okta["reject_expired_signing_certificate"], false);
    let entra = create_connection(&server, "acme", &[("provider", json!("entra"))]).await;
    assert_eq!(entra["reject_expired_signing_certificate"], true);
    let fields = [
        ("provider", json!("entra")),
        ("reject_expired_signing_certificate", json!(false)),
    ];
    let entra = create_connection(&server, "acme", &fields).await;
    assert_eq!(entra["reject_expired_signing_certificate"], false);
}

#[apply(each_database)]
async fn the_response_contains_warnings(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    server.clock.set(START + 40 * DAY);
    let fields = [
        ("certificates", json!([key_file("expired.crt")])),
        ("sign_on_url", json!("http://localhost:9801/sso")),
        ("danger_accept_sha1", json!(true)),
        ("idp_initiated", json!("danger_accept")),
    ];
    let connection = create_connection(&server, "acme", &fields).await;
    assert_eq!(
        warning_codes(&connection),
        ["certificate-expired", "danger-sha1", "danger-unsolicited"]
    );
}

#[apply(each_database)]
async fn a_certificate_that_expires_soon_adds_a_warning(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    assert_eq!(connection["warnings"], json!([]));
    let path = connection_path(&connection);
    let not_after = connection["certificates"][0]["not_after"].as_str().unwrap();
    let not_after = saml::parse_xs_date_time(not_after).unwrap().as_second();
    assert!(not_after > START);

    server.clock.set(not_after - 29 * DAY);
    let connection = server.api.get(&path).await.json();
    assert_eq!(warning_codes(&connection)[0], "certificate-expires-soon");

    server.clock.set(not_after + 1);
    let connection = server.api.get(&path).await.json();
    assert_eq!(warning_codes(&connection)[0], "certificate-expired");
    assert_eq!(server.app.clock.now(), at(not_after + 1));
}

#[apply(each_database)]
async fn an_update_keeps_omitted_settings(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let fields = [
        ("accept_cbc", json!(true)),
        ("attributes", json!({"email": "mail"})),
    ];
    let before = create_connection(&server, "acme", &fields).await;
    let path = connection_path(&before);
    server.clock.set(START + 60);
    let update = json!({"name": "Okta", "attributes": {"groups": "roles"}, "accept_cbc": null});
    let after = server.api.patch(&path, update).await.json();
    assert_eq!(after["name"], "Okta");
    assert_eq!(after["accept_cbc"], false);
    assert_eq!(after["attributes"]["email"], "mail");
    assert_eq!(after["attributes"]["groups"], "roles");
    assert_eq!(after["certificates"], before["certificates"]);
    assert_eq!(after["issuer"], before["issuer"]);
    assert_eq!(server.api.get(&path).await.json(), after);
}

#[apply(each_database)]
async fn new_metadata_replaces_all_idp_details(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let fields = [("clock_tolerance_seconds", json!(5))];
    let before = create_connection(&server, "acme", &fields).await;
    let update = json!({"metadata_xml": idp_metadata()});
    let after = server
        .api
        .patch(&connection_path(&before), update)
        .await
        .json();
    assert_ne!(after["certificates"], before["certificates"]);
    assert_ne!(after["issuer"], before["issuer"]);
    assert_eq!(after["clock_tolerance_seconds"], 5);
}

#[apply(each_database)]
async fn new_certificates_replace_all_certificates(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    assert_eq!(certificate_keys(&connection), ["RSA 2048"]);
    let update = json!({"certificates": [key_file("rsa-3072.crt"), key_file("ec-p256.crt")]});
    let connection = server
        .api
        .patch(&connection_path(&connection), update)
        .await
        .json();
    let mut keys = certificate_keys(&connection);
    keys.sort_unstable();
    assert_eq!(keys, ["ECDSA P-256", "RSA 3072"]);
}

#[apply(each_database)]
async fn a_concurrent_change_is_not_overwritten(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    let path = connection_path(&connection);
    let organization = OrganizationId::parse(connection["organization"].as_str().unwrap()).unwrap();
    let connection = ConnectionId::parse(id(&connection)).unwrap();
    let change_issuer = async move |tx: &mut store::Tx| {
        let mut scope = tx.organization(&organization);
        let mut settings = scope.connection(&connection).await?.unwrap().settings;
        settings.issuer = "https://new.example".to_owned();
        scope
            .update_connection(&connection, &settings)
            .await?
            .unwrap();
        Ok(())
    };
    let rename = server.api.patch(&path, json!({"name": "Okta"}));
    let response = send_during_write(&server, change_issuer, rename).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "edit-conflict");
    let connection = server.api.get(&path).await.json();
    assert_eq!(connection["issuer"], "https://new.example");
}

#[apply(each_database)]
async fn a_connection_is_activated_disabled_and_deleted(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let path = connection_path(&create_connection(&server, "acme", &[]).await);
    let connection = activate_connection(&server, &path).await;
    assert_eq!(connection["state"], "active");
    let disable = format!("{path}/disable");
    let connection = server.api.post(&disable, Value::Null).await.json();
    assert_eq!(connection["state"], "disabled");
    let connection = activate_connection(&server, &path).await;
    assert_eq!(connection["state"], "active");

    let response = server.api.delete(&path).await;
    assert_eq!(response.status, StatusCode::NO_CONTENT);
    let response = server.api.get(&path).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
    assert_eq!(
        server.audit_actions("acme").await,
        [
            "connection.activated",
            "connection.activated",
            "connection.created",
            "connection.deleted",
            "connection.disabled",
            "organization.created",
        ]
    );
}

#[apply(each_database)]
async fn a_change_that_changes_nothing_is_not_recorded(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    let path = connection_path(&connection);
    let body = json!({"email": "ada@acme.example", "name": "Ada"});
    let member = server.api.create("/organizations/acme/members", body).await;
    let body = json!({"name": "Portal", "redirect_uris": ["https://app.example.com/callback"]});
    let application = server.api.create("/applications", body).await;
    let entries = server.audit_actions("acme").await;
    for (path, change) in [
        (path.clone(), json!({})),
        (
            path.clone(),
            json!({"name": connection["name"], "acs_url": connection["acs_url"]}),
        ),
        (format!("{path}/draft"), json!({})),
        ("/organizations/acme".to_owned(), json!({"name": "Acme"})),
        (
            format!("/organizations/acme/members/{}", id(&member)),
            json!({"name": "Ada"}),
        ),
        (
            format!("/applications/{}", id(&application)),
            json!({"name": "Portal"}),
        ),
    ] {
        let response = server.api.patch(&path, change).await;
        assert_eq!(response.status, StatusCode::OK, "{path}: {}", response.text);
    }
    assert_eq!(server.audit_actions("acme").await, entries);

    activate_connection(&server, &path).await;
    let draft = server
        .api
        .patch(&format!("{path}/draft"), json!({}))
        .await
        .json();
    assert_eq!(draft["is_draft"], false);
}

#[apply(each_database)]
async fn a_connection_that_was_never_activated_is_not_disabled(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let path = connection_path(&create_connection(&server, "acme", &[]).await);
    let disable = format!("{path}/disable");
    let response = server.api.post(&disable, Value::Null).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "connection-not-active");
    let connection = server.api.get(&path).await.json();
    assert_eq!(connection["state"], "draft");
    activate_connection(&server, &path).await;
    for _ in 0..2 {
        let connection = server.api.post(&disable, Value::Null).await.json();
        assert_eq!(connection["state"], "disabled");
    }
    assert_eq!(
        server.audit_actions("acme").await,
        [
            "connection.activated",
            "connection.created",
            "connection.disabled",
            "organization.created",
        ]
    );
}

#[apply(each_database)]
async fn another_organization_cannot_access_a_connection(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    create_organization(&server, "Other", "enterprise").await;
    let connection = create_connection(&server, "acme", &[]).await;
    let api = &server.api;
    let unknown = "con_aaaaaaaaaaaaaaaaaaaaaaaaaa";
    let not_found = api
        .get(&format!("/organizations/other/connections/{unknown}"))
        .await;
    let path = format!("/organizations/other/connections/{}", id(&connection));
    for response in [
        api.get(&path).await,
        api.patch(&path, json!({"name": "mine"})).await,
        api.post(&format!("{path}/activate"), Value::Null).await,
        api.post(&format!("{path}/disable"), Value::Null).await,
        api.delete(&path).await,
    ] {
        assert_eq!(response.status, StatusCode::NOT_FOUND);
        let text = response.text.replace(id(&connection), unknown);
        assert_eq!(text, not_found.text);
    }
}
