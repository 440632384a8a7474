//! Addresses that a connection brings along from another product.

use axum::http::{Request, StatusCode};
use test_support::{ADA, ORIGIN, SsoFixture, encode_form};
use testkit::identity_provider::{IdpBehavior, ResponseTarget};

async fn moved_to(acs_url: &str) -> SsoFixture {
    SsoFixture::with(|settings| {
        settings.acs_url = Some(acs_url.to_owned());
        settings.entity_id = Some("https://old.example.com/auth/realms/Acme".to_owned());
    })
    .await
}

async fn response(sso: &SsoFixture, acs_url: &str, relay_state: &str) -> String {
    let to = ResponseTarget {
        entity_id: "https://old.example.com/auth/realms/Acme".to_owned(),
        acs_url: acs_url.to_owned(),
        in_response_to: Some(sso.server.authn_request_id(relay_state).await),
    };
    sso.server.build_response(&to, ADA, IdpBehavior::Valid)
}

#[tokio::test]
async fn a_path_of_this_host_is_answered_like_the_usual_one() {
    let acs_url = "https://auth.example.com/auth/realms/Acme/broker/saml/endpoint";
    let sso = moved_to(acs_url).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = response(&sso, acs_url, &relay_state).await;
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state.as_str()),
    ];
    let near = browser
        .post("/auth/realms/Acme/broker/saml/endpoin", &fields)
        .await;
    assert_eq!(near.status, StatusCode::NOT_FOUND);
    let answer = browser
        .post("/auth/realms/Acme/broker/saml/endpoint", &fields)
        .await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn what_arrives_at_another_host_is_brought_home() {
    let acs_url = "https://old.example.com/saml/acs";
    let sso = moved_to(acs_url).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = response(&sso, acs_url, &relay_state).await;
    let text = encode_form(&[("SAMLResponse", &response), ("RelayState", &relay_state)]);
    // The cookie of the sign-in belongs to the other host, so this browser is a stranger there.
    let mut there = sso.browser();
    let page = there
        .send("/saml/acs", post_to("old.example.com", text))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text
            .contains(&format!("action=\"{ORIGIN}{}\"", sso.acs_path())),
        "{}",
        page.text
    );
    assert!(
        page.text.contains(&format!("href=\"{ORIGIN}/assets/")),
        "{}",
        page.text
    );
    assert!(
        page.text.contains(&format!("src=\"{ORIGIN}/assets/")),
        "{}",
        page.text
    );
    let fields = [
        ("SAMLResponse", page.hidden_field("SAMLResponse").unwrap()),
        ("RelayState", page.hidden_field("RelayState").unwrap()),
    ];
    assert!(
        browser
            .post(&sso.acs_path(), &fields)
            .await
            .location_parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn another_host_is_answered_for_assigned_addresses_alone() {
    let sso = moved_to("https://old.example.com/saml/acs").await;
    for (host, path) in [
        ("other.example.com", "/saml/acs"),
        ("old.example.com", "/saml/ac"),
        ("old.example.com", "/token"),
    ] {
        let refused = sso.browser().send(path, post_to(host, String::new())).await;
        assert_eq!(
            refused.status,
            StatusCode::MISDIRECTED_REQUEST,
            "{host}{path}"
        );
    }
}

fn post_to(host: &str, form: String) -> Request<String> {
    Request::post("/")
        .header("host", host)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .unwrap()
}
