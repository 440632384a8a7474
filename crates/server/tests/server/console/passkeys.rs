//! Passkeys in the console: adding, renaming, removing and signing in.

use axum::http::{StatusCode, header};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use service::audit_log::AuditQuery;
use service::{PageRequest, audit_log};
use test_support::{
    Authenticator, Engine, START, TestBrowser, TestResponse, TestServer, each_database,
};

use super::responses::{post_each, submit_each};

const ADA: &str = "ada@example.com";
const EVE: &str = "eve@example.com";
const PASSKEYS: &str = "/console/passkeys";
const SIGN_IN: &str = "/console/sign-in";
const SIGN_IN_WITH_PASSKEY: &str = "/console/sign-in/passkey";
const ACCOUNT: &str = "/console/account";

const ALREADY_REGISTERED: &str = "already have a passkey on this device";
const CHALLENGE_EXPIRED: &str = "has expired or was already used";
const NOT_ACCEPTED: &str = "wasn’t accepted";

#[apply(each_database)]
async fn a_user_adds_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = server.operator_browser(ADA).await;
    let mut device = Authenticator::new(1);
    let added = add_passkey(&mut ada, &mut device).await;
    assert_eq!(added.location(), "/console/passkeys?done=passkey-added");
    let page = ada.get(added.location()).await;
    assert!(page.text.contains("Passkey added."));
    assert_snapshot!("page_with_an_unused_passkey", page.main_html());
    assert_eq!(passkey_actions(&server).await, ["passkey.added"]);
}

#[apply(each_database)]
async fn a_user_signs_in_with_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let device = create_ada_with_passkey(&server).await;
    server.clock.set(START + 60);
    let mut ada = server.browser();
    let signed_in = sign_in(&mut ada, &device).await;
    assert_eq!(signed_in.location(), ACCOUNT);
    let account = ada.get(ACCOUNT).await;
    assert!(account.text.contains(ADA));
    assert!(account.text.contains(">Passkey<"));
    // A sign-in with a passkey gives access to all organizations of the user.
    let operators = ada.get("/console/operators").await;
    assert_eq!(operators.status, StatusCode::OK);
    let page = ada.get(PASSKEYS).await;
    assert!(page.text.contains("24 Nov 2026, 09:01 UTC</time>"));
    let actions = ["passkey.added", "passkey.used"];
    assert_eq!(passkey_actions(&server).await, actions);
}

#[apply(each_database)]
async fn other_users_cannot_change_a_passkey(
    #[case] engine: Engine,
    #[values("rename", "remove")] action: &str,
) {
    let server = TestServer::start(engine).await;
    let mut ada = server.operator_browser(ADA).await;
    let passkey = add_first_passkey(&mut ada).await;
    let mut eve = server.operator_browser(EVE).await;
    eve.get(PASSKEYS).await;
    let path = format!("{passkey}/{action}");
    let rejected = eve.submit_form(&path, &[("name", "mine")]).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn the_owner_renames_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = server.operator_browser(ADA).await;
    let rename = format!("{}/rename", add_first_passkey(&mut ada).await);
    let rejected = ada.submit_form(&rename, &[("name", " ")]).await;
    assert_rejected(&rejected, "1 to 60 characters");
    let renamed = ada.submit_form(&rename, &[("name", "Laptop")]).await;
    assert_eq!(renamed.location(), "/console/passkeys?done=saved");
    assert!(ada.get(PASSKEYS).await.text.contains("Laptop"));
    let actions = ["passkey.added", "passkey.renamed"];
    assert_eq!(passkey_actions(&server).await, actions);
}

#[apply(each_database)]
async fn a_removed_passkey_does_not_sign_in(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = server.operator_browser(ADA).await;
    let mut device = Authenticator::new(1);
    add_passkey(&mut ada, &mut device).await;
    let remove = format!("{}/remove", passkey_path(&ada.get(PASSKEYS).await));
    let removed = ada.submit_form(&remove, &[]).await;
    assert_eq!(removed.location(), "/console/passkeys?done=passkey-removed");
    assert!(ada.get(PASSKEYS).await.text.contains("no passkeys yet"));
    let second = ada.submit_form(&remove, &[]).await;
    assert_eq!(second.status, StatusCode::NOT_FOUND);
    let rejected = sign_in(&mut server.browser(), &device).await;
    assert_rejected(&rejected, "no longer registered");
    let actions = ["passkey.added", "passkey.removed"];
    assert_eq!(passkey_actions(&server).await, actions);
}

#[apply(each_database)]
async fn a_passkey_can_be_registered_only_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = Authenticator::new(1);
    let mut ada = server.operator_browser(ADA).await;
    add_passkey(&mut ada, &mut device).await;
    let second = add_passkey(&mut ada, &mut device).await;
    assert_rejected(&second, ALREADY_REGISTERED);
    let mut eve = server.operator_browser(EVE).await;
    let of_other_user = add_passkey(&mut eve, &mut device).await;
    assert_rejected(&of_other_user, ALREADY_REGISTERED);

    let options = registration_options(&mut ada).await;
    let excluded = options["excludeCredentials"].as_array().unwrap();
    assert_eq!(excluded.len(), 1);
    assert_eq!(options["rp"]["id"], "auth.example.com");
    assert_eq!(passkey_actions(&server).await, ["passkey.added"]);
}

#[apply(each_database)]
async fn a_challenge_works_once_in_its_browser(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let device = create_ada_with_passkey(&server).await;
    let mut browser = server.browser();
    let response = device.sign_challenge(&sign_in_options(&mut browser).await);

    let in_other_browser = submit_in_new_browser(&server, &response).await;
    assert_rejected(&in_other_browser, CHALLENGE_EXPIRED);
    let signed_in = submit_sign_in(&mut browser, &response).await;
    assert_eq!(signed_in.location(), "/console");
    let second = submit_in_new_browser(&server, &response).await;
    assert_rejected(&second, CHALLENGE_EXPIRED);
    let actions = ["passkey.added", "passkey.used"];
    assert_eq!(passkey_actions(&server).await, actions);
}

#[apply(each_database)]
async fn a_challenge_expires_after_five_minutes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let device = create_ada_with_passkey(&server).await;
    let mut browser = server.browser();
    let response = device.sign_challenge(&sign_in_options(&mut browser).await);
    let mut late_browser = server.browser();
    let late_response = device.sign_challenge(&sign_in_options(&mut late_browser).await);

    server.clock.set(START + 299);
    let signed_in = submit_sign_in(&mut browser, &response).await;
    assert_eq!(signed_in.location(), "/console");
    server.clock.set(START + 300);
    let rejected = submit_sign_in(&mut late_browser, &late_response).await;
    assert_rejected(&rejected, CHALLENGE_EXPIRED);
    let actions = ["passkey.added", "passkey.used"];
    assert_eq!(passkey_actions(&server).await, actions);
}

#[apply(each_database)]
async fn a_sign_in_challenge_cannot_register_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = server.operator_browser(ADA).await;
    let mut options = registration_options(&mut ada).await;
    let for_sign_in = sign_in_options(&mut server.browser()).await;
    options["challenge"] = for_sign_in["challenge"].clone();
    let response = Authenticator::new(1).create_passkey(&options);
    let fields = [("name", "x"), ("response", response.as_str())];
    let rejected = ada.submit_form(PASSKEYS, &fields).await;
    assert_rejected(&rejected, CHALLENGE_EXPIRED);
}

#[apply(each_database)]
async fn a_rejected_response_consumes_its_challenge(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = create_ada_with_passkey(&server).await;
    let mut browser = server.browser();
    let options = sign_in_options(&mut browser).await;
    device.origin = "https://auth.example.com.evil.example";
    let phished = device.sign_challenge(&options);
    device.origin = "https://auth.example.com";
    let correct = device.sign_challenge(&options);

    let rejected = submit_sign_in(&mut browser, &phished).await;
    assert_rejected(&rejected, NOT_ACCEPTED);
    let second = submit_sign_in(&mut browser, &correct).await;
    assert_rejected(&second, CHALLENGE_EXPIRED);
    let empty = submit_sign_in(&mut browser, "").await;
    assert_rejected(&empty, NOT_ACCEPTED);
    // A new challenge works.
    let signed_in = sign_in(&mut browser, &device).await;
    assert_eq!(signed_in.location(), ACCOUNT);
}

#[apply(each_database)]
async fn a_cloned_authenticator_is_rejected_and_reported(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = create_ada_with_passkey(&server).await;
    device.count = 5;
    let signed_in = sign_in(&mut server.browser(), &device).await;
    assert_eq!(signed_in.location(), ACCOUNT);
    for repeated_count in [5, 4] {
        device.count = repeated_count;
        let rejected = sign_in(&mut server.browser(), &device).await;
        assert_rejected(&rejected, NOT_ACCEPTED);
    }
    device.count = 6;
    let signed_in = sign_in(&mut server.browser(), &device).await;
    assert_eq!(signed_in.location(), ACCOUNT);
    let actions = [
        "passkey.added",
        "passkey.rejected",
        "passkey.rejected",
        "passkey.used",
        "passkey.used",
    ];
    assert_eq!(passkey_actions(&server).await, actions);
}

#[apply(each_database)]
async fn a_session_limited_to_one_organization_cannot_change_passkeys(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = json!({ "name": "Acme" });
    let acme = server.api.create("/organizations", acme).await;
    let mut ordinary = server.operator_browser(ADA).await;
    let mut restricted = server.organization_browser(ADA, &acme).await;
    let page = restricted.get(PASSKEYS).await;
    assert!(page.text.contains("You signed in with SSO"));
    let paths = [
        "/console/passkeys",
        "/console/passkeys/challenge",
        "/console/passkeys/pky_aaaaaaaaaaaaaaaaaaaaaaaaaa/rename",
        "/console/passkeys/pky_aaaaaaaaaaaaaaaaaaaaaaaaaa/remove",
    ];
    let fields = [("name", "x")];
    let responses = submit_each(&mut restricted, &page, &paths, &fields).await;
    assert_snapshot!(responses, @"
    /console/passkeys: 403
    /console/passkeys/challenge: 403
    /console/passkeys/[pky]/rename: 403
    /console/passkeys/[pky]/remove: 403
    ");
    // The same user gets a challenge in an ordinary session.
    registration_options(&mut ordinary).await;
}

#[apply(each_database)]
async fn only_pages_with_passkeys_may_send_requests_from_scripts(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = server.operator_browser(ADA).await;
    let passkeys = ada.get(PASSKEYS).await;
    assert!(policy(&passkeys).ends_with("; connect-src 'self'"));
    let account = ada.get(ACCOUNT).await;
    assert!(!policy(&account).contains("connect-src"));

    let sign_in = server.browser().get(SIGN_IN).await;
    assert!(policy(&sign_in).ends_with("; connect-src 'self'"));
    assert!(sign_in.text.contains("/assets/passkey-"));
    assert!(sign_in.text.contains("data-passkey=\"use\""));
}

#[apply(each_database)]
async fn a_sign_in_with_a_passkey_requires_the_form_of_the_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let paths = [SIGN_IN_WITH_PASSKEY, "/console/sign-in/passkey/challenge"];
    let fields = [("csrf", "")];
    let responses = post_each(&mut server.browser(), &paths, &fields).await;
    assert_snapshot!(responses, @"
    /console/sign-in/passkey: 403
    /console/sign-in/passkey/challenge: 403
    ");
}

/// Creates the operator Ada with a passkey. Returns the device with the passkey.
async fn create_ada_with_passkey(server: &TestServer) -> Authenticator {
    let mut ada = server.operator_browser(ADA).await;
    let mut device = Authenticator::new(1);
    add_passkey(&mut ada, &mut device).await;
    device
}

/// Adds a passkey. Returns its path.
async fn add_first_passkey(browser: &mut TestBrowser) -> String {
    add_passkey(browser, &mut Authenticator::new(1)).await;
    passkey_path(&browser.get(PASSKEYS).await)
}

/// Adds the passkey of a device to the account of the signed-in user.
async fn add_passkey(browser: &mut TestBrowser, device: &mut Authenticator) -> TestResponse {
    let options = registration_options(browser).await;
    let response = device.create_passkey(&options);
    let fields = [("name", "Blue <key>"), ("response", response.as_str())];
    browser.submit_form(PASSKEYS, &fields).await
}

/// The WebAuthn options of the page with the passkeys.
async fn registration_options(browser: &mut TestBrowser) -> Value {
    browser.get(PASSKEYS).await;
    request_options(browser, "/console/passkeys/challenge").await
}

/// The WebAuthn options of the sign-in page.
async fn sign_in_options(browser: &mut TestBrowser) -> Value {
    browser.get(SIGN_IN).await;
    request_options(browser, "/console/sign-in/passkey/challenge").await
}

async fn request_options(browser: &mut TestBrowser, path: &str) -> Value {
    let response = browser.submit_form(path, &[]).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
    assert_eq!(response.headers[header::CONTENT_TYPE], "application/json");
    response.json()
}

/// Signs in with the passkey of a device and opens the account page.
async fn sign_in(browser: &mut TestBrowser, device: &Authenticator) -> TestResponse {
    let options = sign_in_options(browser).await;
    let response = device.sign_challenge(&options);
    let fields = [("next", ACCOUNT), ("response", response.as_str())];
    browser.submit_form(SIGN_IN_WITH_PASSKEY, &fields).await
}

async fn submit_sign_in(browser: &mut TestBrowser, response: &str) -> TestResponse {
    let fields = [("response", response)];
    browser.submit_form(SIGN_IN_WITH_PASSKEY, &fields).await
}

async fn submit_in_new_browser(server: &TestServer, response: &str) -> TestResponse {
    let mut browser = server.browser();
    browser.get(SIGN_IN).await;
    submit_sign_in(&mut browser, response).await
}

fn assert_rejected(page: &TestResponse, error: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(error), "{}", page.text);
    let cookies = page.headers.get_all(header::SET_COOKIE);
    assert!(
        !cookies
            .iter()
            .any(|cookie| cookie.to_str().unwrap().contains("-console=")),
        "a session has begun"
    );
}

/// The actions with passkeys in the audit log, in alphabetical order.
async fn passkey_actions(server: &TestServer) -> Vec<String> {
    let log =
        audit_log::list_all(&server.app, &AuditQuery::default(), &PageRequest::default()).await;
    let actions = log.unwrap().items.into_iter().map(|entry| entry.action);
    let mut actions: Vec<_> = actions
        .filter(|action| action.starts_with("passkey."))
        .collect();
    actions.sort();
    actions
}

/// The path of the only passkey on the page.
fn passkey_path(page: &TestResponse) -> String {
    let (_, rest) = page.text.split_once("/console/passkeys/pky_").unwrap();
    format!("{PASSKEYS}/pky_{}", rest.split('/').next().unwrap())
}

fn policy(page: &TestResponse) -> &str {
    page.header("content-security-policy")
}
