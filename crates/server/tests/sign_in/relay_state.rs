//! Responses that come back without the RelayState of their request, or over plain http without the cookie.

use rstest::rstest;
use store::IdpInitiated;
use test_support::{ADA, REDIRECT_URI, SsoFixture};
use testkit::identity_provider::{IdpBehavior, ResponseTarget};

use crate::attempt_page::assert_failed_attempt;

#[rstest]
#[tokio::test]
async fn a_lost_or_changed_relay_state_is_called_that(
    #[values("", "null", "undefined", "https://app.example.com/")] relay_state: &str,
    #[values(
        IdpInitiated::Reject,
        IdpInitiated::Restart,
        IdpInitiated::DangerAccept
    )]
    idp_initiated: IdpInitiated,
) {
    let sso = SsoFixture::with(|settings| settings.idp_initiated = idp_initiated).await;
    let mut browser = sso.browser();
    let sent = sso.start_sign_in(&mut browser).await;
    let response = sso.saml_response(&sent, ADA, IdpBehavior::Valid).await;
    let page = sso
        .post_response(&mut browser, &response, relay_state)
        .await;
    assert_failed_attempt(&sso, &page, "relay-state-mismatch").await;
    let attempt = sso.attempts().await.remove(0);
    let is_named = attempt
        .checks
        .contains(&format!("\"received\":\"{relay_state}\""));
    assert_eq!(is_named, !relay_state.is_empty(), "{}", attempt.checks);
    // The sign-in is not used up.
    let redirect = sso.post_response(&mut browser, &response, &sent).await;
    assert!(redirect.location_parameter("code").is_some());
}

#[tokio::test]
async fn a_response_to_an_unknown_request_lost_no_relay_state() {
    let sso = SsoFixture::new().await;
    for (request, code) in [
        (
            "_00112233445566778899aabbccddeeff00112233",
            "no-pending-sign-in",
        ),
        ("_of_another_server", "unexpected-in-response-to"),
    ] {
        let target = sso.response_target(Some(request.to_owned()));
        let response = sso.server.build_response(&target, ADA, IdpBehavior::Valid);
        let page = sso
            .post_response(&mut sso.browser(), &response, "null")
            .await;
        assert_eq!(page.error_code(), code, "{request}");
    }
}

const LOOPBACK: &str = "http://localhost:8080";

/// A sign-in at a server without https, started in one browser.
struct LoopbackSignIn {
    sso: SsoFixture,
    browser: testkit::browser::Browser,
    acs_path: String,
    /// The fields that the identity provider posts.
    fields: [(&'static str, String); 2],
}

impl LoopbackSignIn {
    async fn start() -> Self {
        let mut sso = SsoFixture::new().await;
        sso.server
            .reconfigure(&[("VESTIBULE_PUBLIC_URL", LOOPBACK)]);
        let mut browser = sso.server.browser_for(LOOPBACK);
        let path = sso.authorize_path(&[("organization", "acme")]);
        let redirect = browser.get(&format!("{LOOPBACK}{path}")).await.unwrap();
        let relay_state = redirect.location_parameter("RelayState").unwrap();
        let target = ResponseTarget {
            entity_id: format!("{LOOPBACK}/saml"),
            acs_url: format!("{LOOPBACK}{}", sso.acs_path()),
            in_response_to: Some(sso.server.authn_request_id(&relay_state).await),
        };
        let response = sso.server.build_response(&target, ADA, IdpBehavior::Valid);
        Self {
            acs_path: sso.acs_path(),
            sso,
            browser,
            fields: [("SAMLResponse", response), ("RelayState", relay_state)],
        }
    }

    /// Posts fields from the site of the identity provider: the browser leaves out its cookies.
    async fn post_across_sites(&self, fields: &[(&str, &str)]) -> testkit::browser::Page {
        let mut without_cookies = self.sso.server.browser_for(LOOPBACK);
        let url = format!("{LOOPBACK}{}", self.acs_path);
        without_cookies.post(&url, fields).await.unwrap()
    }

    fn fields(&self) -> Vec<(&str, &str)> {
        let fields = self.fields.iter();
        fields
            .map(|(name, value)| (*name, value.as_str()))
            .collect()
    }
}

#[tokio::test]
async fn over_plain_http_the_form_of_another_site_is_posted_once_more() {
    let sign_in = LoopbackSignIn::start().await;
    let page = sign_in.post_across_sites(&sign_in.fields()).await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'"), "{policy}");
    assert!(page.contains(">Continue</button>"), "{}", page.text);
    assert!(sign_in.sso.attempts().await.is_empty());
    let form = page.form_with("SAMLResponse").unwrap();
    assert_eq!(form.field("RelayState"), Some(sign_in.fields[1].1.as_str()));
    assert_eq!(form.field("vestibule_repost"), Some("1"));
    let url = format!("{LOOPBACK}{}", sign_in.acs_path);
    let repeated = [sign_in.fields(), vec![("vestibule_repost", "1")]].concat();
    let mut browser = sign_in.browser.clone();
    let redirect = browser.post(&url, &repeated).await.unwrap();
    let location = redirect.location().unwrap();
    assert!(
        location.starts_with(&format!("{REDIRECT_URI}?code=")),
        "{location}"
    );
}

#[tokio::test]
async fn a_browser_without_cookies_is_not_sent_in_circles() {
    let sign_in = LoopbackSignIn::start().await;
    let mut fields = sign_in.fields();
    fields.push(("vestibule_repost", "1"));
    let page = sign_in.post_across_sites(&fields).await;
    assert!(page.contains("browser-mismatch"), "{}", page.text);
}

#[rstest]
#[case::no_relay_state("")]
#[case::unknown_relay_state("null")]
#[tokio::test]
async fn a_form_with_an_unknown_relay_state_is_not_posted_again(#[case] relay_state: &str) {
    let sign_in = LoopbackSignIn::start().await;
    let (_, response) = &sign_in.fields[0];
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state),
    ];
    let page = sign_in.post_across_sites(&fields).await;
    assert!(page.contains("relay-state-mismatch"), "{}", page.text);
}

#[tokio::test]
async fn over_https_the_form_is_not_posted_again() {
    let sso = SsoFixture::new().await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso
        .post_response(&mut sso.browser(), &response, &relay_state)
        .await;
    assert_eq!(page.error_code(), "browser-mismatch");
}
