//! Connections without IdP details, and role rules.

use crate::manual_connection::{key_file, manual_connection};
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

async fn begun(server: &TestServer) -> (Value, String) {
    let acme = json!({"name": "Acme", "plan": "enterprise"});
    server.api.create("/organizations", acme).await;
    let new = json!({"name": "Acme Okta", "provider": "okta"});
    let made = server
        .api
        .create("/organizations/acme/connections", new)
        .await;
    let id = made["id"].as_str().unwrap();
    let path = format!("/organizations/acme/connections/{id}");
    (made, path)
}

#[apply(each_database)]
async fn a_connection_can_be_created_without_idp_details(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let (made, path) = begun(&server).await;
    assert_eq!(made["state"], "draft");
    assert_eq!(made["complete"], false);
    assert_eq!(
        made["missing"],
        json!(["issuer", "sign_on_url", "certificates"])
    );
    assert!(made["acs_url"].as_str().unwrap().ends_with("/acs"));
    assert_eq!(
        (&made["issuer"], &made["certificates"]),
        (&json!(""), &json!([]))
    );

    let refused = server
        .api
        .post(&format!("{path}/activate"), Value::Null)
        .await;
    assert_eq!(
        (refused.status, refused.problem().code.as_str()),
        (StatusCode::CONFLICT, "connection-incomplete")
    );

    // Settings other than the IdP details can already be changed.
    let named = server
        .api
        .patch(
            &path,
            json!({"name": "Okta", "provisioning": "invitation_only"}),
        )
        .await
        .json();
    assert_eq!(
        (&named["name"], &named["complete"]),
        (&json!("Okta"), &json!(false))
    );
    let given = json!({
        "issuer": "https://idp.example/metadata",
        "sign_on_url": "https://idp.example/sso",
        "certificates": [key_file("rsa-2048.crt")],
    });
    let complete = server.api.patch(&path, given).await.json();
    assert_eq!(
        (&complete["complete"], &complete["missing"]),
        (&json!(true), &json!([]))
    );
    let active = server
        .api
        .post(&format!("{path}/activate"), Value::Null)
        .await
        .json();
    assert_eq!(active["state"], "active");
}

#[apply(each_database)]
async fn idp_details_must_be_complete_and_cannot_be_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let (_, path) = begun(&server).await;
    let half = server
        .api
        .patch(&path, json!({"issuer": "https://idp.example/metadata"}))
        .await;
    let fields: Vec<String> = half
        .problem()
        .errors
        .into_iter()
        .map(|error| error.field)
        .collect();
    assert_eq!(fields, ["sign_on_url", "certificates"]);

    let whole = server
        .api
        .create("/organizations/acme/connections", manual_connection(&[]))
        .await;
    let path = format!(
        "/organizations/acme/connections/{}",
        whole["id"].as_str().unwrap()
    );
    let nothing = json!({"issuer": null, "sign_on_url": null, "certificates": null});
    let refused = server.api.patch(&path, nothing).await;
    assert_eq!(
        (refused.status, refused.problem().code.as_str()),
        (StatusCode::CONFLICT, "connection-incomplete")
    );
    assert_eq!(server.api.get(&path).await.json(), whole);
}

#[apply(each_database)]
async fn role_rules_accept_only_configured_roles(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let (made, path) = begun(&server).await;
    assert_eq!(
        (&made["default_role"], &made["role_rules"]),
        (&json!("member"), &json!([]))
    );
    let rules =
        json!([{"group": "CN=it,DC=acme", "role": "admin"}, {"group": "staff", "role": "member"}]);
    let changed = server
        .api
        .patch(&path, json!({"role_rules": rules}))
        .await
        .json();
    assert_eq!(changed["role_rules"], rules);
    assert_eq!(server.api.get(&path).await.json()["role_rules"], rules);
    for (change, field) in [
        (json!({"default_role": "king"}), "default_role"),
        (json!({"default_role": "admin"}), "default_role"),
        (
            json!({"role_rules": [{"group": "it", "role": "king"}]}),
            "role_rules[0].role",
        ),
        (
            json!({"role_rules": [{"group": "", "role": "admin"}]}),
            "role_rules[0].group",
        ),
        (
            json!({"role_rules": [{"group": "it"}]}),
            "role_rules[0].role",
        ),
        (
            json!({"role_rules": [{"groups": "it", "role": "admin"}]}),
            "role_rules[0].groups",
        ),
    ] {
        let refused = server.api.patch(&path, change.clone()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{change}");
        assert_eq!(refused.problem().errors[0].field, field, "{change}");
    }
    assert_eq!(server.api.get(&path).await.json()["role_rules"], rules);
    let cleared = server
        .api
        .patch(&path, json!({"role_rules": null}))
        .await
        .json();
    assert_eq!(cleared["role_rules"], json!([]));
}
