//! Sign-in codes by email: who gets one, and how strangers are limited.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestBrowser, TestResponse, TestServer, each_database};

const SIGN_IN: &str = "/console/sign-in";

/// Creates an admin with this email address.
async fn admin(server: &TestServer, email: &str) {
    let acme = json!({ "name": "Acme", "plan": "enterprise" });
    server.api.create("/organizations", acme).await;
    let member = json!({ "email": email, "role": "admin" });
    server
        .api
        .create("/organizations/acme/members", member)
        .await;
}

/// Requests a code in a new browser.
async fn ask(_server: &TestServer, mut browser: TestBrowser, email: &str) -> TestResponse {
    let page = browser.get(SIGN_IN).await;
    browser.submit(&page, SIGN_IN, &[("email", email)]).await
}

#[apply(each_database)]
async fn email_addresses_are_case_insensitive(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    admin(&server, "Ünal@Acme.Example").await;
    for (sent, written) in [
        "ünal@acme.example",
        "ÜNAL@ACME.EXAMPLE",
        " Ünal@acme.example ",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(
            ask(&server, server.browser(), written)
                .await
                .location()
                .starts_with("/console/sign-in/code?id=")
        );
        let mails = server.outbox.mails();
        assert_eq!(
            (mails.len(), mails[sent].to.as_str()),
            (sent + 1, "ünal@acme.example"),
            "{written}"
        );
    }
    let again = json!({ "email": "ÜNAL@acme.example" });
    assert_eq!(
        server
            .api
            .post("/organizations/acme/members", again)
            .await
            .problem()
            .code,
        "already-member"
    );
}

#[apply(each_database)]
async fn a_stranger_can_delay_the_code_of_another_user_by_at_most_a_minute(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    admin(&server, "ada@acme.example").await;
    let asked = async |browser: TestBrowser| {
        let before = server.outbox.mails().len();
        let answer = ask(&server, browser, "ada@acme.example").await;
        assert!(
            answer.status == StatusCode::SEE_OTHER
                || answer.text.contains("Too many codes requested"),
            "{}",
            answer.text
        );
        server.outbox.mails().len() - before
    };
    // A stranger requests codes for Ada, each time in a new browser.
    for _ in 0..5 {
        assert_eq!(asked(server.browser_at([203, 0, 113, 9])).await, 1);
    }
    assert_eq!(asked(server.browser_at([203, 0, 113, 9])).await, 0);
    assert_eq!(
        asked(server.browser()).await,
        0,
        "no second code within a minute"
    );
    server.clock.set(START + 60);
    assert_eq!(
        asked(server.browser_at([203, 0, 113, 9])).await,
        0,
        "one client has had its share"
    );
    assert_eq!(asked(server.browser()).await, 1, "Ada gets hers");
    // A request that is rejected because of the limit does not extend it.
    let owner = || server.browser_at([198, 51, 100, 7]);
    for _ in 0..6 {
        assert_eq!(asked(owner()).await, 0);
    }
    server.clock.set(START + 120);
    assert_eq!(asked(owner()).await, 1);
    // Requests from many addresses still cause only one email per minute.
    assert_eq!(asked(server.browser()).await, 0);
    server.clock.set(START + 179);
    assert_eq!(asked(server.browser()).await, 0);
    server.clock.set(START + 180);
    assert_eq!(asked(server.browser()).await, 1);
}
