//! Everything that the assertion consumer service can be sent wrongly gets a clear answer and changes nothing.

use axum::http::{Request, StatusCode};
use base64_simd::STANDARD;
use test_support::{
    ADA, GRACE, SESSION_COOKIE, START, SsoFixture, at, connection_settings, encode_form,
};
use testkit::identity_provider::IdpBehavior;

use crate::attempt_page::{failed_attempt, failed_attempt_of};
use crate::snapshot;

fn code_of(behavior: IdpBehavior) -> Option<&'static str> {
    Some(match behavior {
        IdpBehavior::Valid
        | IdpBehavior::NoAttributes
        | IdpBehavior::RenamedEmailAttribute
        | IdpBehavior::Replayed => {
            return None;
        }
        IdpBehavior::WrongAudience => "audience-mismatch",
        IdpBehavior::WrongRecipient => "recipient-mismatch",
        IdpBehavior::WrongDestination => "destination-mismatch",
        IdpBehavior::WrongIssuer => "issuer-mismatch",
        IdpBehavior::WrongInResponseTo => "in-response-to-mismatch",
        IdpBehavior::Expired => "expired",
        IdpBehavior::NotYetValid => "not-yet-valid",
        IdpBehavior::ClockAhead => "idp-clock-ahead",
        IdpBehavior::ClockBehind => "idp-clock-behind",
        IdpBehavior::Unsigned => "unsigned",
        IdpBehavior::UntrustedKey => "signature-mismatch",
        IdpBehavior::Tampered => "digest-mismatch",
        IdpBehavior::Sha1Digest => "sha1-not-allowed",
        IdpBehavior::SecondAssertion => "multiple-assertions",
        IdpBehavior::NoNameId => "subject-not-found",
        IdpBehavior::TransientNameId => "transient-subject",
    })
}

#[tokio::test]
async fn a_wrong_response_is_refused_by_its_name_and_uses_nothing_up() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let before = snapshot::without_attempts(&sso).await;
    let mut refused = 0;
    for behavior in IdpBehavior::ALL {
        let Some(code) = code_of(*behavior) else {
            continue;
        };
        let response = sso.saml_response(&relay_state, ADA, *behavior).await;
        let page = sso
            .post_response(&mut browser, &response, &relay_state)
            .await;
        assert_eq!(page.error_code(), code, "{behavior:?}");
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{behavior:?}");
        refused += 1;
        let attempts = sso.attempts().await;
        assert_eq!(attempts.len(), refused);
        let attempt = attempts
            .iter()
            .find(|attempt| page.text.contains(attempt.id.as_str()))
            .unwrap();
        assert_eq!(attempt.code.as_deref(), Some(code));
        assert!(
            attempt.checks.contains("\"outcome\":\"failed\""),
            "{}",
            attempt.checks
        );
        let back = page
            .text
            .split_once("href=\"https://app.example.com/callback?error=access_denied")
            .is_some();
        assert!(back, "{}", page.text);
        assert_eq!(
            snapshot::without_attempts(&sso).await,
            before,
            "{behavior:?}"
        );
    }
    assert!(refused >= 14, "{refused}");

    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(
        sso.post_response(&mut browser, &response, &relay_state)
            .await
            .location_parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn a_wrong_form_is_refused_by_its_name_and_changes_nothing() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let good = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let before = snapshot::everything(&sso).await;
    let encoded = encode_form(&[("SAMLResponse", &good)]);
    let rows = [
        (String::new(), "missing-form-field"),
        ("SAMLRequest=PHM%2B".to_owned(), "unexpected-form-field"),
        ("SAMLart=AAQA".to_owned(), "unexpected-form-field"),
        (format!("samlresponse={good}"), "missing-form-field"),
        (format!("{encoded}&{encoded}"), "repeated-form-field"),
        (
            format!("{encoded}&RelayState={relay_state}&RelayState={relay_state}"),
            "repeated-form-field",
        ),
        (
            format!("{encoded}&pad={}", "a".repeat(1024 * 1024)),
            "form-too-large",
        ),
    ];
    for (text, code) in rows {
        let page = browser.post_text(&sso.acs_path(), text).await;
        assert_eq!(page.error_code(), code);
        assert_eq!(snapshot::everything(&sso).await, before, "{code}");
    }
}

#[tokio::test]
async fn a_response_comes_as_a_posted_form_and_in_no_other_way() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let good = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let before = snapshot::everything(&sso).await;
    let encoded = encode_form(&[("SAMLResponse", &good)]);
    let acs = sso.acs_path();
    for kind in [
        "",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
    ] {
        let mut request = Request::post("/");
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        let page = browser
            .send(&acs, request.body(encoded.clone()).unwrap())
            .await;
        assert_eq!(
            (page.error_code(), page.status),
            (
                "unsupported-content-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            ),
            "{kind}"
        );
    }
    let in_query = format!("{acs}?{encoded}&RelayState={relay_state}");
    assert_eq!(
        browser
            .post_text(&in_query, String::new())
            .await
            .error_code(),
        "missing-form-field"
    );
    let opened = browser.get(&in_query).await;
    assert_eq!(
        (opened.error_code(), opened.status),
        ("acs-opened-in-browser", StatusCode::METHOD_NOT_ALLOWED)
    );
    assert_eq!(opened.header("allow"), "POST");
    let put = Request::put("/").body(String::new()).unwrap();
    assert_eq!(
        browser.send(&acs, put).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(snapshot::everything(&sso).await, before);
}

#[tokio::test]
async fn another_message_than_a_response_is_told_apart() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let before = snapshot::without_attempts(&sso).await;
    let samlp = "xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\" Version=\"2.0\"";
    let metadata = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example\"/>";
    for (message, code) in [
        (
            format!("<samlp:LogoutResponse {samlp}/>"),
            "unexpected-logout-response",
        ),
        (
            format!("<samlp:AuthnRequest {samlp}/>"),
            "unexpected-authn-request",
        ),
        (
            format!("<samlp:LogoutRequest {samlp}/>"),
            "unexpected-logout-request",
        ),
        (format!("<samlp:AttributeQuery {samlp}/>"), "not-a-response"),
        (metadata.to_owned(), "unexpected-metadata"),
        ("<!DOCTYPE a><a/>".to_owned(), "xml-doctype"),
        ("not xml".to_owned(), "xml-syntax"),
    ] {
        let page = sso
            .post_response(
                &mut browser,
                &STANDARD.encode_to_string(&message),
                &relay_state,
            )
            .await;
        assert_eq!(page.error_code(), code, "{message}");
    }
    for (posted, code) in [
        ("%%%", "not-base64"),
        ("PHM", "not-base64"),
        ("   ", "empty-message"),
    ] {
        assert_eq!(
            sso.post_response(&mut browser, posted, &relay_state)
                .await
                .error_code(),
            code,
            "{posted}"
        );
    }
    let good = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let truncated = sso
        .post_response(&mut browser, &good[..good.len() / 8 * 4], &relay_state)
        .await;
    assert_eq!(truncated.status, StatusCode::FORBIDDEN);
    assert_eq!(snapshot::without_attempts(&sso).await, before);
}

#[tokio::test]
async fn the_same_response_twice_is_one_sign_in() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(
        sso.post_response(&mut browser, &response, &relay_state)
            .await
            .location_parameter("code")
            .is_some()
    );
    let before = snapshot::without_attempts(&sso).await;

    let again = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(
        (again.error_code(), again.status),
        ("replayed", StatusCode::CONFLICT)
    );
    // The same assertion for another request of the same browser: neither its envelope nor its relay_state makes it new.
    browser.remove_cookie(SESSION_COOKIE);
    let fresh = sso.start_sign_in(&mut browser).await;
    assert_eq!(
        sso.post_response(&mut browser, &response, &fresh)
            .await
            .error_code(),
        "in-response-to-mismatch"
    );
    let mut after = snapshot::without_attempts(&sso).await;
    let mut expected = before;
    assert_eq!(
        after.remove("pending_sign_in").unwrap().len(),
        expected.remove("pending_sign_in").unwrap().len() + 1
    );
    assert_eq!(after, expected);
}

#[tokio::test]
async fn only_the_browser_that_began_can_end_a_sign_in() {
    let sso = SsoFixture::new().await;
    let mut began = sso.browser();
    let relay_state = sso.start_sign_in(&mut began).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let before = snapshot::without_attempts(&sso).await;
    let mut other = sso.browser();
    assert_eq!(
        sso.post_response(&mut other, &response, &relay_state)
            .await
            .error_code(),
        "browser-mismatch"
    );
    // One that has a cookie of its own is no better off.
    let mut third = sso.browser();
    third.get(&sso.authorize_path(&[])).await;
    let page = sso.post_response(&mut third, &response, &relay_state).await;
    assert_eq!(page.error_code(), "browser-mismatch");
    assert!(!page.text.contains("app.example.com"), "{}", page.text);
    let mut after = snapshot::without_attempts(&sso).await;
    after.insert(
        "pending_sign_in".to_owned(),
        before["pending_sign_in"].clone(),
    );
    assert_eq!(after, before);
    assert!(
        sso.post_response(&mut began, &response, &relay_state)
            .await
            .location_parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn an_expired_sign_in_starts_again() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    sso.server.clock.set(START + 30 * 60);
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(
        sso.post_response(&mut browser, &response, &relay_state)
            .await
            .error_code(),
        "sign-in-expired"
    );
}

#[tokio::test]
async fn every_response_ends_at_the_connection_that_asked_for_it_alone() {
    let sso = SsoFixture::new().await;
    let globex = sso.add_organization("globex", "enterprise").await;
    let other = sso.add_connection(&globex, connection_settings()).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let before = snapshot::everything(&sso).await;
    let acs = format!("/saml/{other}/acs");
    let page = browser
        .post(
            &acs,
            &[("SAMLResponse", &response), ("RelayState", &relay_state)],
        )
        .await;
    assert_eq!(page.error_code(), "connection-mismatch");
    assert!(!page.text.contains("acme"), "{}", page.text);
    let mut after = snapshot::everything(&sso).await;
    after.remove("attempt");
    let mut before = before;
    before.remove("attempt");
    assert_eq!(after, before);
    let attempt = failed_attempt_of(&sso, &globex, "globex", &page, "connection-mismatch").await;
    assert!(!attempt.checks.contains("acme"), "{}", attempt.checks);
}

#[tokio::test]
async fn a_connection_that_may_not_be_used_says_why() {
    /// What happens to the connection while the user is at the identity provider.
    #[derive(Clone, Copy)]
    enum Change {
        Disable,
        LowerPlan,
        Delete,
    }
    for (change, at_start, at_end) in [
        (
            Change::Disable,
            "connection-disabled",
            "connection-disabled",
        ),
        (Change::LowerPlan, "sso-not-in-plan", "sso-not-in-plan"),
        (Change::Delete, "no-connection", "connection-not-found"),
    ] {
        let sso = SsoFixture::new().await;
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        let response = sso
            .saml_response(&relay_state, ADA, IdpBehavior::Valid)
            .await;
        sso.sign_in(&mut browser, GRACE).await;
        let (organization, connection) = (sso.organization.clone(), sso.connection.clone());
        let lower = store::OrganizationChange {
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
            plan: "professional".to_owned(),
        };
        sso.write(async move |tx| {
            let mut tenant = tx.organization(&organization);
            match change {
                Change::Disable => tenant.disable(&connection, at(START)).await.map(drop),
                Change::LowerPlan => tenant.update(&lower).await.map(drop),
                Change::Delete => tenant.delete_connection(&connection).await.map(drop),
            }
        })
        .await;
        let page = sso
            .post_response(&mut browser, &response, &relay_state)
            .await;
        assert_eq!(page.error_code(), at_end);
        // The attempts of a connection that is gone have no page of theirs.
        if at_end != "connection-not-found" {
            failed_attempt(&sso, &page, at_end).await;
        }
        // An existing session does not give access either.
        let start = browser
            .get(&sso.authorize_path(&[("organization", "acme")]))
            .await;
        assert_eq!(start.error_code(), at_start);
        let silent = browser
            .get(&sso.authorize_path(&[("organization", "acme"), ("prompt", "none")]))
            .await;
        assert_eq!(
            silent.location_parameter("error").as_deref(),
            Some("access_denied")
        );
    }
}
