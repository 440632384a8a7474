//! Customers see the product's name, and never the name of this server.

use std::collections::{BTreeSet, VecDeque};

use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;
use store::Provider;
use test_support::{Engine, TestBrowser, TestResponse, TestServer};

use super::setup_steps::open_setup_link;
use crate::acme::{ada_browser, create_active_acme};
use crate::manual_connection::manual_connection;
use crate::objects::id;

const PRODUCT: &str = "Acme Portal";
/// Pages of members, and pages of the console that need no session.
const PUBLIC_PAGES: [&str; 9] = [
    "/",
    "/nothing",
    "/authorize?client_id=unknown",
    "/saml/con_aaaaaaaaaaaaaaaaaaaaaaaaaa/acs",
    "/console/sign-in",
    "/console/sign-in/code?id=x",
    "/console/sign-in/recovery",
    "/console/nothing",
    "/setup/vsl_unknown",
];
/// More than the pages of the test: the crawl ends by itself.
const MAX_PAGES: usize = 600;

#[rstest]
#[tokio::test]
async fn no_page_or_mail_for_customers_names_the_server(
    #[values("en", "fr", "nl", "de")] language: &str,
) {
    let mut server = TestServer::start(Engine::Sqlite).await;
    server.reconfigure(&[("VESTIBULE_PRODUCT_NAME", PRODUCT)]);
    create_active_acme(&server).await;
    let connections = create_a_connection_per_provider(&server).await;

    let mut visitor = speak(server.browser(), language);
    for path in PUBLIC_PAGES {
        check(path, &visitor.get(path).await);
    }
    let mut ada = speak(ada_browser(&server).await, language);
    let start = [
        "/console",
        "/console/account",
        "/console/organizations/acme/team",
    ];
    let visited = crawl(&mut ada, &start).await;
    let guides = visited
        .iter()
        .filter(|path| path.contains("/instructions/"));
    assert!(guides.count() > 30, "{visited:?}");

    for connection in &connections {
        let links = format!("/organizations/acme/connections/{connection}/setup-links");
        let link = server.api.create(&links, json!({})).await;
        let path = link["url"].as_str().unwrap();
        let path = path.strip_prefix("https://auth.example.com").unwrap();
        check(path, &visitor.get(path).await);
        let mut guest = speak(open_setup_link(&server, path).await, language);
        crawl(&mut guest, &["/setup"]).await;
    }
    send_mails(&server, &mut ada).await;
    let mails = server.outbox.mails();
    assert!(mails.len() >= 4, "{mails:?}");
    for mail in mails {
        let text = format!("{}\n{}", mail.subject, mail.text);
        assert!(!text.contains("Vestibule"), "{text}");
    }
}

/// Without a configured name, customers see the host that the browser shows them.
#[tokio::test]
async fn the_default_name_is_the_host() {
    let server = TestServer::start(Engine::Sqlite).await;
    let page = server.browser().get("/console/sign-in").await;
    assert!(
        page.text.contains("· auth.example.com</title>"),
        "{}",
        page.text
    );
    check("/console/sign-in", &page);
}

#[tokio::test]
async fn only_operators_see_the_name_of_the_server() {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let team = "/console/organizations/acme/team";
    let operator = server
        .operator_browser("op@example.com")
        .await
        .get(team)
        .await;
    assert!(operator.text.contains("Vestibule "), "{}", operator.text);
    let admin = ada_browser(&server).await.get(team).await;
    check(team, &admin);
}

/// Creates a connection for each identity provider product. Returns the IDs.
async fn create_a_connection_per_provider(server: &TestServer) -> Vec<String> {
    let mut ids = Vec::new();
    for provider in Provider::ALL {
        let name = provider.as_str();
        let issuer = format!("https://{name}.example/metadata");
        let fields = [
            ("name", json!(name)),
            ("provider", json!(name)),
            ("issuer", json!(issuer)),
        ];
        let connection = manual_connection(&fields);
        let created = server
            .api
            .create("/organizations/acme/connections", connection)
            .await;
        ids.push(id(&created).to_owned());
    }
    ids
}

fn speak(mut browser: TestBrowser, language: &str) -> TestBrowser {
    browser.set_cookie(&format!("vestibule-language={language}; Path=/"));
    browser
}

/// Opens each page that the links of these pages lead to.
async fn crawl(browser: &mut TestBrowser, start: &[&str]) -> BTreeSet<String> {
    let mut waiting: VecDeque<String> = start.iter().map(|path| (*path).to_owned()).collect();
    let mut visited = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        if !visited.insert(path.clone()) {
            continue;
        }
        assert!(visited.len() < MAX_PAGES, "{path}");
        let page = browser.get(&path).await;
        if page.status.is_redirection() {
            waiting.push_back(page.location().to_owned());
            continue;
        }
        check(&path, &page);
        waiting.extend(links(&page));
    }
    visited
}

/// The pages of this server to which a page links.
fn links(page: &TestResponse) -> Vec<String> {
    let links = page.text.split("<a ").skip(1).filter_map(|link| {
        let (_, rest) = link.split_once("href=\"")?;
        rest.split(['"', '#']).next()
    });
    let is_page = |path: &&str| path.starts_with("/console") || path.starts_with("/setup");
    links
        .filter(is_page)
        .map(|path| path.replace("&#38;", "&"))
        .collect()
}

fn check(path: &str, page: &TestResponse) {
    assert_ne!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
    let name = page.text.find("Vestibule");
    let around = name.map(|at| &page.text[at.saturating_sub(80)..at + 40]);
    assert_eq!(around, None, "{path}");
}

/// Causes mails: an invitation of each kind, and a code.
async fn send_mails(server: &TestServer, ada: &mut TestBrowser) {
    let team = "/console/organizations/acme/team";
    let page = ada.get(team).await;
    for (email, role) in [
        ("grace@acme.example", "admin"),
        ("joe@acme.example", "member"),
    ] {
        let fields = [("email", email), ("role", role)];
        let invited = ada.submit(&page, team, &fields).await;
        assert_eq!(invited.status, StatusCode::OK);
    }
    let path = "/console/sign-in";
    let mut browser = server.browser();
    let page = browser.get(path).await;
    let fields = [("email", "ada@acme.example")];
    browser.submit(&page, path, &fields).await;
}
