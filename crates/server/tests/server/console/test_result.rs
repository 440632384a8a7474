//! The page with the result of a test sign-in.

use rstest::rstest;
use rstest_reuse::apply;
use std::sync::Arc;
use test_support::{ADA, Engine, GRACE, TestBrowser, TestResponse, TestServer, each_database};

use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use service::setup_link;
use service::setup_link::RedeemedLink;
use store::{ConnectionId, Identity, IdpAccount, MemberId, OrganizationId, StoreError};
use testkit::identity_provider::{IdpBehavior, User};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use web::Cookie;

use crate::acme::{ada_browser, answer_saml_request, create_acme, test_connection};
use crate::manual_connection::manual_connection;

/// The maximum number of waiting transactions.
const QUEUE: u64 = 2048;

fn shows(answer: &TestResponse, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

/// The path of the page of the latest attempt.
async fn newest(server: &TestServer) -> String {
    let listed = server
        .api
        .get("/organizations/acme/sign-in-attempts")
        .await
        .json();
    let id = listed["items"][0]["id"].as_str().unwrap();
    format!("/console/organizations/acme/tests/{id}")
}

/// Records that a member has signed in through a connection.
async fn came_by(server: &TestServer, connection: &str, member: &str) {
    let identity = Identity {
        account: IdpAccount {
            connection: ConnectionId::parse(connection).unwrap(),
            issuer: "https://old.example".to_owned(),
            subject: "17".to_owned(),
        },
        member: MemberId::parse(member).unwrap(),
        created_at: server.clock.now(),
    };
    let row = server.api.get("/organizations/acme").await.json();
    let organization = OrganizationId::parse(row["id"].as_str().unwrap()).unwrap();
    let added = server
        .app
        .store
        .write(async move |tx| tx.organization(&organization).add_identity(&identity).await);
    added.await.unwrap().unwrap();
}

fn setup_cookie(server: &TestServer, opened: &RedeemedLink) -> String {
    let cookie = Cookie::Setup.set(&server.app, &opened.secret);
    cookie.to_str().unwrap().to_owned()
}

/// A browser that has opened a setup link for a test.
async fn colleague(server: &TestServer, page: &TestResponse) -> TestBrowser {
    let (_, rest) = page
        .text
        .split_once("https://auth.example.com/setup/vsl_")
        .unwrap();
    let token = format!("vsl_{}", rest.split('<').next().unwrap());
    let opened = setup_link::redeem(&server.app, &token).await;
    let mut browser = server.browser();
    browser.set_cookie(&setup_cookie(server, &opened.unwrap()));
    browser
}

#[apply(each_database)]
async fn a_successful_test_shows_the_member(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let panel = browser.get("/console/organizations/acme/sso").await;
    shows(&panel, "Not tested with these settings");
    let policy = panel.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.contains("form-action 'self' https:;"), "{policy}");
    let page = test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Configuration is correct.",
        "The response is valid, and this user would be signed in.",
        "This user would join as Ada",
        "ada@acme.example",
        "In a verified domain",
        "<li class=\"finding-passed\">",
        "Used for",
        "Email address",
        "/activate\"",
        "Test again",
        "Ada, <time datetime=\"2026-11-24T09:00:00Z\">24 Nov 2026, 09:00 UTC</time>",
    ] {
        shows(&page, words);
    }
    for words in ["finding-failed", "didn’t send an email address"] {
        assert!(!page.text.contains(words), "{}", page.text);
    }
    let panel = browser.get("/console/organizations/acme/sso").await;
    shows(&panel, "Test passed");
    // A test creates no session.
    let id = newest(&server).await.rsplit('/').next().unwrap().to_owned();
    for path in [
        "sign-in-attempts".to_owned(),
        format!("sign-in-attempts/{id}"),
    ] {
        let page = browser
            .get(&format!("/console/organizations/acme/{path}"))
            .await;
        shows(&page, "<span class=\"badge good\">Test passed</span>");
        assert!(
            !page.text.contains("The user was signed in"),
            "{}",
            page.text
        );
    }
    let attempts = server
        .api
        .get("/organizations/acme/sign-in-attempts")
        .await
        .json();
    assert!(
        attempts["items"][0]["tested_by"]
            .as_str()
            .unwrap()
            .starts_with("per_")
    );
}

#[apply(each_database)]
async fn a_test_without_an_email_shows_a_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let page = test_connection(
        &server,
        &mut browser,
        &connection,
        ADA,
        IdpBehavior::NoAttributes,
    )
    .await;
    shows(&page, "didn’t send an email address");
    let id = connection["id"].as_str().unwrap();
    let attributes = format!("/console/organizations/acme/sso/{id}/setup/attributes");
    let page = browser.get(&attributes).await;
    assert_eq!(
        page.text.matches(">Not received<").count(),
        4,
        "{}",
        page.text
    );
}

#[apply(each_database)]
async fn a_duplicate_member_is_predicted_until_the_old_connection_is_deleted(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let old = server
        .api
        .create(
            "/organizations/acme/connections",
            manual_connection(&[("issuer", json!("https://old.example"))]),
        )
        .await;
    let member = server.api.get("/organizations/acme/members").await.json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = old["id"].as_str().unwrap();
    came_by(&server, id, &member).await;
    let mut browser = ada_browser(&server).await;
    let page = test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    for words in [
        "This user would become a new member.",
        "This user would become a second member",
        "Another member with the email address ada@acme.example",
    ] {
        shows(&page, words);
    }
    let shown = newest(&server).await;
    let (_, attempt) = shown.rsplit_once('/').unwrap();
    let setup = format!(
        "/console/organizations/acme/sso/{}/setup/tests/{attempt}",
        connection["id"].as_str().unwrap()
    );
    shows(
        &browser.get(&setup).await,
        "This user would become a second member",
    );
    // Another user is an ordinary new member.
    let page = test_connection(
        &server,
        &mut browser,
        &connection,
        GRACE,
        IdpBehavior::Valid,
    )
    .await;
    assert!(!page.text.contains("second member"), "{}", page.text);

    let gone = server
        .api
        .delete(&format!("/organizations/acme/connections/{id}"))
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let page = test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    shows(&page, "This user would join as Ada");
    assert!(!page.text.contains("second member"), "{}", page.text);
}

#[apply(each_database)]
async fn an_email_in_an_unverified_domain_shows_a_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let person = User {
        email: "eve@elsewhere.example",
        ..ADA.clone()
    };
    let warning = "eve@elsewhere.example isn’t in a verified domain";
    let page = test_connection(
        &server,
        &mut browser,
        &connection,
        &person,
        IdpBehavior::Valid,
    )
    .await;
    shows(&page, "Configuration is correct.");
    shows(&page, warning);
    let path = newest(&server).await;
    let page = test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    assert!(
        !page.text.contains("isn’t in a verified domain"),
        "{}",
        page.text
    );
    // Without verified domains, or with this one verified, there is no warning.
    server
        .api
        .create(
            "/organizations/acme/domains",
            json!({"domain": "elsewhere.example"}),
        )
        .await;
    assert!(!browser.get(&path).await.text.contains(warning));
    for domain in ["elsewhere.example", "acme.example"] {
        server
            .api
            .delete(&format!("/organizations/acme/domains/{domain}"))
            .await;
    }
    let page = browser.get(&path).await;
    assert!(!page.text.contains(warning), "{}", page.text);
    shows(&page, "Not in a verified domain");
}

#[apply(each_database)]
async fn a_failed_test_shows_the_expected_and_the_received_value(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let page = test_connection(
        &server,
        &mut browser,
        &connection,
        ADA,
        IdpBehavior::UntrustedKey,
    )
    .await;
    for words in [
        "This sign-in would have failed.",
        "finding-failed",
        "/console/error-codes/signature-mismatch",
        "class=\"causes\"",
        "Test again",
    ] {
        shows(&page, words);
    }
    assert!(
        !page.text.contains("Configuration is correct"),
        "{}",
        page.text
    );
    // The verdict names the failed check.
    let (_, verdict) = page
        .text
        .split_once("<div class=\"fault\" role=\"status\">")
        .unwrap();
    let (verdict, _) = verdict.split_once("</div>").unwrap();
    assert_eq!(verdict.matches("<li>").count(), 1, "{verdict}");
    assert!(
        verdict.contains("<li><strong>Response signature</strong>"),
        "{verdict}"
    );
    assert!(
        verdict.contains("<span class=\"badge bad\">Failed</span>"),
        "{verdict}"
    );
    shows(
        &browser.get("/console/organizations/acme/sso").await,
        "Not tested",
    );
}

#[apply(each_database)]
async fn a_user_who_may_not_join_is_distinguished_from_a_wrong_configuration(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let id = connection["id"].as_str().unwrap();
    server
        .api
        .patch(
            &format!("/organizations/acme/connections/{id}"),
            json!({"provisioning": "invitation_only"}),
        )
        .await;
    let mut browser = ada_browser(&server).await;
    let page = test_connection(
        &server,
        &mut browser,
        &connection,
        GRACE,
        IdpBehavior::Valid,
    )
    .await;
    shows(&page, "this user isn’t allowed in");
    shows(&page, "/console/error-codes/not-a-member");
}

#[apply(each_database)]
async fn a_result_is_visible_only_to_its_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    let path = newest(&server).await;
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
    let mut eve = server.account_browser("eve@evil.example").await;
    assert_eq!(eve.get(&path).await.status, StatusCode::NOT_FOUND);
    let moved = path.replace("/acme/", "/other/");
    assert_eq!(eve.get(&moved).await.status, StatusCode::NOT_FOUND);
    let page = eve.get("/console/organizations/other/sso").await;
    let id = connection["id"].as_str().unwrap();
    for slug in ["acme", "other"] {
        let begin = format!("/console/organizations/{slug}/connections/{id}/test");
        assert_eq!(
            eve.submit(&page, &begin, &[]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    let signed_out = server.browser().get(&path).await;
    assert!(signed_out.location().starts_with("/console/sign-in"));
}

#[apply(each_database)]
async fn a_test_starts_only_from_a_form_of_the_console(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let id = connection["id"].as_str().unwrap();
    let path = format!("/console/organizations/acme/connections/{id}/test");
    for (token, site) in [
        ("", "same-origin"),
        ("0000", "same-origin"),
        ("", "cross-site"),
    ] {
        let refused = browser.post_from(site, &path, &[("csrf", token)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{token:?} {site}");
    }
}

#[apply(each_database)]
async fn a_setup_link_tests_and_shows_only_its_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let page = test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    let path = newest(&server).await;
    let made = browser.submit(&page, &format!("{path}/link"), &[]).await;
    shows(&made, "Copy the link now. It won’t be shown again.");
    let mut colleague = colleague(&server, &made).await;
    // The colleague can't see the result of Ada's own test.
    let shown = path.replace("/console/organizations/acme", "/setup");
    assert_eq!(colleague.get(&shown).await.status, StatusCode::NOT_FOUND);
    let seen = colleague.get("/setup/test").await;
    assert!(!seen.text.contains("ada@acme.example"), "{}", seen.text);
    let sent_off = colleague.submit(&seen, "/setup/test", &[]).await;
    let back = answer_saml_request(
        &server,
        &mut colleague,
        &sent_off,
        GRACE,
        IdpBehavior::Valid,
    )
    .await;
    assert!(back.starts_with("/setup/tests/att_"), "{back}");
    let seen = colleague.get(&back).await;
    shows(&seen, "Setup link");
    shows(&seen, "This user would become a new member.");
    // The link opens no other connection, and without a link no page opens.
    let console = colleague.get("/console/organizations/acme/sso").await;
    assert!(console.location().starts_with("/console/sign-in"));
    let refused = server.browser().get(&back).await;
    assert_eq!(refused.status, StatusCode::GONE);
    let second = server
        .api
        .create(
            "/organizations/acme/connections",
            manual_connection(&[("issuer", json!("https://second.example"))]),
        )
        .await;
    let links = format!(
        "/organizations/acme/connections/{}/setup-links",
        second["id"].as_str().unwrap()
    );
    let link = server.api.create(&links, json!({"purpose": "test"})).await;
    let page = TestResponse {
        text: format!("{}<", link["url"].as_str().unwrap()),
        ..seen
    };
    let mut other = self::colleague(&server, &page).await;
    assert_eq!(other.get(&back).await.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn a_setup_link_user_sees_the_results_of_their_own_tests(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    test_connection(&server, &mut browser, &connection, ADA, IdpBehavior::Valid).await;
    let setup = format!(
        "/console/organizations/acme/sso/{}/setup/attributes",
        connection["id"].as_str().unwrap()
    );
    shows(&browser.get(&setup).await, "ada@acme.example");
    let links = format!(
        "/organizations/acme/connections/{}/setup-links",
        connection["id"].as_str().unwrap()
    );
    let mut guests = Vec::new();
    for _ in 0..2 {
        let link = server.api.create(&links, json!({})).await;
        let opened = setup_link::redeem(
            &server.app,
            link["url"].as_str().unwrap().rsplit('/').next().unwrap(),
        )
        .await;
        let mut guest = server.browser();
        guest.set_cookie(&setup_cookie(&server, &opened.unwrap()));
        let seen = guest.get("/setup/attributes").await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(!seen.text.contains("ada@acme.example"), "{}", seen.text);
        guests.push((guest, seen));
    }
    let [(guest, page), (other, _)] = guests.as_mut_slice() else {
        unreachable!()
    };
    let sent_off = guest.submit(page, "/setup/test", &[]).await;
    let back =
        answer_saml_request(&server, &mut *guest, &sent_off, GRACE, IdpBehavior::Valid).await;
    shows(&guest.get(&back).await, GRACE.email);
    shows(&guest.get("/setup/attributes").await, GRACE.email);
    // Another link belongs to another user.
    assert_eq!(other.get(&back).await.status, StatusCode::NOT_FOUND);
    assert!(
        !other
            .get("/setup/attributes")
            .await
            .text
            .contains(GRACE.email)
    );
}

#[apply(each_database)]
async fn a_test_under_high_load_asks_to_try_again(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let links = format!(
        "/organizations/acme/connections/{}/setup-links",
        connection["id"].as_str().unwrap()
    );
    let link = server.api.create(&links, json!({"purpose": "test"})).await;
    let token = link["url"].as_str().unwrap().rsplit('/').next().unwrap();
    let mut guest = server.browser();
    guest.set_cookie(&setup_cookie(
        &server,
        &setup_link::redeem(&server.app, token).await.unwrap(),
    ));
    let page = guest.get("/setup/test").await;
    // Only SQLite queues transactions, so only its queue can be full.
    if !server.database.url.starts_with("sqlite") {
        return;
    }
    let gate = Arc::new(Semaphore::new(0));
    let mut units = JoinSet::new();
    let (store, opened) = (server.app.store.clone(), Arc::clone(&gate));
    let begun = store.metrics().units;
    units.spawn(async move {
        let unit = store.write(async move |_| {
            drop(opened.acquire().await);
            Ok::<_, StoreError>(())
        });
        unit.await
    });
    while server.app.store.metrics().units == begun {
        tokio::task::yield_now().await;
    }
    for _ in 0..QUEUE {
        let store = server.app.store.clone();
        units.spawn(async move { store.write(async |_| Ok::<_, StoreError>(())).await });
    }
    while server.app.store.metrics().queued < QUEUE {
        tokio::task::yield_now().await;
    }
    let busy = guest.submit(&page, "/setup/test", &[]).await;
    gate.add_permits(1);
    units.join_all().await;
    assert_eq!(
        busy.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        busy.text
    );
    shows(&busy, "We’re experiencing high load");
}

#[apply(each_database)]
async fn an_incomplete_connection_cannot_be_tested(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "enterprise"}),
        )
        .await;
    server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example", "role": "admin"}),
        )
        .await;
    let made = server
        .api
        .create("/organizations/acme/connections", json!({"name": "Empty"}))
        .await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get("/console/organizations/acme/sso").await;
    shows(
        &page,
        "First enter your identity provider’s Sign on URL, Issuer, and certificate.",
    );
    let path = format!(
        "/console/organizations/acme/connections/{}/test",
        made["id"].as_str().unwrap()
    );
    let refused = browser.submit(&page, &path, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    server
        .api
        .patch("/organizations/acme", json!({"plan": "starter"}))
        .await;
    let refused = browser.submit(&page, &path, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        server
            .api
            .get("/organizations/acme/sign-in-attempts")
            .await
            .json()["items"],
        Value::Array(Vec::new())
    );
}
