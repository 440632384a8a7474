//! The pages that activate and disable a connection.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestBrowser, TestServer, each_database};

use super::organization::{create_acme_with_ada, first_connection};
use super::page_text::main_text;
use super::saml_sso_steps::{
    ACTIVATE, CHANGED, CHANGED_SINCE, DISABLE, SSO, UNCHANGED, confirm, patch_draft,
    save_complete_connection, submit,
};
use crate::acme::{ada_browser, create_acme, create_active_acme};
use crate::objects::id;

#[apply(each_database)]
async fn the_checkbox_activates_and_disables_the_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    save_complete_connection(&mut ada).await;
    let enabled = [
        ("enabled", "1"),
        ("sign_on_url", "https://idp.example/sso2"),
        ("issuer", "https://idp.example"),
    ];
    let redirect = submit(&mut ada, SSO, &enabled).await;
    assert_eq!(redirect.location(), ACTIVATE);
    confirm(&mut ada, ACTIVATE).await;
    let connection = first_connection(&server).await;
    assert_eq!(connection["state"], "active");
    assert_eq!(connection["sign_on_url"], "https://idp.example/sso2");
    assert_eq!(connection["certificates"].as_array().unwrap().len(), 1);

    let disabled = &enabled[1..];
    let redirect = submit(&mut ada, SSO, disabled).await;
    assert_eq!(redirect.location(), DISABLE);
    confirm(&mut ada, DISABLE).await;
    assert_eq!(first_connection(&server).await["state"], "disabled");
}

#[apply(each_database)]
async fn disabling_shows_the_affected_domains_first(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let redirect = submit(&mut ada, SSO, &UNCHANGED[1..]).await;
    assert_eq!(redirect.location(), DISABLE);
    assert_eq!(first_connection(&server).await["state"], "active");
    let page = ada.get(DISABLE).await;
    let effect = "acme.example to this identity provider";
    assert!(page.text.contains(effect));
    let disabled = ada.submit(&page, DISABLE, &[]).await;
    assert_eq!(disabled.location(), format!("{SSO}?done=disabled"));
    assert_eq!(first_connection(&server).await["state"], "disabled");
}

#[apply(each_database)]
async fn activating_shows_the_affected_members_and_publishes_the_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    submit(&mut ada, SSO, &UNCHANGED[1..]).await;
    confirm(&mut ada, DISABLE).await;
    submit(&mut ada, SSO, &CHANGED[1..]).await;
    let redirect = submit(&mut ada, SSO, &CHANGED).await;
    assert_eq!(redirect.location(), ACTIVATE);
    let page = ada.get(ACTIVATE).await;
    assert!(page.text.contains("name=\"publish\""));
    assert_snapshot!(main_text(&page), @"
    Acme
    Activate Practice?
    Who is affected
    1 member will be able to sign in through your identity provider.
    Anyone who signs in with an email address at acme.example will be redirected to your identity provider.
    Members stay signed in, and their existing sign-in methods keep working.
    These settings haven’t passed a test yet. Test them before you activate the connection, so that members don’t run into errors.
    Also publish the unpublished changes
    Activate connection
    Cancel
    ");
    let activated = ada.submit(&page, ACTIVATE, &[("publish", "1")]).await;
    assert_eq!(activated.location(), format!("{SSO}?done=activated"));
    let connection = first_connection(&server).await;
    assert_eq!(connection["state"], "active");
    assert_eq!(connection["issuer"], "https://new.example");
}

#[apply(each_database)]
async fn changes_made_after_the_page_was_loaded_are_not_activated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    assert_changes_are_not_activated(&server, &mut ada, ACTIVATE).await;
    confirm(&mut ada, ACTIVATE).await;
    assert_eq!(first_connection(&server).await["state"], "active");
}

#[apply(each_database)]
async fn changes_made_after_the_last_step_was_loaded_are_not_activated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let last_step = format!("{SSO}/{}/setup/activate", id(&connection));
    assert_changes_are_not_activated(&server, &mut ada, &last_step).await;
}

#[apply(each_database)]
async fn a_form_without_the_revision_does_not_activate(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(ACTIVATE).await;
    let fields = [("csrf", page.hidden_field("csrf").unwrap())];
    let rejected = ada.post_from("same-origin", ACTIVATE, &fields).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert_eq!(first_connection(&server).await["state"], "draft");
}

/// Opens a page that activates the connection, changes the connection with the API, and submits the form of the page.
async fn assert_changes_are_not_activated(
    server: &TestServer,
    browser: &mut TestBrowser,
    path: &str,
) {
    let page = browser.get(path).await;
    let concurrent = json!({ "issuer": "https://evil.example" });
    patch_draft(server, concurrent).await;
    let rejected = browser.submit(&page, path, &[]).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains(CHANGED_SINCE));
    assert_eq!(first_connection(server).await["state"], "draft");
}
