//! Unpublished changes on the SAML SSO page.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestServer, each_database};

use super::organization::first_connection;
use super::page_text::section_text;
use super::saml_sso_steps::{
    CHANGED, CHANGED_SINCE, DISCARD, PUBLISH, ROLE_MAPPING, SSO, UNCHANGED, draft_path,
    patch_draft, submit,
};
use crate::acme::{ada_browser, create_active_acme};
use crate::manual_connection::key_file;

#[apply(each_database)]
async fn saving_without_changes_creates_no_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let saved = submit(&mut ada, SSO, &UNCHANGED).await;
    assert_eq!(saved.location(), format!("{SSO}?done=saved"));
    assert!(!ada.get(SSO).await.text.contains("id=\"draft\""));
}

#[apply(each_database)]
async fn changes_to_an_active_connection_become_a_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let saved = submit(&mut ada, SSO, &CHANGED).await;
    assert_eq!(saved.location(), format!("{SSO}?done=draft-saved"));
    assert_eq!(first_connection(&server).await, connection);
    let page = ada.get(SSO).await;
    assert!(page.text.contains("id=\"draft\""));
    assert_snapshot!(section_text(&page, "draft-title"), @"
    Unpublished changes
    Members use the current settings until you publish.
    Setting
    Current
    New
    Issuer
    https://idp.example/metadata
    https://new.example
    These settings haven’t passed a test yet.
    Publish changes
    Test these settings
    Discard changes
    ");
}

#[apply(each_database)]
async fn a_draft_is_discarded(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    submit(&mut ada, SSO, &CHANGED).await;
    let discarded = submit(&mut ada, DISCARD, &[]).await;
    assert_eq!(discarded.location(), format!("{SSO}?done=draft-discarded"));
    assert!(!ada.get(SSO).await.text.contains("https://new.example"));
}

#[apply(each_database)]
async fn a_draft_is_published_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    submit(&mut ada, SSO, &CHANGED).await;
    let published = submit(&mut ada, PUBLISH, &[]).await;
    assert_eq!(published.location(), format!("{SSO}?done=draft-published"));
    let issuer = &first_connection(&server).await["issuer"];
    assert_eq!(issuer, "https://new.example");
    let second = submit(&mut ada, PUBLISH, &[]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
}

#[apply(each_database)]
async fn changes_made_after_the_page_was_loaded_are_not_published(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    submit(&mut ada, SSO, &CHANGED).await;
    let page = ada.get(SSO).await;
    let concurrent =
        json!({ "issuer": "https://evil.example", "certificates": [key_file("ec-p256.crt")] });
    patch_draft(&server, concurrent).await;
    for path in [PUBLISH, DISCARD] {
        let rejected = ada.submit(&page, path, &[]).await;
        assert_eq!(rejected.status, StatusCode::CONFLICT, "{path}");
        assert!(rejected.text.contains(CHANGED_SINCE));
    }
    assert_eq!(first_connection(&server).await, connection);

    // The page shows the current settings, so the user can decide again.
    let page = ada.get(SSO).await;
    assert!(page.text.contains("https://evil.example"));
    let published = ada.submit(&page, PUBLISH, &[]).await;
    assert_eq!(published.location(), format!("{SSO}?done=draft-published"));
}

#[apply(each_database)]
async fn changes_made_after_the_page_was_loaded_are_not_overwritten(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let settings_page = ada.get(SSO).await;
    let roles_page = ada.get(ROLE_MAPPING).await;
    let saved = submit(&mut ada, SSO, &CHANGED).await;
    assert_eq!(saved.location(), format!("{SSO}?done=draft-saved"));

    let rejected = ada.submit(&settings_page, SSO, &UNCHANGED).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains(CHANGED_SINCE));
    let rule = [
        ("default_role", "member"),
        ("group", "it"),
        ("role", "admin"),
    ];
    let rejected = ada.submit(&roles_page, ROLE_MAPPING, &rule).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains(CHANGED_SINCE));

    assert!(ada.get(SSO).await.text.contains("https://new.example"));
    let draft = server.api.get(&draft_path(&server).await).await.json();
    assert_eq!(draft["role_rules"], json!([]));
}
