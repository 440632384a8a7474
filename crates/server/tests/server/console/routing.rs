//! The page with the rules that choose among an organization's connections.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestServer, each_database};

use super::page_text::main_text;
use crate::acme::{ada_browser, create_active_acme};
use crate::objects::id;

const ROUTING: &str = "/console/organizations/acme/routing";
const DOMAINS: &str = "/console/organizations/acme/domains";

#[apply(each_database)]
async fn rules_are_entered_and_corrected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    server.clock.set(START + 1);
    let path = "/organizations/acme/connections";
    let second = server
        .api
        .create(path, json!({"name": "Contractors"}))
        .await;
    let mut ada = ada_browser(&server).await;
    let domains = ada.get(DOMAINS).await;
    assert!(domains.text.contains(&format!("href=\"{ROUTING}\"")));
    let page = ada.get(ROUTING).await;
    let fields = [
        ("patterns", "*.acme.example\r\nada@acme.example"),
        ("connection", id(&first)),
        ("patterns", "acme"),
        ("connection", id(&second)),
        ("patterns", ""),
        ("connection", id(&first)),
    ];
    let rejected = ada.submit(&page, ROUTING, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("id=\"patterns-2-fault\""));
    assert!(!rejected.text.contains("id=\"patterns-1-fault\""));
    let fields = [&fields[..2], &[("patterns", "acme.example"), fields[3]]].concat();
    let saved = ada.submit(&rejected, ROUTING, &fields).await;
    assert_eq!(saved.location(), format!("{ROUTING}?done=saved"));
    assert_snapshot!(main_text(&ada.get(ROUTING).await), @"
    Acme
    Sign-in routing
    Choose which people sign in through which connection. With one active connection, everyone uses it.
    The most specific line decides: an address before a domain, a domain before the subdomains of another. People whom no rule names choose the connection when they sign in.
    One per line: acme.example for a domain, *.acme.example for its subdomains, ada@acme.example for one person.
    Domains and addresses of rule 1
    *.acme.example
    ada@acme.example
    Connection of rule 1
    PracticeContractors
    Rule 2 is skipped: its connection isn’t active.
    Domains and addresses of rule 2
    acme.example
    Connection of rule 2
    PracticeContractors
    Domains and addresses of rule 3
    Connection of rule 3
    PracticeContractors
    Domains and addresses of rule 4
    Connection of rule 4
    PracticeContractors
    To remove a rule, empty it. To add more rules, save first.
    Save
    Cancel
    ");
    let rules = server.api.get("/organizations/acme/routing").await.json();
    assert_eq!(rules["rules"][0]["connection"], first["id"]);
    assert_eq!(rules["rules"][1]["skipped"], "connection_not_active");
}

#[apply(each_database)]
async fn rules_that_another_administrator_has_changed_are_not_overwritten(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(ROUTING).await;
    let other =
        json!({"rules": [{"patterns": ["eu.acme.example"], "connection": connection["id"]}]});
    let api = "/organizations/acme/routing";
    let saved = server
        .api
        .send(server.api.request(Method::PUT, api, &other));
    assert_eq!(saved.await.status, StatusCode::OK);
    let fields = [
        ("patterns", "us.acme.example"),
        ("connection", id(&connection)),
    ];
    let rejected = ada.submit(&page, ROUTING, &fields).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert_snapshot!(main_text(&rejected), @"
    Acme
    Sign-in routing
    Choose which people sign in through which connection. With one active connection, everyone uses it.
    Someone else changed the rules while you edited them. Nothing was saved. Your rules are below: compare them with the saved ones, and save again to replace those.
    Rules that are saved now
    eu.acme.example: Practice
    The most specific line decides: an address before a domain, a domain before the subdomains of another. People whom no rule names choose the connection when they sign in.
    One per line: acme.example for a domain, *.acme.example for its subdomains, ada@acme.example for one person.
    Domains and addresses of rule 1
    us.acme.example
    Connection of rule 1
    Practice
    Domains and addresses of rule 2
    Connection of rule 2
    Practice
    Domains and addresses of rule 3
    Connection of rule 3
    Practice
    To remove a rule, empty it. To add more rules, save first.
    Save
    Cancel
    ");
    let replaced = ada.submit(&rejected, ROUTING, &fields).await;
    assert_eq!(replaced.location(), format!("{ROUTING}?done=saved"));
    let rules = server.api.get(api).await.json();
    assert_eq!(rules["rules"][0]["patterns"], json!(["us.acme.example"]));
}

#[apply(each_database)]
async fn subdomains_are_included_and_excluded(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let path = format!("{DOMAINS}/acme.example/subdomains");
    let page = ada.get(DOMAINS).await;
    assert!(page.text.contains("Include subdomains"));
    let saved = ada.submit(&page, &path, &[("include", "1")]).await;
    assert_eq!(saved.location(), format!("{DOMAINS}?done=saved"));
    let page = ada.get(DOMAINS).await;
    assert!(page.text.contains("Exclude subdomains"));
    ada.submit(&page, &path, &[]).await;
    assert!(ada.get(DOMAINS).await.text.contains("Include subdomains"));
}
