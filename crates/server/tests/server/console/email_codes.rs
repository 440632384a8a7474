//! Sign-in codes by email, and their limits.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestBrowser, TestResponse, TestServer, each_database};

use super::organization::create_acme_with_ada;
use crate::objects::create_organization;

const SIGN_IN: &str = "/console/sign-in";
const CODE: &str = "/console/sign-in/code";
const ADA: &str = "ada@acme.example";
const STRANGER: [u8; 4] = [203, 0, 113, 9];

#[apply(each_database)]
async fn a_code_signs_in_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let mut browser = server.browser();
    let page = browser.get("/console/sign-in?next=/console/account").await;
    let fields = [("email", "Ada@Acme.example"), ("next", "/console/account")];
    let redirect = browser.submit(&page, SIGN_IN, &fields).await;
    let page = browser.get(redirect.location()).await;
    // Emails stay on this machine, so the page links to the outbox.
    assert!(page.text.contains("href=\"/outbox\""));

    let id = page.hidden_field("id").unwrap();
    let wrong = [("id", id), ("code", "000000x")];
    let rejected = browser.submit(&page, CODE, &wrong).await;
    assert!(rejected.text.contains("Incorrect code."));

    let code = last_code(&server);
    let fields = [
        ("id", id),
        ("code", code.as_str()),
        ("next", "/console/account"),
    ];
    let signed_in = browser.submit(&page, CODE, &fields).await;
    assert_eq!(signed_in.location(), "/console/account");
    let account = browser.get("/console/account").await;
    assert!(account.text.contains("Emailed code"));
    let second = browser.clone().submit(&page, CODE, &fields).await;
    assert_ne!(second.status, StatusCode::SEE_OTHER);
}

#[apply(each_database)]
async fn a_code_works_only_in_the_browser_that_requested_it(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let mut browser = server.browser();
    let page = request_code(&mut browser, ADA).await;
    let page = browser.get(page.location()).await;
    let code = last_code(&server);
    let id = page.hidden_field("id").unwrap();
    let fields = [("id", id), ("code", code.as_str())];

    let mut thief = server.browser();
    let thief_page = thief.get(SIGN_IN).await;
    let rejected = thief.submit(&thief_page, CODE, &fields).await;
    assert!(rejected.text.contains("Request a new one"));
    // The code still works in the other browser.
    let signed_in = browser.submit(&page, CODE, &fields).await;
    assert_eq!(signed_in.location(), "/console");
}

#[apply(each_database)]
async fn the_email_address_of_a_code_is_case_insensitive(
    #[case] engine: Engine,
    #[values("ünal@acme.example", "ÜNAL@ACME.EXAMPLE", " Ünal@acme.example ")] entered: &str,
) {
    let server = TestServer::start(engine).await;
    create_unal(&server).await;
    let redirect = request_code(&mut server.browser(), entered).await;
    let code_page = "/console/sign-in/code?id=";
    assert!(redirect.location().starts_with(code_page));
    let mails = server.outbox.mails();
    let recipients: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(recipients, ["ünal@acme.example"]);
}

#[apply(each_database)]
async fn the_email_address_of_a_member_is_case_insensitive(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_unal(&server).await;
    let same = json!({ "email": "ÜNAL@acme.example" });
    let members = "/organizations/acme/members";
    let rejected = server.api.post(members, same).await;
    assert_eq!(rejected.problem().code, "already-member");
}

#[apply(each_database)]
async fn an_address_without_an_account_gets_the_same_response_and_no_email(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser();
    let page = browser.get(SIGN_IN).await;
    let fields = [("email", "unknown@elsewhere.example")];
    let redirect = browser.submit(&page, SIGN_IN, &fields).await;
    let code_page = "/console/sign-in/code?id=cod_";
    assert!(redirect.location().starts_with(code_page));
    assert_eq!(server.outbox.mails(), []);
    for _ in 0..4 {
        browser.submit(&page, SIGN_IN, &fields).await;
    }
    let rejected = browser.submit(&page, SIGN_IN, &fields).await;
    assert!(rejected.text.contains("Too many codes"));
}

#[apply(each_database)]
async fn an_invalid_address_is_rejected_and_kept(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let rejected = request_code(&mut server.browser(), "ada").await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("value=\"ada\""));
}

#[apply(each_database)]
async fn code_requests_of_another_browser_delay_a_code_by_at_most_a_minute(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let stranger = || server.browser_at(STRANGER);
    for _ in 0..5 {
        assert_eq!(count_codes_sent(&server, stranger()).await, 1);
    }
    assert_eq!(count_codes_sent(&server, stranger()).await, 0);
    // Ada gets no second code within a minute.
    assert_eq!(count_codes_sent(&server, server.browser()).await, 0);

    server.clock.set(START + 60);
    // The stranger has reached the limit of one client. Ada has not.
    assert_eq!(count_codes_sent(&server, stranger()).await, 0);
    assert_eq!(count_codes_sent(&server, server.browser()).await, 1);

    // A request that is rejected because of the limit does not extend it.
    let ada = || server.browser_at([198, 51, 100, 7]);
    for _ in 0..6 {
        assert_eq!(count_codes_sent(&server, ada()).await, 0);
    }
    server.clock.set(START + 120);
    assert_eq!(count_codes_sent(&server, ada()).await, 1);

    // Requests from many addresses still cause only one email per minute.
    assert_eq!(count_codes_sent(&server, server.browser()).await, 0);
    server.clock.set(START + 179);
    assert_eq!(count_codes_sent(&server, server.browser()).await, 0);
    server.clock.set(START + 180);
    assert_eq!(count_codes_sent(&server, server.browser()).await, 1);
}

/// Creates the member Ünal of Acme.
async fn create_unal(server: &TestServer) {
    create_organization(server, "Acme", "enterprise").await;
    let member = json!({ "email": "Ünal@Acme.Example", "role": "admin", "send_email": false });
    let members = "/organizations/acme/members";
    server.api.create(members, member).await;
}

/// Requests a code for this email address.
async fn request_code(browser: &mut TestBrowser, email: &str) -> TestResponse {
    let page = browser.get(SIGN_IN).await;
    browser.submit(&page, SIGN_IN, &[("email", email)]).await
}

/// Requests a code for Ada. Returns the number of emails that this causes.
async fn count_codes_sent(server: &TestServer, mut browser: TestBrowser) -> usize {
    let before = server.outbox.mails().len();
    let response = request_code(&mut browser, ADA).await;
    let is_sent = response.status == StatusCode::SEE_OTHER;
    let is_limited = response.text.contains("Too many codes requested");
    assert!(is_sent || is_limited, "{}", response.text);
    server.outbox.mails().len() - before
}

/// The code in the last email.
fn last_code(server: &TestServer) -> String {
    let mail = server.outbox.mails().pop().unwrap();
    let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    let code = mail.text.split_whitespace().find(is_code);
    code.unwrap().to_owned()
}

#[apply(each_database)]
async fn concurrent_requests_send_no_more_codes_than_the_limit(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let requests: Vec<_> = (1..=12)
        .map(|n| {
            let mut browser = server.browser_at([203, 0, 113, n]);
            tokio::spawn(async move { request_code(&mut browser, ADA).await.status })
        })
        .collect();
    for request in requests {
        request.await.unwrap();
    }
    assert_eq!(server.outbox.mails().len(), 5);
}
