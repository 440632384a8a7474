//! The pages with the versions of a connection.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::organization::first_connection;
use super::page_text::main_text;
use super::saml_sso_steps::{CHANGED, CHANGED_SINCE, PUBLISH, SSO, VERSIONS, patch_draft, submit};
use crate::acme::{ada_browser, create_active_acme};

#[apply(each_database)]
async fn a_version_is_restored_after_a_preview_of_the_changes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    submit(&mut ada, SSO, &CHANGED).await;
    submit(&mut ada, PUBLISH, &[("confirmed", "1")]).await;
    let page = ada.get(VERSIONS).await;
    assert!(page.text.contains("/versions/1\""));
    assert_snapshot!(main_text(&page), @"
    Acme
    Versions
    All published settings of this connection. You can restore any version.
    Version
    When
    Who
    Changes
    Actions
    2
    24 Nov 2026, 09:00 UTC
    Ada
    Issuer
    Current
    1
    24 Nov 2026, 09:00 UTC
    API key
    –
    Restore version 1
    Back to single sign-on
    ");

    let first = format!("{VERSIONS}/1");
    let page = ada.get(&first).await;
    assert_snapshot!(main_text(&page), @"
    Acme
    Restore version 1
    Changes
    Setting
    Current
    New
    Issuer
    https://new.example
    https://idp.example/metadata
    Members will use these settings immediately. Restoring creates a new version, so you can go back at any time.
    Restore version
    Cancel
    ");
    let restored = ada.submit(&page, &first, &[]).await;
    assert_eq!(restored.location(), format!("{SSO}?done=version-restored"));
    let issuer = &first_connection(&server).await["issuer"];
    assert_eq!(issuer, "https://idp.example/metadata");
}

#[rstest]
#[case::higher_than_the_last("9")]
#[case::not_a_number("x")]
#[case::negative("-1")]
#[tokio::test]
async fn an_unknown_version_is_not_found(#[case] version: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let path = format!("{VERSIONS}/{version}");
    assert_eq!(ada.get(&path).await.status, StatusCode::NOT_FOUND);
    let rejected = submit(&mut ada, &path, &[]).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn a_version_is_not_restored_over_changes_made_after_the_page_was_loaded(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    submit(&mut ada, SSO, &CHANGED).await;
    submit(&mut ada, PUBLISH, &[]).await;
    let first = format!("{VERSIONS}/1");
    let page = ada.get(&first).await;
    let concurrent = json!({ "issuer": "https://third.example" });
    let draft = patch_draft(&server, concurrent).await;
    let publish = format!("{draft}/publish");
    server.api.post(&publish, Value::Null).await;
    let rejected = ada.submit(&page, &first, &[]).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains(CHANGED_SINCE));
    let issuer = &first_connection(&server).await["issuer"];
    assert_eq!(issuer, "https://third.example");
}
