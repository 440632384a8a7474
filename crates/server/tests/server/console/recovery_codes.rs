//! Recovery codes: generating them, and signing in with one.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};
use tokio::task::JoinSet;

use super::organization::{create_admin, member_id};
use super::sso_enforcement_steps::{ENFORCEMENT, RECOVERY_CODES, enforce_sso, is_enforced};
use crate::acme::{ada_browser, create_active_acme};
use crate::objects::create_organization;

const SIGN_IN: &str = "/console/sign-in/recovery";

#[apply(each_database)]
async fn an_admin_generates_ten_recovery_codes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = generate_codes(&server, &mut ada).await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(codes(&page).len(), 10);
    let download = "download=\"recovery-codes-acme.txt\"";
    assert!(page.text.contains(download));
    assert!(ada.get(ENFORCEMENT).await.text.contains("10 left"));

    let enforced = enforce_sso(&server, &mut ada).await;
    let advice = "use one of your recovery codes. You have 10 left.";
    assert!(enforced.text.contains(advice));
    assert!(is_enforced(&server).await);
}

#[apply(each_database)]
async fn the_sign_in_page_links_to_the_page_for_recovery_codes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let page = server.browser().get("/console/sign-in").await;
    assert!(page.text.contains(SIGN_IN));
}

#[apply(each_database)]
async fn an_unknown_recovery_code_is_rejected_and_not_shown_again(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    enforce_sso_with_codes(&server).await;
    let email = "ada@acme.example";
    assert_code_is_rejected(&server, email, "abcd-efgh-ijkm-npqr").await;
}

#[apply(each_database)]
async fn a_recovery_code_of_another_user_is_rejected_and_not_shown_again(
    #[case] engine: Engine,
    #[values("grace@acme.example", "ada")] email: &str,
) {
    let server = TestServer::start(engine).await;
    let code = enforce_sso_with_codes(&server).await.swap_remove(0);
    assert_code_is_rejected(&server, email, &code).await;
}

#[apply(each_database)]
async fn a_recovery_code_signs_in_its_owner_without_the_identity_provider(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let code = enforce_sso_with_codes(&server).await.swap_remove(0);
    let mut ada = server.browser();
    let page = ada.get(SIGN_IN).await;
    let fields = [("email", "Ada@acme.example"), ("code", code.as_str())];
    let signed_in = ada.submit(&page, SIGN_IN, &fields).await;
    let target = signed_in.location();
    assert!(target.ends_with("/sso-enforcement"), "{target}");
    let page = ada.get(target).await;
    assert!(page.text.contains("9 left"));
    let account = ada.get("/console/account").await;
    assert!(account.text.contains("Recovery code"));

    let disable = format!("{ENFORCEMENT}/disable");
    let turned_off = ada.submit(&page, &disable, &[]).await;
    let confirmation = format!("{ENFORCEMENT}?done=sso-not-enforced");
    assert_eq!(turned_off.location(), confirmation);
    assert!(!is_enforced(&server).await);
}

#[apply(each_database)]
async fn a_recovery_code_requires_the_form_of_the_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let code = enforce_sso_with_codes(&server).await.swap_remove(0);
    let mut browser = server.browser();
    browser.get(SIGN_IN).await;
    let fields = [("email", "Ada@acme.example"), ("code", code.as_str())];
    let rejected = browser.post_from("same-origin", SIGN_IN, &fields).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
}

#[apply(each_database)]
async fn a_recovery_code_signs_in_only_to_its_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Other", "enterprise").await;
    create_admin(&server, "other", "ada@acme.example").await;
    let code = enforce_sso_with_codes(&server).await.swap_remove(0);
    let mut ada = server.browser();
    let signed_in = sign_in(&mut ada, &code).await;
    assert!(signed_in.location().ends_with("/sso-enforcement"));
    let other = ada.get("/console/organizations/other/team").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn a_recovery_code_signs_in_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let code = enforce_sso_with_codes(&server).await.swap_remove(0);
    let first = sign_in(&mut server.browser(), &code).await;
    assert!(first.location().ends_with("/sso-enforcement"));
    let second = sign_in(&mut server.browser(), &code).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(each_database)]
async fn guessing_recovery_codes_is_rate_limited(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser_at([203, 0, 113, 9]);
    let page = Arc::new(browser.get(SIGN_IN).await);
    let mut attempts = JoinSet::new();
    for _ in 0..40 {
        let page = Arc::clone(&page);
        let mut browser = browser.clone();
        attempts.spawn(async move {
            let fields = [
                ("email", "ada@acme.example"),
                ("code", "aaaa-aaaa-aaaa-aaaa"),
            ];
            browser.submit(&page, SIGN_IN, &fields).await
        });
    }
    let responses = attempts.join_all().await;
    let find = |status| responses.iter().find(|response| response.status == status);
    let limited = find(StatusCode::TOO_MANY_REQUESTS).unwrap();
    assert!(limited.text.contains("Too many attempts"));
    assert!(find(StatusCode::UNPROCESSABLE_ENTITY).is_some());
}

async fn assert_code_is_rejected(server: &TestServer, email: &str, code: &str) {
    let mut browser = server.browser();
    let page = browser.get(SIGN_IN).await;
    let fields = [("email", email), ("code", code)];
    let rejected = browser.submit(&page, SIGN_IN, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    let submitted = format!("value=\"{email}\"");
    assert!(rejected.text.contains(&submitted));
    assert!(!rejected.text.contains(code));
}

/// Creates Acme, generates recovery codes for Ada, and enforces SSO. Returns the codes.
async fn enforce_sso_with_codes(server: &TestServer) -> Vec<String> {
    create_active_acme(server).await;
    let mut ada = ada_browser(server).await;
    let page = generate_codes(server, &mut ada).await;
    enforce_sso(server, &mut ada).await;
    assert!(is_enforced(server).await);
    codes(&page)
}

/// Generates recovery codes for Ada. Returns the page that shows them.
async fn generate_codes(server: &TestServer, ada: &mut TestBrowser) -> TestResponse {
    let page = ada.get(ENFORCEMENT).await;
    let id = member_id(server, "ada@acme.example").await;
    let path = format!("{RECOVERY_CODES}/{id}");
    ada.submit(&page, &path, &[]).await
}

/// The codes that a page shows.
fn codes(page: &TestResponse) -> Vec<String> {
    let parts = page.text.split("<li><code>").skip(1);
    parts
        .map(|part| part.split('<').next().unwrap().to_owned())
        .collect()
}

/// Signs in as Ada with a recovery code.
async fn sign_in(browser: &mut TestBrowser, code: &str) -> TestResponse {
    let page = browser.get(SIGN_IN).await;
    let fields = [("email", "ada@acme.example"), ("code", code)];
    browser.submit(&page, SIGN_IN, &fields).await
}
