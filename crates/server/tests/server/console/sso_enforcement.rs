//! The page for SSO enforcement, exemptions and recovery codes.

use rstest::rstest;
use rstest_reuse::apply;
use std::sync::Arc;
use test_support::{
    ADA, Engine, GRACE, START, TestBrowser, TestResponse, TestServer, at, each_database,
};

use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use store::{ConnectionId, OrganizationId, StoreError};
use testkit::identity_provider::IdpBehavior;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::acme::{ada_browser, answer_saml_request, create_active_acme};

const PAGE: &str = "/console/organizations/acme/sso-enforcement";

fn shows(answer: &TestResponse, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

/// Signs in through the connection with the button of the page, and returns to the page.
async fn sign_in_through_connection(
    server: &TestServer,
    browser: &mut TestBrowser,
    person: &testkit::identity_provider::User,
) -> String {
    let page = browser.get(PAGE).await;
    let sent_off = browser.submit(&page, &format!("{PAGE}/sign-in"), &[]).await;
    let back = answer_saml_request(server, browser, &sent_off, person, IdpBehavior::Valid).await;
    browser.get(&back).await.location().to_owned()
}

async fn member(server: &TestServer, email: &str) -> String {
    let members = server.api.get("/organizations/acme/members").await.json();
    let all = members["items"].as_array().unwrap();
    let one = all.iter().find(|one| one["email"] == email).unwrap();
    one["id"].as_str().unwrap().to_owned()
}

async fn is_required(server: &TestServer) -> bool {
    let shown = server.api.get("/organizations/acme").await.json();
    shown["sso_enforced"].as_bool().unwrap()
}

/// The codes that a page shows.
fn codes(page: &TestResponse) -> Vec<String> {
    let parts = page.text.split("<li><code>").skip(1);
    parts
        .map(|part| part.split('<').next().unwrap().to_owned())
        .collect()
}

/// Disables the connection in a transaction, signals that, and commits when another transaction waits.
async fn switch_off(server: &TestServer, connection: &Value, switched: Arc<Notify>) {
    let id = |name: &str| connection[name].as_str().unwrap().to_owned();
    let organization = OrganizationId::parse(&id("organization")).unwrap();
    let connection = ConnectionId::parse(&id("id")).unwrap();
    let lock_watch = server.lock_watch();
    let off = server.app.store.write(async move |tx| {
        let mut place = tx.organization(&organization);
        place.disable(&connection, at(START)).await?;
        switched.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    off.await.unwrap();
}

#[apply(each_database)]
async fn sso_is_not_enforced_if_the_connection_is_disabled_concurrently(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let back = sign_in_through_connection(&server, &mut browser, ADA).await;
    let page = browser.get(&back).await;
    let switched = Arc::new(Notify::new());
    let press = async {
        switched.notified().await;
        browser.submit(&page, PAGE, &[("confirmed", "1")]).await
    };
    let ((), refused) = tokio::join!(
        switch_off(&server, &connection, Arc::clone(&switched)),
        press
    );
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    assert!(!is_required(&server).await);
}

#[apply(each_database)]
async fn enforcing_sso_requires_a_recent_sign_in_through_the_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let _connection = create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get(PAGE).await;
    shows(
        &page,
        "Sign in through the connection with your own account",
    );
    shows(&page, "disabled");
    shows(&page, "no admin can regain access");
    let fields = [("confirmed", "1")];
    let refused = browser.submit(&page, PAGE, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    shows(&refused, "within the last 15 minutes");

    let other = sign_in_through_connection(&server, &mut browser, GRACE).await;
    assert_eq!(other, format!("{PAGE}?failed=other-person"));
    shows(&browser.get(&other).await, "but with another account");
    let back = sign_in_through_connection(&server, &mut browser, ADA).await;
    assert_eq!(back, format!("{PAGE}?done=signed-in-with-sso"));
    let page = browser.get(&back).await;
    shows(&page, "name=\"confirmed\"");
    let unread = browser.submit(&page, PAGE, &[]).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(
        &unread,
        "Confirm that you understand who will be locked out",
    );
    assert!(!is_required(&server).await);
    let done = browser.submit(&page, PAGE, &fields).await;
    assert!(is_required(&server).await);
    // The page confirms the change before the user has to sign in again.
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    for words in [
        "All members of Acme now have to sign in through your identity provider",
        "no longer gives access to Acme",
        "You have no recovery codes.",
        "select “Turn off SSO enforcement”",
        "/console/sign-in?next=/console/organizations/acme/sso\"",
        "/console/sign-in/recovery",
    ] {
        shows(&done, words);
    }
    assert!(!done.text.contains("/sso-enforcement"), "{}", done.text);
    let again = browser.submit(&page, PAGE, &fields).await;
    assert!(
        again.location().ends_with("&reason=sso-enforced"),
        "{}",
        again.location()
    );
    // Sign-in links no longer work, and sessions that started with one have ended.
    let barred = browser.get(PAGE).await;
    assert!(
        barred.location().ends_with("&reason=sso-enforced"),
        "{}",
        barred.location()
    );
    let asked = browser.get(barred.location()).await;
    shows(&asked, "This organization enforces SSO.");
    shows(&asked, &format!("type=\"email\" value=\"{}\"", ADA.email));
    assert_eq!(
        browser.get("/console").await.location(),
        "/console/sign-in?reason=sso-enforced"
    );
}

#[apply(each_database)]
async fn after_fifteen_minutes_enforcing_sso_requires_another_sign_in(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let _connection = create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    sign_in_through_connection(&server, &mut browser, ADA).await;
    server.clock.set(START + 15 * 60 + 1);
    shows(&browser.get(PAGE).await, "Sign in with SSO");
}

#[apply(each_database)]
async fn a_member_is_exempted_and_enforcement_is_turned_off(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let _connection = create_active_acme(&server).await;
    server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "kim@elsewhere.example"}),
        )
        .await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get(PAGE).await;
    for words in [
        "Impact preview",
        "1 member would be locked out",
        "kim@elsewhere.example",
        "isn’t in a verified domain",
        "At first sign-in",
    ] {
        shows(&page, words);
    }
    let own = member(&server, "ada@acme.example").await;
    for (member, status) in [
        ("mem_x", StatusCode::NOT_FOUND),
        ("", StatusCode::NOT_FOUND),
    ] {
        let refused = browser
            .submit(&page, &format!("{PAGE}/exempt"), &[("member", member)])
            .await;
        assert_eq!(refused.status, status, "{member}");
    }
    let path = format!("{PAGE}/exempt");
    let done = browser.submit(&page, &path, &[("member", &own)]).await;
    assert_eq!(done.location(), format!("{PAGE}?done=exemption-granted"));
    shows(&browser.get(PAGE).await, "an admin can regain access");
    sign_in_through_connection(&server, &mut browser, ADA).await;
    let done = browser.submit(&page, PAGE, &[("confirmed", "1")]).await;
    assert_eq!(done.location(), format!("{PAGE}?done=sso-enforced"));
    assert!(is_required(&server).await);
    let page = browser.get(PAGE).await;
    shows(
        &page,
        "Enforced by Ada since <time datetime=\"2026-11-24T09:00:00Z\">24 Nov 2026, 09:00 UTC</time>.",
    );
    for words in ["Affected members", "1 member is locked out."] {
        shows(&page, words);
    }
    assert!(!page.text.contains("would be locked out"), "{}", page.text);
    shows(
        &browser.get("/console/organizations/acme/sso").await,
        "Turn off SSO enforcement",
    );
    let withdrawn = [("member", own.as_str()), ("withdraw", "1")];
    let undone = browser.submit(&page, &format!("{PAGE}/disable"), &[]).await;
    assert_eq!(undone.location(), format!("{PAGE}?done=sso-not-enforced"));
    assert!(!is_required(&server).await);
    browser.submit(&page, &path, &withdrawn).await;
    shows(&browser.get(PAGE).await, "no admin can regain access");
}

#[apply(each_database)]
async fn without_an_active_connection_or_the_plan_the_reason_is_shown(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let panel = browser.get("/console/organizations/acme/sso").await;
    shows(
        &panel,
        "Run a successful test with the current settings first.",
    );
    let id = connection["id"].as_str().unwrap();
    server
        .api
        .post(
            &format!("/organizations/acme/connections/{id}/disable"),
            Value::Null,
        )
        .await;
    shows(
        &browser.get("/console/organizations/acme/sso").await,
        "Activate the connection first.",
    );
    let page = browser.get(PAGE).await;
    shows(&page, "There is no active connection yet");
    let refused = browser.submit(&page, PAGE, &[("confirmed", "1")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    server
        .api
        .patch("/organizations/acme", json!({"plan": "starter"}))
        .await;
    let refused = browser.submit(&page, PAGE, &[("confirmed", "1")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    shows(&refused, "Your plan doesn’t include");
    assert!(!is_required(&server).await);
}

#[apply(each_database)]
async fn a_draft_must_be_published_before_enforcing_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let id = connection["id"].as_str().unwrap();
    server
        .api
        .patch(
            &format!("/organizations/acme/connections/{id}/draft"),
            json!({"accept_cbc": true}),
        )
        .await;
    shows(
        &ada_browser(&server).await.get(PAGE).await,
        "The connection has unpublished changes",
    );
}

#[apply(each_database)]
async fn other_organizations_and_other_sites_cannot_change_enforcement(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Other", "plan": "enterprise"}),
        )
        .await;
    server
        .api
        .create(
            "/organizations/other/members",
            json!({"email": "eve@evil.example", "role": "admin"}),
        )
        .await;
    let own = member(&server, "ada@acme.example").await;
    let mut eve = server.account_browser("eve@evil.example").await;
    let page = eve.get("/console/organizations/other/team").await;
    assert_eq!(eve.get(PAGE).await.status, StatusCode::NOT_FOUND);
    let codes = format!("/console/organizations/acme/sso/recovery-codes/{own}");
    let foreign = codes.replace("/acme/", "/other/");
    for path in [
        PAGE,
        &format!("{PAGE}/disable"),
        &format!("{PAGE}/exempt"),
        &format!("{PAGE}/sign-in"),
        &codes,
    ] {
        let fields = [("member", own.as_str()), ("confirmed", "1")];
        assert_eq!(
            eve.submit(&page, path, &fields).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(
        eve.submit(&page, &foreign, &[]).await.status,
        StatusCode::FORBIDDEN
    );
    let mut browser = ada_browser(&server).await;
    for path in [
        PAGE,
        &format!("{PAGE}/disable"),
        &format!("{PAGE}/exempt"),
        &codes,
    ] {
        let refused = browser
            .post_from("same-origin", path, &[("csrf", "x"), ("member", &own)])
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[apply(each_database)]
async fn a_recovery_code_signs_in_its_owner_without_the_identity_provider(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let _connection = create_active_acme(&server).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Other", "plan": "enterprise"}),
        )
        .await;
    server
        .api
        .create(
            "/organizations/other/members",
            json!({"email": "ada@acme.example", "role": "admin"}),
        )
        .await;
    let own = member(&server, "ada@acme.example").await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get(PAGE).await;
    let path = format!("/console/organizations/acme/sso/recovery-codes/{own}");
    let shown = browser.submit(&page, &path, &[]).await;
    assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
    let codes = codes(&shown);
    assert_eq!(codes.len(), 10);
    shows(&shown, "download=\"recovery-codes-acme.txt\"");
    shows(&browser.get(PAGE).await, "10 left");
    sign_in_through_connection(&server, &mut browser, ADA).await;
    let done = browser.submit(&page, PAGE, &[("confirmed", "1")]).await;
    shows(&done, "use one of your recovery codes. You have 10 left.");
    assert!(is_required(&server).await);

    let mut locked_out = server.browser();
    shows(
        &locked_out.get("/console/sign-in").await,
        "/console/sign-in/recovery",
    );
    let sign_in = "/console/sign-in/recovery";
    let page = locked_out.get(sign_in).await;
    for (email, code) in [
        ("ada@acme.example", "abcd-efgh-ijkm-npqr"),
        ("grace@acme.example", codes[0].as_str()),
        ("ada", codes[0].as_str()),
    ] {
        let refused = locked_out
            .submit(&page, sign_in, &[("email", email), ("code", code)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(&refused, &format!("value=\"{email}\""));
        assert!(
            !refused.text.contains(code),
            "a code travels no second time"
        );
    }
    let fields = [("email", "Ada@acme.example"), ("code", codes[0].as_str())];
    let foreign = locked_out.post_from("same-origin", sign_in, &fields).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let entered = locked_out.submit(&page, sign_in, &fields).await;
    let inside = entered.location().to_owned();
    assert!(inside.ends_with("/sso-enforcement"), "{inside}");
    let page = locked_out.get(&inside).await;
    shows(&page, "9 left");
    shows(&locked_out.get("/console/account").await, "Recovery code");
    // Only to this organization.
    assert_eq!(
        locked_out
            .get("/console/organizations/other/team")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let undone = locked_out
        .submit(&page, &format!("{PAGE}/disable"), &[])
        .await;
    assert_eq!(undone.location(), format!("{PAGE}?done=sso-not-enforced"));
    assert!(!is_required(&server).await);
    let mut again = server.browser();
    let page = again.get(sign_in).await;
    let refused = again.submit(&page, sign_in, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(each_database)]
async fn guessing_codes_is_rate_limited(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser_at([203, 0, 113, 9]);
    let page = Arc::new(browser.get("/console/sign-in/recovery").await);
    let server = Arc::new(server);
    let mut tries = JoinSet::new();
    for _ in 0..40 {
        let (_server, page, mut browser) =
            (Arc::clone(&server), Arc::clone(&page), browser.clone());
        tries.spawn(async move {
            let fields = [
                ("email", "ada@acme.example"),
                ("code", "aaaa-aaaa-aaaa-aaaa"),
            ];
            browser
                .submit(&page, "/console/sign-in/recovery", &fields)
                .await
        });
    }
    let answers = tries.join_all().await;
    let slowed = answers
        .iter()
        .find(|one| one.status == StatusCode::TOO_MANY_REQUESTS);
    shows(slowed.unwrap(), "Too many attempts");
    assert!(
        answers
            .iter()
            .any(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY)
    );
}
