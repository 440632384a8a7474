//! Addresses that a connection brings along from another product.

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode};
use testkit::identity_provider::{IdpBehavior, ResponseTarget};

use crate::browser::{Browser, form};
use crate::harness::*;

async fn moved_to(acs_url: &str) -> World {
    World::with(|settings| {
        settings.acs_url = Some(acs_url.to_owned());
        settings.entity_id = Some("https://old.example.com/auth/realms/Acme".to_owned());
    })
    .await
}

async fn response(world: &World, acs_url: &str, handle: &str) -> String {
    let to = ResponseTarget {
        entity_id: "https://old.example.com/auth/realms/Acme".to_owned(),
        acs_url: acs_url.to_owned(),
        in_response_to: Some(world.request_of(handle).await),
    };
    world.answer(&to, ADA, IdpBehavior::Valid)
}

#[tokio::test]
async fn a_path_of_this_host_is_answered_like_the_usual_one() {
    let acs_url = "https://auth.example.com/auth/realms/Acme/broker/saml/endpoint";
    let world = moved_to(acs_url).await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = response(&world, acs_url, &handle).await;
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", handle.as_str()),
    ];
    let near = browser
        .post(&world, "/auth/realms/Acme/broker/saml/endpoin", &fields)
        .await;
    assert_eq!(near.status, StatusCode::NOT_FOUND);
    let answer = browser
        .post(&world, "/auth/realms/Acme/broker/saml/endpoint", &fields)
        .await;
    assert!(answer.parameter("code").is_some());
}

#[tokio::test]
async fn what_arrives_at_another_host_is_brought_home() {
    let acs_url = "https://old.example.com/saml/acs";
    let world = moved_to(acs_url).await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = response(&world, acs_url, &handle).await;
    let text = form(&[("SAMLResponse", &response), ("RelayState", &handle)]);
    // The cookie of the sign-in belongs to the other host, so this browser is a stranger there.
    let mut there = Browser::default();
    let page = there
        .send(
            &world,
            post("old.example.com", "/saml/acs"),
            Body::from(text),
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text
            .contains(&format!("action=\"{ORIGIN}{}\"", world.acs())),
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
        ("SAMLResponse", page.field("SAMLResponse").unwrap()),
        ("RelayState", page.field("RelayState").unwrap()),
    ];
    assert!(
        browser
            .post(&world, &world.acs(), &fields)
            .await
            .parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn another_host_is_answered_for_assigned_addresses_alone() {
    let world = moved_to("https://old.example.com/saml/acs").await;
    for (host, path) in [
        ("other.example.com", "/saml/acs"),
        ("old.example.com", "/saml/ac"),
        ("old.example.com", "/token"),
    ] {
        let refused = Browser::default()
            .send(&world, post(host, path), Body::empty())
            .await;
        assert_eq!(
            refused.status,
            StatusCode::MISDIRECTED_REQUEST,
            "{host}{path}"
        );
    }
}

fn post(host: &str, path: &str) -> Builder {
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", host)
        .header("content-type", "application/x-www-form-urlencoded")
}
