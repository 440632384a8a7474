//! ACS URLs and entity IDs that a connection keeps from another product.

use axum::http::{Request, StatusCode};
use rstest::rstest;
use test_support::{ADA, ORIGIN, SsoFixture, encode_form};
use testkit::identity_provider::{IdpBehavior, ResponseTarget};

const ASSIGNED_ENTITY_ID: &str = "https://old.example.com/auth/realms/Acme";

/// A fixture whose connection has this ACS URL and the assigned entity ID.
async fn with_assigned_acs_url(acs_url: &str) -> SsoFixture {
    SsoFixture::with(|settings| {
        settings.acs_url = Some(acs_url.to_owned());
        settings.entity_id = Some(ASSIGNED_ENTITY_ID.to_owned());
    })
    .await
}

/// The response to a pending sign-in, in base64.
async fn build_response(sso: &SsoFixture, acs_url: &str, relay_state: &str) -> String {
    let target = ResponseTarget {
        entity_id: ASSIGNED_ENTITY_ID.to_owned(),
        acs_url: acs_url.to_owned(),
        in_response_to: Some(sso.server.authn_request_id(relay_state).await),
    };
    sso.server.build_response(&target, ADA, IdpBehavior::Valid)
}

/// A form that is posted to another host than that of the server.
fn post_to_host(host: &str, form: String) -> Request<String> {
    Request::post("/")
        .header("host", host)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .unwrap()
}

#[tokio::test]
async fn an_assigned_acs_url_on_this_host_completes_a_sign_in() {
    let acs_url = "https://auth.example.com/auth/realms/Acme/broker/saml/endpoint";
    let sso = with_assigned_acs_url(acs_url).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = build_response(&sso, acs_url, &relay_state).await;
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state.as_str()),
    ];
    let similar_path = "/auth/realms/Acme/broker/saml/endpoin";
    let not_found = browser.post(similar_path, &fields).await;
    assert_eq!(not_found.status, StatusCode::NOT_FOUND);
    let path = "/auth/realms/Acme/broker/saml/endpoint";
    let redirect = browser.post(path, &fields).await;
    assert!(redirect.location_parameter("code").is_some());
}

#[tokio::test]
async fn an_assigned_acs_url_on_another_host_posts_the_response_to_this_host() {
    let acs_url = "https://old.example.com/saml/acs";
    let sso = with_assigned_acs_url(acs_url).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = build_response(&sso, acs_url, &relay_state).await;
    let form = encode_form(&[("SAMLResponse", &response), ("RelayState", &relay_state)]);
    // The browser has the cookie of the sign-in for this host only.
    let mut without_cookie = sso.browser();
    let request = post_to_host("old.example.com", form);
    let page = without_cookie.send("/saml/acs", request).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for absolute_url in [
        format!("action=\"{ORIGIN}{}\"", sso.acs_path()),
        format!("href=\"{ORIGIN}/assets/"),
        format!("src=\"{ORIGIN}/assets/"),
    ] {
        assert!(page.text.contains(&absolute_url), "{}", page.text);
    }

    let fields = [
        ("SAMLResponse", page.hidden_field("SAMLResponse").unwrap()),
        ("RelayState", page.hidden_field("RelayState").unwrap()),
    ];
    let redirect = browser.post(&sso.acs_path(), &fields).await;
    assert!(redirect.location_parameter("code").is_some());
}

/// The browser has the cookie of the sign-in for this host only, so the response is rejected there.
#[tokio::test]
async fn a_redirected_response_on_another_host_is_rejected_by_this_host() {
    let acs_url = "https://old.example.com/saml/acs";
    let sso = SsoFixture::with(|settings| {
        settings.acs_url = Some(acs_url.to_owned());
        settings.entity_id = Some(ASSIGNED_ENTITY_ID.to_owned());
        settings.policy.passive_requests = true;
    })
    .await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "none")])
        .await;
    let response = build_response(&sso, acs_url, &relay_state).await;
    let query = encode_form(&[("SAMLResponse", &response), ("RelayState", &relay_state)]);
    let request = Request::get("/")
        .header("host", "old.example.com")
        .body(String::new())
        .unwrap();
    let mut without_cookie = sso.browser();
    let path = format!("/saml/acs?{query}");
    let moved = without_cookie.send(&path, request).await;
    let here = format!("{ORIGIN}{}?{query}", sso.acs_path());
    assert_eq!(moved.location(), here);
    let path = here.strip_prefix(ORIGIN).unwrap();
    let redirect = browser.get(path).await;
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("access_denied"));
    let attempt = sso.attempts().await.remove(0);
    assert_eq!(attempt.code.as_deref(), Some("response-by-redirect"));
}

#[rstest]
#[case::unknown_host("other.example.com", "/saml/acs")]
#[case::similar_path("old.example.com", "/saml/ac")]
#[case::path_of_this_host("old.example.com", "/token")]
#[tokio::test]
async fn another_host_serves_only_assigned_urls(#[case] host: &str, #[case] path: &str) {
    let sso = with_assigned_acs_url("https://old.example.com/saml/acs").await;
    let request = post_to_host(host, String::new());
    let response = sso.browser().send(path, request).await;
    assert_eq!(response.status, StatusCode::MISDIRECTED_REQUEST);
}

#[rstest]
#[case::this_host("auth.example.com")]
#[case::another_host("old.example.com")]
#[tokio::test]
async fn assigned_acs_urls_are_rate_limited(#[case] host: &str) {
    let sso = with_assigned_acs_url(&format!("https://{host}/auth/saml/acs")).await;
    let mut browser = sso.server.browser_at([203, 0, 113, 9]);
    let mut statuses = Vec::new();
    for _ in 0..1000 {
        let request = post_to_host(host, String::new());
        let response = browser.send("/auth/saml/acs", request).await;
        statuses.push(response.status);
        if response.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(statuses.first(), Some(&StatusCode::BAD_REQUEST));
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}
