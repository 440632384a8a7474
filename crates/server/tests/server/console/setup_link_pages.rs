//! The pages of the guided setup with a setup link, and the page that creates setup links.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, GRACE, START, TestBrowser, TestResponse, TestServer, each_database};
use testkit::identity_provider::IdpBehavior;

use super::idp_metadata::{idp_metadata, practice_idp_metadata};
use super::organization::{create_acme_with_ada, first_connection};
use super::responses::{get_each, submit_each};
use super::setup_steps::{SAVE, open_setup_link, submit_step, verify_domain};
use crate::acme::answer_saml_request;
use crate::manual_connection::manual_connection;
use crate::objects::{create_setup_link, id};

const PROVIDER: &str = "/setup/provider";
const PROVIDER_DETAILS: &str = "/setup/idp-details";
const ATTRIBUTES: &str = "/setup/attributes";
const DOMAIN: &str = "/setup/domain";
const ACTIVATE: &str = "/setup/activate";
const OKTA: (&str, &str) = ("provider", "okta");

/// The steps of the guided setup.
const STEPS: [&str; 8] = [
    PROVIDER,
    "/setup/instructions",
    "/setup/instructions/1",
    PROVIDER_DETAILS,
    ATTRIBUTES,
    "/setup/test",
    DOMAIN,
    ACTIVATE,
];

#[apply(each_database)]
async fn a_setup_link_leads_from_the_provider_to_an_active_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    assert_eq!(guest.get("/setup").await.location(), PROVIDER);
    let chosen = submit_step(&mut guest, PROVIDER, &[OKTA]).await;
    assert_eq!(chosen.location(), "/setup/instructions");
    let saved = save_metadata(&mut guest, &practice_idp_metadata()).await;
    assert_eq!(saved.location(), ATTRIBUTES);
    let connection = first_connection(&server).await;
    assert_eq!(connection["complete"], true);
    assert_eq!(connection["provider"], "okta");

    let redirect = submit_step(&mut guest, "/setup/test", &[]).await;
    answer_saml_request(&server, &mut guest, &redirect, GRACE, IdpBehavior::Valid).await;
    verify_domain(&server, &mut guest, DOMAIN).await;
    let activated = submit_step(&mut guest, ACTIVATE, &[]).await;
    assert_eq!(activated.location(), ACTIVATE);
    assert_eq!(first_connection(&server).await["state"], "active");

    // After activation, the link changes nothing.
    let finished = guest.get("/setup").await;
    assert!(finished.text.contains("Setup complete"));
    let rejected = save_provider_details(&mut guest).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    let audit_log = ada.get("/console/organizations/acme/audit-log").await;
    assert!(audit_log.text.contains("setup_link.opened"));
    assert!(audit_log.text.contains("Setup link"));
}

#[apply(each_database)]
async fn a_setup_link_cannot_grant_the_admin_role(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let page = guest.get(ATTRIBUTES).await;
    assert!(!page.text.contains("<option>admin</option>"));
    let fields = [
        ("group", "staff"),
        ("role", "admin"),
        ("default_role", "member"),
    ];
    let rejected = guest.submit(&page, ATTRIBUTES, &fields).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    let error = "A setup link can’t grant the admin role";
    assert!(rejected.text.contains(error));
    let rules = &first_connection(&server).await["role_rules"];
    assert_eq!(rules, &json!([]));
}

#[apply(each_database)]
async fn a_setup_link_gives_no_access_to_the_console(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let pages = [
        "/console",
        "/console/account",
        "/console/organizations",
        "/console/organizations/acme/sso",
        "/console/organizations/acme/team",
        "/console/organizations/acme/sso/setup",
    ];
    assert_snapshot!(get_each(&mut guest, &pages).await, @"
    /console: 303 /console/sign-in?next=%2Fconsole
    /console/account: 303 /console/sign-in?next=%2Fconsole%2Faccount
    /console/organizations: 303 /console/sign-in?next=%2Fconsole%2Forganizations
    /console/organizations/acme/sso: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso
    /console/organizations/acme/team: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fteam
    /console/organizations/acme/sso/setup: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso%2Fsetup
    ");

    let page = guest.get(PROVIDER).await;
    let setup = console_setup_path(&server).await;
    let provider = format!("{setup}/provider");
    let adfs = [("provider", "adfs")];
    let rejected = guest.submit(&page, &provider, &adfs).await;
    assert!(rejected.location().starts_with("/console/sign-in"));
    assert_eq!(first_connection(&server).await["provider"], "keycloak");
}

#[apply(each_database)]
async fn a_setup_link_does_not_activate_without_a_verified_domain(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, manual_connection(&[]), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let page = guest.get(ACTIVATE).await;
    assert!(page.text.contains("An admin of your organization"));
    let rejected = guest.submit(&page, ACTIVATE, &[]).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert_eq!(first_connection(&server).await["state"], "draft");
}

#[apply(each_database)]
async fn a_setup_link_does_not_show_the_names_of_other_connections(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, manual_connection(&[]), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let setup = console_setup_path(&server).await;
    create_active_connection(&server, "The other one").await;

    let effect = "1 member will be able to sign in";
    let page_of_admin = ada.get(&format!("{setup}/activate")).await;
    assert!(page_of_admin.text.contains(effect));
    let others = "These connections stay active: The other one.";
    assert!(page_of_admin.text.contains(others));
    let page_of_guest = guest.get(ACTIVATE).await;
    assert!(page_of_guest.text.contains(effect));
    assert!(!page_of_guest.text.contains("The other one"));
}

#[apply(each_database)]
async fn a_setup_link_cannot_add_unlimited_pending_domains(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({ "purpose": "domain" })).await;
    let mut guest = open_setup_link(&server, &link).await;
    for number in 0..20 {
        let added = add_domain(&mut guest, DOMAIN, number).await;
        assert_eq!(added.location(), DOMAIN);
    }
    let rejected = add_domain(&mut guest, DOMAIN, 20).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains("20 domains are already pending"));
    // An admin has no such limit.
    let domains = "/console/organizations/acme/domains";
    let added = add_domain(&mut ada, domains, 21).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
}

#[rstest]
#[case::connection("connection", "Connect your identity provider")]
#[case::test("test", "Test sign-in")]
#[case::domain("domain", "Domain verification")]
#[tokio::test]
async fn the_title_of_a_setup_link_names_its_purpose(#[case] purpose: &str, #[case] title: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_acme_with_ada(&server).await;
    let purpose = json!({ "purpose": purpose });
    let link = create_connection_with_link(&server, draft(), purpose).await;
    let page = server.browser().get(&link).await;
    assert!(page.text.contains(&format!("<title>{title} ·")));
    assert!(page.text.contains(&format!("<h1>{title}</h1>")));
}

#[apply(each_database)]
async fn a_setup_link_for_a_test_opens_only_the_step_for_tests(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let purpose = json!({ "purpose": "test" });
    let link = create_connection_with_link(&server, manual_connection(&[]), purpose).await;
    let mut guest = open_setup_link(&server, &link).await;
    assert_eq!(guest.get("/setup").await.location(), "/setup/test");
    assert_snapshot!(get_each(&mut guest, &STEPS).await, @"
    /setup/provider: 404
    /setup/instructions: 404
    /setup/instructions/1: 404
    /setup/idp-details: 404
    /setup/attributes: 404
    /setup/test: 200
    /setup/domain: 404
    /setup/activate: 404
    ");
    let page = guest.get("/setup/test").await;
    assert_snapshot!(submit_other_steps(&mut guest, &page).await, @"
    /setup/provider: 404
    /setup/idp-details: 404
    /setup/attributes: 404
    /setup/activate: 404
    ");
}

#[apply(each_database)]
async fn a_setup_link_for_domains_opens_only_the_step_for_domains(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let purpose = json!({ "purpose": "domain" });
    let link = create_connection_with_link(&server, manual_connection(&[]), purpose).await;
    let mut guest = open_setup_link(&server, &link).await;
    assert_eq!(guest.get("/setup").await.location(), "/setup/domain");
    assert_snapshot!(get_each(&mut guest, &STEPS).await, @"
    /setup/provider: 404
    /setup/instructions: 404
    /setup/instructions/1: 404
    /setup/idp-details: 404
    /setup/attributes: 404
    /setup/test: 404
    /setup/domain: 200
    /setup/activate: 404
    ");
    let page = guest.get("/setup/domain").await;
    assert_snapshot!(submit_other_steps(&mut guest, &page).await, @"
    /setup/provider: 404
    /setup/idp-details: 404
    /setup/attributes: 404
    /setup/activate: 404
    ");
}

#[apply(each_database)]
async fn a_setup_link_stays_pending_until_its_button_is_pressed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({})).await;
    for _ in 0..3 {
        let page = server.browser().get(&link).await;
        assert!(page.text.contains("Connect your identity provider"));
    }
    // A program that posts the form without opening the page has no token.
    let rejected = server.browser().post_from("same-origin", &link, &[]).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    let links = links_path(&server).await;
    let listed = server.api.get(&links).await.json();
    assert_eq!(listed["items"][0]["state"], "pending");
}

#[rstest]
#[case::another_site("cross-site", &[OKTA])]
#[case::wrong_token("same-origin", &[("csrf", "0"), OKTA])]
#[tokio::test]
async fn a_form_of_another_site_does_not_change_the_connection(
    #[case] site: &str,
    #[case] fields: &[(&str, &str)],
) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    guest.get(PROVIDER).await;
    let rejected = guest.post_from(site, PROVIDER, fields).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
}

#[apply(each_database)]
async fn revoking_a_setup_link_ends_the_setup_of_its_users(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let page = guest.get(PROVIDER).await;
    // A second user opens the link.
    open_setup_link(&server, &link).await;
    let links = links_path(&server).await;
    let listed = server.api.get(&links).await.json();
    let revoke = format!("{links}/{}/revoke", id(&listed["items"][0]));
    server.api.post(&revoke, Value::Null).await;

    let ended = guest.get("/setup").await;
    assert_eq!(ended.status, StatusCode::GONE);
    assert!(ended.text.contains("Open your setup link again"));
    let rejected = guest.submit(&page, PROVIDER, &[OKTA]).await;
    assert_eq!(rejected.status, StatusCode::GONE);
    let revoked = server.browser().get(&link).await;
    assert_eq!(revoked.status, StatusCode::GONE);
    assert!(revoked.text.contains("The link has been revoked"));
}

#[apply(each_database)]
async fn an_unknown_setup_link_is_reported(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let page = server.browser().get("/setup/vsl_unknown").await;
    assert!(page.text.contains("This link doesn’t exist"));
}

#[apply(each_database)]
async fn an_expired_setup_link_is_reported(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let link = create_connection_with_link(&server, draft(), json!({ "hours": 1 })).await;
    server.clock.set(START + 3600);
    let page = server.browser().get(&link).await;
    assert!(page.text.contains("The link has expired"));
}

#[apply(each_database)]
async fn an_admin_creates_a_setup_link_and_sees_it_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let links = open_links_page(&mut ada).await;
    let created = create_link_on_page(&mut ada, &links, "it@acme.example").await;
    let url = "https://auth.example.com/setup/vsl_";
    assert!(created.text.contains(url));
    let expiry = "25 Nov 2026, 09:00 UTC</time>";
    assert!(created.text.contains(expiry));
    let page = ada.get(&links).await;
    assert!(!page.text.contains("/setup/vsl_"));
    assert!(page.text.contains("Pending"));
}

#[apply(each_database)]
async fn an_invalid_address_of_a_setup_link_is_rejected_and_kept(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let links = open_links_page(&mut ada).await;
    let rejected = create_link_on_page(&mut ada, &links, "it").await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("value=\"it\""));
}

#[apply(each_database)]
async fn an_admin_revokes_a_setup_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let links = open_links_page(&mut ada).await;
    create_link_on_page(&mut ada, &links, "it@acme.example").await;
    let page = ada.get(&links).await;
    let (_, rest) = page.text.split_once(&format!("{links}/")).unwrap();
    let revoke = format!("{links}/{}", rest.split('"').next().unwrap());
    let revoked = ada.submit(&page, &revoke, &[]).await;
    assert_eq!(revoked.location(), links);
    assert!(ada.get(&links).await.text.contains("Revoked"));
}

/// A connection without the identity provider's details.
fn draft() -> Value {
    json!({ "name": "Acme", "provider": "keycloak" })
}

/// Creates a connection and a setup link for it with the API. Returns the path of the setup link.
async fn create_connection_with_link(
    server: &TestServer,
    connection: Value,
    link: Value,
) -> String {
    let connections = "/organizations/acme/connections";
    let connection = server.api.create(connections, connection).await;
    create_setup_link(server, &connection, link).await
}

/// The path of the setup links of the first connection in the API.
async fn links_path(server: &TestServer) -> String {
    let connection = first_connection(server).await;
    let connections = "/organizations/acme/connections";
    format!("{connections}/{}/setup-links", id(&connection))
}

/// The path of the guided setup of the first connection in the console.
async fn console_setup_path(server: &TestServer) -> String {
    let connection = first_connection(server).await;
    let sso = "/console/organizations/acme/sso";
    format!("{sso}/{}/setup", id(&connection))
}

/// Creates an active connection one second after the start, so that it is not the first one.
async fn create_active_connection(server: &TestServer, name: &str) {
    server.clock.set(START + 1);
    let connections = "/organizations/acme/connections";
    let connection = manual_connection(&[("name", json!(name))]);
    let connection = server.api.create(connections, connection).await;
    let activate = format!("{connections}/{}/activate", id(&connection));
    let activated = server.api.post(&activate, Value::Null).await;
    assert_eq!(activated.status, StatusCode::OK, "{}", activated.text);
}

/// Submits the forms of the steps that only links for the whole setup open.
async fn submit_other_steps(guest: &mut TestBrowser, page: &TestResponse) -> String {
    let paths = [PROVIDER, PROVIDER_DETAILS, ATTRIBUTES, ACTIVATE];
    let fields = [OKTA, SAVE, ("default_role", "member")];
    submit_each(guest, page, &paths, &fields).await
}

async fn save_provider_details(guest: &mut TestBrowser) -> TestResponse {
    save_metadata(guest, &idp_metadata("rsa-2048.crt")).await
}

async fn save_metadata(guest: &mut TestBrowser, metadata: &str) -> TestResponse {
    let fields = [("pasted", metadata), SAVE];
    let page = guest.get(PROVIDER).await;
    guest.submit(&page, PROVIDER_DETAILS, &fields).await
}

async fn add_domain(browser: &mut TestBrowser, path: &str, number: usize) -> TestResponse {
    let domain = format!("acme{number}.example");
    submit_step(browser, path, &[("domain", &domain)]).await
}

#[rstest]
#[case::unknown_purpose(
    "admin",
    "24",
    "purpose-fault",
    "Expected one of connection, test, domain"
)]
#[case::no_purpose("", "24", "purpose-fault", "This field is required.")]
#[case::unknown_lifetime("test", "12", "hours-fault", "Expected one of 24, 72, 168, 720")]
#[case::no_lifetime("test", "", "hours-fault", "This field is required.")]
#[tokio::test]
async fn a_setup_link_with_an_unknown_option_is_not_created(
    #[case] purpose: &str,
    #[case] hours: &str,
    #[case] fault: &str,
    #[case] error: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let links = open_links_page(&mut ada).await;
    let fields = [("purpose", purpose), ("hours", hours)];
    let rejected = submit_step(&mut ada, &links, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, shown) = rejected
        .text
        .split_once(&format!("id=\"{fault}\""))
        .unwrap();
    let shown = shown.split("</p>").next().unwrap();
    assert!(shown.contains(error), "{shown}");
    let listed = server.api.get(&links_path(&server).await).await.json();
    assert_eq!(listed["items"], json!([]));
}

/// Starts a setup that a colleague completes. Returns the path of the page with the setup links.
async fn open_links_page(ada: &mut TestBrowser) -> String {
    let start = "/console/organizations/acme/sso/setup";
    let for_a_colleague = [("create_link", "1")];
    let started = submit_step(ada, start, &for_a_colleague).await;
    started.location().to_owned()
}

/// Creates a setup link for domains that expires after a day.
async fn create_link_on_page(ada: &mut TestBrowser, links: &str, email: &str) -> TestResponse {
    let fields = [("purpose", "domain"), ("hours", "24"), ("email", email)];
    submit_step(ada, links, &fields).await
}
