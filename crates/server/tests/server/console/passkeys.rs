//! Passkeys in the console: adding, renaming, removing and signing in.

use axum::http::{StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::Value;
use service::{PageRequest, audit_log};
use test_support::{
    Authenticator, Engine, START, TestBrowser, TestResponse, TestServer, each_database,
};

const ADA: &str = "ada@example.com";

/// The WebAuthn options on a page.
async fn question(_server: &TestServer, browser: &mut TestBrowser, page: &str) -> Value {
    browser.get(page).await;
    let answer = browser.submit_form(&format!("{page}/challenge"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    answer.json()
}

const PASSKEYS: &str = "/console/passkeys";
const SIGN_IN: &str = "/console/sign-in/passkey";

/// Adds the passkey of a device to the account of the signed-in user.
async fn add(
    server: &TestServer,
    browser: &mut TestBrowser,
    device: &mut Authenticator,
) -> TestResponse {
    let options = question(server, browser, PASSKEYS).await;
    let response = device.make(&options);
    let fields = [("name", "Blue <key>"), ("response", response.as_str())];
    browser.submit_form(PASSKEYS, &fields).await
}

/// The WebAuthn options of the sign-in page.
async fn sign_in_question(_server: &TestServer, browser: &mut TestBrowser) -> Value {
    browser.get("/console/sign-in").await;
    let answer = browser
        .submit_form(&format!("{SIGN_IN}/challenge"), &[])
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn come_in(
    server: &TestServer,
    browser: &mut TestBrowser,
    device: &Authenticator,
) -> TestResponse {
    let options = sign_in_question(server, browser).await;
    let response = device.sign(&options);
    let fields = [
        ("next", "/console/account"),
        ("response", response.as_str()),
    ];
    browser.submit_form(SIGN_IN, &fields).await
}

fn assert_done(answer: &TestResponse, location: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(answer.headers[header::LOCATION], location);
}

fn assert_refused(answer: &TestResponse, words: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
    assert!(answer.text.contains(words), "{}", answer.text);
    assert!(
        !answer
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .any(|cookie| { cookie.to_str().unwrap().contains("-console=") })
    );
}

/// The audit log actions of passkeys, in alphabetical order.
async fn deeds(server: &TestServer) -> Vec<String> {
    let events = audit_log::list_all(&server.app, &PageRequest::default())
        .await
        .unwrap();
    let actions = events.items.into_iter().map(|event| event.action);
    let mut deeds: Vec<_> = actions
        .filter(|action| action.starts_with("passkey."))
        .collect();
    deeds.sort();
    deeds
}

/// The ID of the only passkey on a page.
fn only_id(page: &TestResponse) -> String {
    let (_, rest) = page.text.split_once("/console/passkeys/pky_").unwrap();
    format!("pky_{}", rest.split('/').next().unwrap())
}

#[apply(each_database)]
async fn a_user_adds_a_passkey_and_signs_in_with_it(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser(ADA).await;
    let mut device = Authenticator::new(1);
    assert_done(
        &add(&server, &mut browser, &mut device).await,
        "/console/passkeys?done=passkey-added",
    );
    let page = browser.get("/console/passkeys?done=passkey-added").await;
    assert!(page.text.contains("Passkey added."), "{}", page.text);
    assert!(
        page.text.contains("Blue &#60;key&#62;") && page.text.contains("Never"),
        "{}",
        page.text
    );

    server.clock.set(START + 60);
    let mut other = server.browser();
    assert_done(
        &come_in(&server, &mut other, &device).await,
        "/console/account",
    );
    let account = other.get("/console/account").await;
    assert!(
        account.text.contains(ADA) && account.text.contains(">Passkey<"),
        "{}",
        account.text
    );
    // A sign-in with a passkey gives access to all organizations of the user.
    assert_eq!(other.get("/console/operators").await.status, StatusCode::OK);
    let page = other.get(PASSKEYS).await;
    assert!(
        page.text.contains("24 Nov 2026, 09:01 UTC</time>"),
        "{}",
        page.text
    );
    assert_eq!(deeds(&server).await, ["passkey.add", "passkey.use"]);
}

#[apply(each_database)]
async fn only_the_owner_can_rename_and_remove_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser(ADA).await;
    let mut device = Authenticator::new(1);
    add(&server, &mut browser, &mut device).await;
    let id = only_id(&browser.get(PASSKEYS).await);
    let (rename, remove) = (
        format!("{PASSKEYS}/{id}/rename"),
        format!("{PASSKEYS}/{id}/remove"),
    );
    let mut other = server.operator_browser("eve@example.com").await;
    other.get(PASSKEYS).await;
    assert_eq!(
        other.submit_form(&rename, &[("name", "mine")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        other.submit_form(&remove, &[]).await.status,
        StatusCode::NOT_FOUND
    );

    assert_refused(
        &browser.submit_form(&rename, &[("name", " ")]).await,
        "1 to 60 characters",
    );
    assert_done(
        &browser.submit_form(&rename, &[("name", "Laptop")]).await,
        "/console/passkeys?done=saved",
    );
    assert!(browser.get(PASSKEYS).await.text.contains("Laptop"));
    assert_done(
        &browser.submit_form(&remove, &[]).await,
        "/console/passkeys?done=passkey-removed",
    );
    assert!(browser.get(PASSKEYS).await.text.contains("no passkeys yet"));
    assert_eq!(
        browser.submit_form(&remove, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_refused(
        &come_in(&server, &mut server.browser(), &device).await,
        "no longer registered",
    );
    assert_eq!(
        deeds(&server).await,
        ["passkey.add", "passkey.remove", "passkey.rename"]
    );
}

#[apply(each_database)]
async fn a_passkey_can_be_registered_only_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = Authenticator::new(1);
    let mut browser = server.operator_browser(ADA).await;
    add(&server, &mut browser, &mut device).await;
    assert_refused(
        &add(&server, &mut browser, &mut device).await,
        "already have a passkey on this device",
    );
    let mut other = server.operator_browser("eve@example.com").await;
    assert_refused(
        &add(&server, &mut other, &mut device).await,
        "already have a passkey on this device",
    );
    let options = question(&server, &mut browser, PASSKEYS).await;
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(options["rp"]["id"], "auth.example.com");
    assert_eq!(deeds(&server).await, ["passkey.add"]);
}

#[apply(each_database)]
async fn a_challenge_works_once_in_its_browser_for_five_minutes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = Authenticator::new(1);
    add(
        &server,
        &mut server.operator_browser(ADA).await,
        &mut device,
    )
    .await;
    let mut browser = server.browser();
    let response = device.sign(&sign_in_question(&server, &mut browser).await);
    let fields = [("response", response.as_str())];

    let mut other = server.browser();
    other.get("/console/sign-in").await;
    assert_refused(
        &other.submit_form(SIGN_IN, &fields).await,
        "has expired or was already used",
    );
    server.clock.set(START + 299);
    assert_done(&browser.submit_form(SIGN_IN, &fields).await, "/console");
    browser.get("/console/account").await;
    let mut again = server.browser();
    again.get("/console/sign-in").await;
    assert_refused(
        &again.submit_form(SIGN_IN, &fields).await,
        "has expired or was already used",
    );

    let mut late = server.browser();
    let response = device.sign(&sign_in_question(&server, &mut late).await);
    server.clock.set(START + 299 + 300);
    let fields = [("response", response.as_str())];
    assert_refused(
        &late.submit_form(SIGN_IN, &fields).await,
        "has expired or was already used",
    );
    assert_eq!(deeds(&server).await, ["passkey.add", "passkey.use"]);
}

#[apply(each_database)]
async fn a_sign_in_challenge_cannot_register_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser(ADA).await;
    let mut asked = question(&server, &mut browser, PASSKEYS).await;
    let for_coming_in = sign_in_question(&server, &mut server.browser()).await;
    asked["challenge"] = for_coming_in["challenge"].clone();
    let response = Authenticator::new(1).make(&asked);
    let fields = [("name", "x"), ("response", response.as_str())];
    assert_refused(
        &browser.submit_form(PASSKEYS, &fields).await,
        "has expired or was already used",
    );
}

#[apply(each_database)]
async fn a_rejected_response_consumes_its_challenge(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = Authenticator::new(1);
    add(
        &server,
        &mut server.operator_browser(ADA).await,
        &mut device,
    )
    .await;
    let mut browser = server.browser();
    let options = sign_in_question(&server, &mut browser).await;
    device.origin = "https://auth.example.com.evil.example";
    let phished = device.sign(&options);
    device.origin = "https://auth.example.com";
    let good = device.sign(&options);
    assert_refused(
        &browser
            .submit_form(SIGN_IN, &[("response", &phished)])
            .await,
        "wasn’t accepted",
    );
    assert_refused(
        &browser.submit_form(SIGN_IN, &[("response", &good)]).await,
        "has expired or was already used",
    );
    assert_refused(
        &browser.submit_form(SIGN_IN, &[("response", "")]).await,
        "wasn’t accepted",
    );
    assert_done(
        &come_in(&server, &mut browser, &device).await,
        "/console/account",
    );
}

#[apply(each_database)]
async fn a_cloned_authenticator_is_rejected_and_reported(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut device = Authenticator::new(1);
    add(
        &server,
        &mut server.operator_browser(ADA).await,
        &mut device,
    )
    .await;
    device.count = 5;
    assert_done(
        &come_in(&server, &mut server.browser(), &device).await,
        "/console/account",
    );
    for count in [5, 4] {
        device.count = count;
        assert_refused(
            &come_in(&server, &mut server.browser(), &device).await,
            "wasn’t accepted",
        );
    }
    device.count = 6;
    assert_done(
        &come_in(&server, &mut server.browser(), &device).await,
        "/console/account",
    );
    let told = [
        "passkey.add",
        "passkey.refuse",
        "passkey.refuse",
        "passkey.use",
        "passkey.use",
    ];
    assert_eq!(deeds(&server).await, told);
}

#[apply(each_database)]
async fn a_session_limited_to_one_organization_cannot_add_a_passkey(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create("/organizations", serde_json::json!({"name": "Acme"}))
        .await;
    let mut browser = server.operator_browser(ADA).await;
    let mut restricted = server.organization_browser(ADA, &made).await;
    let page = restricted.get(PASSKEYS).await;
    assert!(
        page.text.contains("You signed in with SSO"),
        "{}",
        page.text
    );
    for path in [
        "",
        "/challenge",
        "/pky_aaaaaaaaaaaaaaaaaaaaaaaaaa/rename",
        "/pky_aaaaaaaaaaaaaaaaaaaaaaaaaa/remove",
    ] {
        let answer = restricted
            .submit_form(&format!("{PASSKEYS}{path}"), &[("name", "x")])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    // Control: the same user after a sign-in with a link.
    question(&server, &mut browser, PASSKEYS).await;
}

#[apply(each_database)]
async fn only_passkey_pages_may_connect_and_only_their_forms_are_accepted(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser(ADA).await;
    let policy = |page: &TestResponse| {
        page.headers["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert!(policy(&browser.get(PASSKEYS).await).ends_with("; connect-src 'self'"));
    assert!(!policy(&browser.get("/console/account").await).contains("connect-src"));
    let mut outside = server.browser();
    let page = outside.get("/console/sign-in").await;
    assert!(policy(&page).ends_with("; connect-src 'self'"));
    assert!(page.text.contains("/assets/passkey-") && page.text.contains("data-passkey=\"use\""));
    for path in [SIGN_IN, "/console/sign-in/passkey/challenge"] {
        let answer = server.browser().submit_form(path, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}
