//! An organization with two connections, each with its own panel.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use crate::acme::{ada_browser, create_active_acme};
use crate::manual_connection::key_file;

const SSO: &str = "/console/organizations/acme/sso";

/// Adds an inactive connection and returns its ID.
async fn another(server: &TestServer, organization: &str) -> String {
    let path = format!("/organizations/{organization}/connections");
    let made = server
        .api
        .create(&path, json!({"name": "Contractors"}))
        .await;
    made["id"].as_str().unwrap().to_owned()
}

async fn shown(server: &TestServer, id: &str) -> Value {
    let path = format!("/organizations/acme/connections/{id}");
    server.api.get(&path).await.json()
}

#[apply(each_database)]
async fn each_connection_has_its_own_panel(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    let second = another(&server, "acme").await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get(SSO).await;
    let panel = format!("{SSO}/{second}");
    assert!(
        page.text
            .contains(&format!("<a href=\"{panel}\">Contractors</a>")),
        "{}",
        page.text
    );
    assert!(page.text.contains(first["acs_url"].as_str().unwrap()));
    assert!(page.text.contains(&format!(
        "action=\"{SSO}/{}\"",
        first["id"].as_str().unwrap()
    )));
    let page = browser.get(&panel).await;
    assert!(
        page.text
            .contains(shown(&server, &second).await["acs_url"].as_str().unwrap())
    );
    for path in ["\"", "/roles\"", "/versions\""] {
        assert!(
            page.text.contains(&format!("\"{panel}{path}")),
            "{path} in {}",
            page.text
        );
    }
    let certificate = key_file("ec-p256.crt");
    let fields = [
        ("issuer", "https://contractors.example"),
        ("sign_on_url", "https://contractors.example/sso"),
        ("certificate", certificate.as_str()),
    ];
    let saved = browser.submit(&page, &panel, &fields).await;
    assert_eq!(saved.location(), format!("{panel}?done=saved"));
    assert_eq!(
        shown(&server, &second).await["issuer"],
        "https://contractors.example"
    );
    assert_eq!(shown(&server, first["id"].as_str().unwrap()).await, first);
}

#[apply(each_database)]
async fn the_panel_shows_the_active_connection_by_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    let id = first["id"].as_str().unwrap();
    let second = another(&server, "acme").await;
    let whole = json!({
        "issuer": "https://contractors.example",
        "sign_on_url": "https://contractors.example/sso",
        "certificates": [key_file("ec-p256.crt")],
    });
    server
        .api
        .patch(&format!("/organizations/acme/connections/{second}"), whole)
        .await;
    let mut browser = ada_browser(&server).await;
    let ask = format!("{SSO}/{second}/activate");
    let page = browser.get(&ask).await;
    let done = browser.submit(&page, &ask, &[]).await;
    assert_eq!(done.location(), format!("{SSO}/{second}?done=activated"));
    let off = format!("{SSO}/{id}/disable");
    let page = browser.get(&off).await;
    let done = browser.submit(&page, &off, &[]).await;
    assert_eq!(done.location(), format!("{SSO}/{id}?done=disabled"));
    let page = browser.get(SSO).await;
    assert!(
        page.text.contains(&format!("action=\"{SSO}/{second}\"")),
        "{}",
        page.text
    );
}

#[apply(each_database)]
async fn a_form_changes_only_the_connection_that_its_page_showed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let roles = format!("{SSO}/roles");
    let page = browser.get(&roles).await;
    assert!(page.text.contains(&format!(
        "action=\"{SSO}/{}/roles\"",
        first["id"].as_str().unwrap()
    )));
    // Without a connection, the form names none. Another admin may create one first.
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Initech", "plan": "enterprise"}),
        )
        .await;
    let boss = json!({"email": "boss@initech.example", "role": "admin"});
    server
        .api
        .create(
            "/organizations/initech/domains",
            json!({"domain": "initech.example"}),
        )
        .await;
    server
        .api
        .create("/organizations/initech/members", boss)
        .await;
    let mut boss = server.account_browser("boss@initech.example").await;
    let panel = "/console/organizations/initech/sso";
    let empty = boss.get(panel).await;
    another(&server, "initech").await;
    let certificate = key_file("ec-p256.crt");
    let fields = [
        ("issuer", "https://evil.example"),
        ("sign_on_url", "https://evil.example/sso"),
        ("certificate", certificate.as_str()),
    ];
    let refused = boss.submit(&empty, panel, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    let listed = server
        .api
        .get("/organizations/initech/connections")
        .await
        .json();
    assert_eq!(listed["items"][0]["issuer"], "");
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[apply(each_database)]
async fn the_panel_does_not_show_connections_of_another_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Other", "plan": "enterprise"}),
        )
        .await;
    let theirs = another(&server, "other").await;
    let mut browser = ada_browser(&server).await;
    let own = browser.get(SSO).await;
    for id in [theirs.as_str(), "con-nothing", "x%22"] {
        for rest in [
            "",
            "/roles",
            "/versions",
            "/versions/1",
            "/activate",
            "/disable",
        ] {
            let path = format!("{SSO}/{id}{rest}");
            assert_eq!(
                browser.get(&path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        for rest in [
            "",
            "/roles",
            "/versions/1",
            "/activate",
            "/disable",
            "/publish",
            "/discard",
        ] {
            let path = format!("{SSO}/{id}{rest}");
            let answer = browser
                .submit(&own, &path, &[("default_role", "member")])
                .await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
