//! The page with the role rules of a connection.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestServer, each_database};

use super::saml_sso_steps::{ROLE_MAPPING, SSO, submit};
use crate::acme::{ada_browser, create_active_acme};

#[apply(each_database)]
async fn role_rules_become_a_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let rules = [
        ("default_role", "member"),
        ("group", "it-admins"),
        ("role", "admin"),
        ("group", " "),
        ("role", "member"),
    ];
    let saved = submit(&mut ada, ROLE_MAPPING, &rules).await;
    assert_eq!(saved.location(), format!("{SSO}?done=draft-saved"));
    let page = ada.get(ROLE_MAPPING).await;
    assert!(page.text.contains("value=\"it-admins\""));
    // The default role and three empty rows for rules.
    let selected = "<option selected>member</option>";
    assert_eq!(page.text.matches(selected).count(), 4);
    assert!(ada.get(SSO).await.text.contains("it-admins → admin"));
    let second = submit(&mut ada, ROLE_MAPPING, &rules).await;
    assert_eq!(second.location(), format!("{SSO}?done=saved"));
}

#[rstest]
#[case::admin_as_default("default_role", "admin", "id=\"default-role-fault\"")]
#[case::unknown_role("role", "emperor", "id=\"role-1-fault\"")]
#[tokio::test]
async fn an_invalid_role_is_rejected_with_its_field(
    #[case] input: &str,
    #[case] role: &str,
    #[case] fault: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let fields = [
        (input, role),
        ("default_role", "member"),
        ("group", "it"),
        ("role", "admin"),
    ];
    let rejected = submit(&mut ada, ROLE_MAPPING, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains(fault));
    assert!(!rejected.text.contains("role_rules"));
    assert!(rejected.text.contains("value=\"it\""));
}
