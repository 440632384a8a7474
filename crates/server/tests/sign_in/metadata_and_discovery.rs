//! Documents that need no sign-in: SAML metadata and certificates, discovery, public keys and stylesheets.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use test_support::{ORIGIN, SP_ENTITY_ID, SsoFixture};

#[tokio::test]
async fn the_metadata_contains_the_entity_id_the_acs_url_and_the_certificate() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let path = format!("/saml/{}/metadata", sso.connection);
    let metadata = browser.get(&path).await;
    assert_eq!(
        metadata.header("content-type"),
        "application/samlmetadata+xml"
    );
    let metadata = metadata.text;
    let entity_id = format!("entityID=\"{SP_ENTITY_ID}\"");
    assert!(metadata.contains(&entity_id), "{metadata}");
    let acs_url = format!("Location=\"{ORIGIN}{}\"", sso.acs_path());
    assert!(metadata.contains(&acs_url), "{metadata}");

    let path = format!("/saml/{}/certificate", sso.connection);
    let pem = browser.get(&path).await.text;
    let certificate: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    assert!(metadata.contains(&certificate), "{metadata}");
}

#[tokio::test]
async fn the_path_of_the_metadata_has_the_connection_id_with_an_underscore_or_a_hyphen() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let id = sso.connection.as_str();
    let with_underscore = browser.get(&format!("/saml/{id}/metadata")).await;
    assert_eq!(with_underscore.status, StatusCode::OK);
    let id = id.replace('_', "-");
    let with_hyphen = browser.get(&format!("/saml/{id}/metadata")).await;
    assert_eq!(with_underscore.text, with_hyphen.text);
}

#[tokio::test]
async fn the_entity_id_leads_to_a_page_that_names_no_connection() {
    let sso = SsoFixture::new().await;
    let page = sso.browser().get("/saml").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.visible_text();
    let metadata_url = format!("{ORIGIN}/saml/CONNECTION_ID/metadata");
    assert!(text.contains(&metadata_url), "{text}");
    assert!(!page.text.contains(sso.connection.as_str()), "{text}");
    let posted = sso
        .browser()
        .post("/saml", &[("SAMLResponse", "PHM+")])
        .await;
    assert_eq!(posted.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[case::other_path("https://auth.example.com/sp/acme", "/sp/acme", StatusCode::OK)]
#[case::no_longer_the_entity_id("https://auth.example.com/sp", "/saml", StatusCode::NOT_FOUND)]
#[case::other_host("https://sso.example.com/saml", "/saml", StatusCode::NOT_FOUND)]
#[case::urn("urn:acme:saml", "/saml", StatusCode::NOT_FOUND)]
#[case::path_of_a_page(
    "https://auth.example.com/sign-in",
    "/sign-in",
    StatusCode::BAD_REQUEST
)]
#[tokio::test]
async fn the_page_is_at_the_configured_entity_id(
    #[case] entity_id: &str,
    #[case] path: &str,
    #[case] status: StatusCode,
) {
    let mut sso = SsoFixture::new().await;
    sso.server
        .reconfigure(&[("VESTIBULE_ENTITY_ID", entity_id)]);
    assert_eq!(sso.browser().get(path).await.status, status);
}

#[tokio::test]
async fn the_metadata_url_of_an_unknown_connection_says_so() {
    let sso = SsoFixture::new().await;
    let page = sso.browser().get("/saml/con_unknown/metadata").await;
    let text = "This URL points to the metadata of a connection that doesn’t exist.";
    assert!(page.text.contains(text), "{}", page.text);
}

#[rstest]
#[case::metadata("/saml/con_unknown/metadata", "connection-not-found")]
#[case::certificate("/saml/nonsense/certificate", "connection-not-found")]
#[case::acs_url("/saml/con_unknown/acs", "acs-opened-in-browser")]
#[tokio::test]
async fn the_url_of_an_unknown_connection_shows_an_error_page(
    #[case] path: &str,
    #[case] code: &str,
) {
    let sso = SsoFixture::new().await;
    let page = sso.browser().get(path).await;
    assert_eq!(page.error_code(), code);
}

#[tokio::test]
async fn a_response_for_an_unknown_connection_is_rejected() {
    let sso = SsoFixture::new().await;
    let fields = [("SAMLResponse", "PHM+")];
    let page = sso.browser().post("/saml/con_unknown/acs", &fields).await;
    assert_eq!(page.error_code(), "connection-not-found");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn client_libraries_discover_the_endpoints() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let discovery = browser.get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.header("access-control-allow-origin"), "*");
    assert_snapshot!(discovery.redacted_json());
    let oauth = browser.get("/.well-known/oauth-authorization-server").await;
    assert_eq!(oauth.text, discovery.text);
}

#[tokio::test]
async fn the_key_set_has_a_public_key_for_each_algorithm() {
    let sso = SsoFixture::new().await;
    let key_set = sso.browser().get("/jwks").await.json();
    let keys = key_set["keys"].as_array().unwrap();
    let algorithms: Vec<_> = keys
        .iter()
        .map(|key| key["alg"].as_str().unwrap())
        .collect();
    for algorithm in ["RS256", "ES256", "EdDSA"] {
        assert!(algorithms.contains(&algorithm), "{algorithms:?}");
    }
    let is_public = keys.iter().all(|key| key.get("d").is_none());
    assert!(is_public, "{key_set}");
}

#[tokio::test]
async fn browsers_can_cache_a_stylesheet_forever() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let page = browser.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, rest) = page.text.split_once("rel=\"stylesheet\" href=\"").unwrap();
    let (path, _) = rest.split_once('"').unwrap();
    let style = browser.get(path).await;
    assert_eq!(style.status, StatusCode::OK);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn a_stylesheet_of_another_version_is_not_found() {
    let sso = SsoFixture::new().await;
    let response = sso.browser().get("/assets/style-0.css").await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}
