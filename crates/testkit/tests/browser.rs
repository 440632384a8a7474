//! The browser against a router in the same process.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::net::SocketAddr;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::header::{COOKIE, HOST, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use testkit::browser::{Browser, BrowserError};
use url::Url;

const COOKIE_HEADER: &str = "__Host-session=1; Path=/; HttpOnly; Secure";

async fn echo(headers: HeaderMap, body: String) -> String {
    let header = |name| {
        headers
            .get(name)
            .map_or("-", |value: &_| value.to_str().unwrap())
    };
    let site = header("sec-fetch-site");
    format!(
        "{} {} {site} {body}",
        header(HOST.as_str()),
        header(COOKIE.as_str())
    )
}

async fn sign_in() -> impl IntoResponse {
    (
        [(SET_COOKIE, COOKIE_HEADER)],
        Redirect::to("/home?code=a%20b"),
    )
}

fn browser() -> Browser {
    let router = Router::new()
        .route("/echo", post(echo))
        .route("/home", get(echo))
        .route("/sign-in", get(sign_in))
        .route(
            "/leave",
            get(|| async { Redirect::to("https://other.example/") }),
        )
        .route("/loop", get(|| async { Redirect::to("/loop") }))
        .route("/json", get(|| async { "{\"a\":1}" }))
        .route(
            "/address",
            get(|ConnectInfo(address): ConnectInfo<SocketAddr>| async move { address.to_string() }),
        );
    Browser::in_process(router, Url::parse("https://auth.example").unwrap())
}

#[tokio::test]
async fn single_requests_do_not_follow_redirects() {
    let mut browser = browser();
    let page = browser.get("/sign-in").await.unwrap();
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.location(), Some("/home?code=a%20b"));
    assert_eq!(page.location_parameter("code").as_deref(), Some("a b"));
    assert_eq!(page.location_parameter("state"), None);
    assert_eq!(page.set_cookies(), [COOKIE_HEADER]);
    assert_eq!(
        (page.header("location"), page.header("etag")),
        ("/home?code=a%20b", "")
    );
}

#[tokio::test]
async fn opening_a_page_follows_redirects_and_sends_cookies() {
    let mut browser = browser();
    let page = browser.open("/sign-in").await.unwrap();
    assert_eq!(page.url.as_str(), "https://auth.example/home?code=a%20b");
    assert_eq!(page.text, "auth.example __Host-session=1 - ");
    let page = browser
        .post("/echo", &[("a", "1 2"), ("b", "&")])
        .await
        .unwrap();
    assert_eq!(page.text, "auth.example __Host-session=1 - a=1+2&b=%26");
}

#[tokio::test]
async fn a_request_keeps_its_headers_and_its_host() {
    let request = Request::post("/")
        .header(HOST, "other.example")
        .header("sec-fetch-site", "cross-site")
        .body("text".to_owned())
        .unwrap();
    let page = browser().send("/echo", request).await.unwrap();
    assert_eq!(page.text, "other.example - cross-site text");
}

#[tokio::test]
async fn a_clone_has_its_own_cookies() {
    let mut browser = browser();
    browser.get("/sign-in").await.unwrap();
    let mut clone = browser.clone();
    assert_eq!(clone.cookie("__Host-session"), Some("1"));
    clone.remove_cookie("__Host-session");
    assert_eq!(clone.cookie("__Host-session"), None);
    assert_eq!(browser.cookie("__Host-session"), Some("1"));
}

#[tokio::test]
async fn the_router_sees_the_client_address() {
    let address = SocketAddr::from(([203, 0, 113, 9], 443));
    let mut browser = browser().with_client_address(address);
    let page = browser.get("/address").await.unwrap();
    assert_eq!(page.text, "203.0.113.9:443");
}

#[tokio::test]
async fn a_body_is_parsed_as_json() {
    let page = browser().get("/json").await.unwrap();
    assert_eq!(page.json().unwrap(), serde_json::json!({"a": 1}));
}

#[tokio::test]
async fn requests_to_other_origins_and_endless_redirects_fail() {
    let left = browser().open("/leave").await.unwrap_err();
    assert!(matches!(left, BrowserError::InProcess { .. }), "{left}");
    let looped = browser().open("/loop").await.unwrap_err();
    assert!(
        matches!(looped, BrowserError::TooManyRedirects(_)),
        "{looped}"
    );
}
