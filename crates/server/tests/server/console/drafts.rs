//! Unpublished changes on the SAML SSO page.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestResponse, TestServer, each_database};

use super::organization::first_connection;
use super::page_text::{main_text, section_text};
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
    Test these settings
    Publish changes
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
    let published = submit(&mut ada, PUBLISH, &[("confirmed", "1")]).await;
    assert_eq!(published.location(), format!("{SSO}?done=draft-published"));
    let issuer = &first_connection(&server).await["issuer"];
    assert_eq!(issuer, "https://new.example");
    let second = submit(&mut ada, PUBLISH, &[]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
}

#[apply(each_database)]
async fn untested_changes_are_published_after_a_question_and_taken_back(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let before = first_connection(&server).await["issuer"].clone();
    submit(&mut ada, SSO, &CHANGED).await;
    let question = submit(&mut ada, PUBLISH, &[]).await;
    assert_eq!(question.status, StatusCode::OK);
    assert_eq!(first_connection(&server).await["issuer"], before);
    assert_snapshot!(main_text(&question), @"
    Acme
    Publish the changes to Practice?
    Who is affected
    No member has signed in through this connection yet. The next sign-ins use the new settings.
    Members stay signed in, and their existing sign-in methods keep working.
    The previous version is kept. You can restore it from the connection’s page.
    These settings haven’t passed a test. If they’re wrong, members can’t sign in.
    Test these settings
    Publish without a test
    Cancel
    ");
    assert_eq!(main_text(&ada.get(PUBLISH).await), main_text(&question));

    let confirmed = [("confirmed", "1")];
    let published = ada.submit(&question, PUBLISH, &confirmed).await;
    let panel = ada.get(published.location()).await;
    assert_snapshot!(section_text(&panel, "untested-title"), @"
    The live settings haven’t passed a test
    Members sign in with them. Test them now, or go back to the previous version.
    Test these settings
    Restore previous version
    ");
    let number = "/versions/1\"";
    assert!(panel.text.contains(number), "{}", panel.text);
    let restore = format!("{}/versions/1", panel_path(&panel));
    let restored = ada.submit(&panel, &restore, &[]).await;
    assert_eq!(restored.status, StatusCode::SEE_OTHER);
    assert_eq!(first_connection(&server).await["issuer"], before);
}

/// The path of the panel that the page shows.
fn panel_path(page: &TestResponse) -> &str {
    let end = page.text.find("/versions/1\"").unwrap();
    page.text[..end].rsplit('"').next().unwrap()
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
    let published = ada.submit(&page, PUBLISH, &[("confirmed", "1")]).await;
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
