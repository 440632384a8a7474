//! SSO enforcement, exemptions and recovery codes.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::start_with_acme;
use crate::objects::{add_member, member_path};

const SSO_ENFORCEMENT: &str = "/organizations/acme/sso-enforcement";

/// Starts a server with one admin, who has never signed in through an identity provider. Returns the admin's path.
async fn start_with_admin(engine: Engine) -> (TestServer, String) {
    let server = start_with_acme(engine).await;
    let ada = add_member(&server, "acme", "ada@acme.example", "admin").await;
    let path = member_path("acme", &ada);
    (server, path)
}

/// The actions in Acme's audit log that concern SSO.
async fn sso_actions(server: &TestServer) -> Vec<String> {
    let mut actions = server.audit_actions("acme").await;
    actions.retain(|action| action.contains("sso"));
    actions
}

#[apply(each_database)]
async fn the_api_lists_locked_out_members(#[case] engine: Engine) {
    let (server, _) = start_with_admin(engine).await;
    let response = server.api.get(SSO_ENFORCEMENT).await;
    assert_snapshot!(response.redacted_json(), @r#"
    {
      "can_recover": false,
      "enforced_by": null,
      "enforced_since": null,
      "locked_out": 1,
      "members": [
        {
          "access": "locked_out",
          "can_recover": false,
          "connection": null,
          "detail": "there is no active connection",
          "email": "ada@acme.example",
          "member": "[mem]",
          "name": null,
          "reason": "no-active-connection",
          "recovery_codes": 0,
          "recovery_codes_saved": false,
          "role": "admin",
          "signed_in_without_sso_at": null
        }
      ]
    }
    "#);
    let organization = server.api.get("/organizations/acme").await.json();
    assert_eq!(organization["sso_enforced"], false);
}

#[apply(each_database)]
async fn a_member_can_be_exempted_from_sso(#[case] engine: Engine) {
    let (server, ada) = start_with_admin(engine).await;
    let exemption = format!("{ada}/sso-exemption");
    let enforcement = server.api.post(&exemption, Value::Null).await.json();
    assert_eq!(enforcement["members"][0]["access"], "exempt");
    // Ada has never signed in without SSO, so the exemption alone is no way to regain access.
    assert_eq!(enforcement["can_recover"], false);
    let enforcement = server.api.delete(&exemption).await.json();
    assert_eq!(enforcement["members"][0]["access"], "locked_out");
    assert_eq!(
        sso_actions(&server).await,
        [
            "member.sso_exemption_granted",
            "member.sso_exemption_removed"
        ]
    );
}

#[apply(each_database)]
async fn turning_off_enforcement_that_is_not_on_changes_nothing(#[case] engine: Engine) {
    let (server, _) = start_with_admin(engine).await;
    let response = server.api.delete(SSO_ENFORCEMENT).await;
    assert_eq!(response.status, StatusCode::OK);
    assert_eq!(response.json()["enforced_since"], Value::Null);
    assert_eq!(sso_actions(&server).await, [""; 0]);
}

#[apply(each_database)]
async fn recovery_codes_are_shown_once_and_never_stored(#[case] engine: Engine) {
    let (server, ada) = start_with_admin(engine).await;
    let path = format!("{ada}/recovery-codes");
    let response = server.api.post(&path, Value::Null).await.json();
    let codes = response["codes"].as_array().unwrap();
    assert_eq!(codes.len(), 10);
    let audit_log = server.api.get("/organizations/acme/audit-log").await.text;
    assert!(audit_log.contains("recovery_codes.generated"));
    for code in codes {
        assert!(!audit_log.contains(code.as_str().unwrap()));
    }
    let enforcement = server.api.get(SSO_ENFORCEMENT).await.json();
    assert_eq!(enforcement["members"][0]["recovery_codes"], 10);
}

#[apply(each_database)]
async fn only_admins_can_have_recovery_codes(#[case] engine: Engine) {
    let (server, ada) = start_with_admin(engine).await;
    server.api.patch(&ada, json!({"role": "member"})).await;
    let path = format!("{ada}/recovery-codes");
    let response = server.api.post(&path, Value::Null).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "not-an-admin");
}
