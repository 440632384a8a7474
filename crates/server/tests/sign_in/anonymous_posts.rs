//! What anyone may post to an ACS URL: it is counted, and neither fills the database nor hides real attempts.

use base64_simd::STANDARD;
use test_support::{ADA, SsoFixture};
use testkit::identity_provider::IdpBehavior;

/// 253 KB that are no XML, in base64.
fn noise() -> String {
    STANDARD.encode_to_string(vec![b'\xab'; 190_000])
}

/// Well-formed XML about a person, which is not signed.
fn forged_response() -> String {
    STANDARD.encode_to_string("<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">mallory@evil.example</samlp:Response>")
}

#[tokio::test]
async fn a_bounded_number_of_anonymous_posts_is_recorded_without_messages() {
    let sso = SsoFixture::new().await;
    for response in [noise(), forged_response()] {
        for _ in 0..25 {
            sso.post_response(&mut sso.browser(), &response, "").await;
        }
    }
    let attempts = sso.attempts().await;
    assert_eq!(attempts.len(), 20);
    assert!(attempts.iter().all(|attempt| attempt.user.is_none()));
    let now = sso.server.app.clock.now();
    let mut tx = sso.server.app.store.snapshot().await.unwrap();
    let mut organization = tx.organization(&sso.organization);
    for attempt in &attempts {
        let messages = organization.messages(&attempt.id, now).await.unwrap();
        assert!(messages.is_none());
    }
    assert_eq!(organization.unrecorded_attempts(now).await.unwrap(), 30);
}

#[tokio::test]
async fn anonymous_posts_do_not_keep_a_real_attempt_from_being_recorded() {
    let sso = SsoFixture::new().await;
    for _ in 0..25 {
        sso.post_response(&mut sso.browser(), &noise(), "").await;
    }
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    sso.complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::WrongAudience)
        .await;
    let attempts = sso.attempts().await;
    assert_eq!(attempts.len(), 21);
    let mut codes = attempts.iter().map(|attempt| &attempt.code);
    let is_real = |code: &&Option<String>| code.as_deref() == Some("audience-mismatch");
    assert!(codes.any(|code| is_real(&code)));
    let users: Vec<_> = attempts
        .iter()
        .filter_map(|one| one.user.as_deref())
        .collect();
    assert_eq!(users, ["ada@acme.example"]);
}

#[tokio::test]
async fn what_is_no_xml_is_not_stored_even_for_a_sign_in_of_this_browser() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let page = sso
        .post_response(&mut browser, &noise(), &relay_state)
        .await;
    assert!(page.text.contains("att_"), "{}", page.text);
    let attempts = sso.attempts().await;
    assert_eq!(attempts.len(), 1);
    let mut tx = sso.server.app.store.snapshot().await.unwrap();
    let mut organization = tx.organization(&sso.organization);
    let now = sso.server.app.clock.now();
    let sealed = organization.messages(&attempts[0].id, now).await.unwrap();
    // The request is kept, and is short.
    assert!(sealed.unwrap().as_str().len() < 20_000);
}
