//! What may be fetched: pages, assets, metadata and certificates, discovery and keys.

use axum::http::StatusCode;
use serde_json::json;
use test_support::{ORIGIN, SP_ENTITY_ID, SsoFixture};

use crate::snapshot;

#[tokio::test]
async fn an_identity_provider_gets_our_metadata_and_certificate() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let metadata = browser
        .get(&format!("/saml/{}/metadata", sso.connection))
        .await;
    assert_eq!(
        metadata.header("content-type"),
        "application/samlmetadata+xml"
    );
    assert!(
        metadata
            .text
            .contains(&format!("entityID=\"{SP_ENTITY_ID}\"")),
        "{}",
        metadata.text
    );
    assert!(
        metadata
            .text
            .contains(&format!("Location=\"{ORIGIN}{}\"", sso.acs_path())),
        "{}",
        metadata.text
    );
    let certificate = browser
        .get(&format!("/saml/{}/certificate", sso.connection))
        .await;
    let body: String = certificate
        .text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    assert!(metadata.text.contains(&body), "{body}");
    // Addresses that were given out before the hyphen lead to the same place.
    let before = sso.connection.as_str();
    let same = browser.get(&format!("/saml/{before}/metadata")).await;
    assert_eq!(same.text, metadata.text);
    for path in [
        "/saml/con_nobody/metadata",
        "/saml/nonsense/certificate",
        "/saml/con_nobody/acs",
    ] {
        let page = browser.get(path).await;
        let expected = if path.ends_with("acs") {
            "acs-opened-in-browser"
        } else {
            "connection-not-found"
        };
        assert_eq!(page.error_code(), expected, "{path}");
    }
    let posted = browser
        .post("/saml/con_nobody/acs", &[("SAMLResponse", "PHM+")])
        .await;
    assert_eq!(
        (posted.error_code(), posted.status),
        ("connection-not-found", StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn client_libraries_find_their_way() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let discovery = browser.get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.json()["issuer"], json!(ORIGIN));
    assert_eq!(
        discovery.json()["token_endpoint"],
        json!(format!("{ORIGIN}/token"))
    );
    assert_eq!(discovery.header("access-control-allow-origin"), "*");
    let same = browser.get("/.well-known/oauth-authorization-server").await;
    assert_eq!(same.text, discovery.text);
    let keys = browser.get("/jwks").await.json();
    let algorithms: Vec<_> = keys["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["alg"].as_str().unwrap())
        .collect();
    for algorithm in ["RS256", "ES256", "EdDSA"] {
        assert!(algorithms.contains(&algorithm), "{algorithms:?}");
    }
    assert!(
        keys["keys"]
            .as_array()
            .unwrap()
            .iter()
            .all(|key| key.get("d").is_none()),
        "{keys}"
    );
}

#[tokio::test]
async fn a_page_brings_a_style_that_may_be_kept_for_ever() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let page = browser.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, rest) = page.text.split_once("rel=\"stylesheet\" href=\"").unwrap();
    let style = browser.get(rest.split_once('"').unwrap().0).await;
    assert_eq!(
        (style.status, style.header("content-type")),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
    assert!(style.header("cache-control").contains("immutable"));
    assert_eq!(
        browser.get("/assets/style-0.css").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_sign_in_page_without_a_pending_sign_in_says_so() {
    let sso = SsoFixture::new().await;
    let before = snapshot::everything(&sso).await;
    let mut browser = sso.browser();
    for path in [
        "/sign-in",
        "/sign-in?request=unknown",
        "/sign-in?request=a&request=b",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::BAD_REQUEST,
            "{path}"
        );
    }
    let posted = browser
        .post(
            "/sign-in",
            &[("request", "unknown"), ("email", "ada@acme.example")],
        )
        .await;
    assert_eq!(posted.error_code(), "no-pending-sign-in");
    assert_eq!(snapshot::everything(&sso).await, before);
}
