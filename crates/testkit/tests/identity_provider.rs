//! The pages of the practice identity provider, in a browser.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use rstest::rstest;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use insta::assert_snapshot;
use testkit::browser::{Browser, Form, Page};
use testkit::identity_provider::{
    IdentityProviderConfig, IdpBehavior, PracticeKey, ServiceProvider, User,
};
use testkit::{Environment, IdentityProvider};
use tokio::net::TcpListener;
use url::form_urlencoded;

const ENTITY_ID: &str = "http://127.0.0.1:1/saml";
const ACS_URL: &str = "http://127.0.0.1:1/saml/con_1/acs";

async fn identity_provider() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let config = IdentityProviderConfig {
        base_url: base_url.clone(),
        signing_key: PracticeKey::generate().unwrap(),
        untrusted_key: PracticeKey::generate().unwrap(),
        users: User::DEMO,
    };
    let provider = IdentityProvider::new(config, Environment::new(|| 1_795_500_000, || [7; 32]));
    provider.register(ServiceProvider {
        name: "Vestibule".to_owned(),
        entity_id: ENTITY_ID.to_owned(),
        acs_url: ACS_URL.to_owned(),
    });
    let router = provider.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    base_url
}

fn authn_request(issuer: &str, attributes: &str) -> String {
    format!(
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\" Version=\"2.0\" {attributes}>\
         <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">{issuer}</saml:Issuer></samlp:AuthnRequest>"
    )
}

/// The URL of a request in the HTTP-Redirect binding.
fn redirect_url(base_url: &str, request: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(request.as_bytes()).unwrap();
    let message = base64_simd::STANDARD.encode_to_string(encoder.finish().unwrap());
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("SAMLRequest", &message)
        .append_pair("RelayState", "handle")
        .finish();
    format!("{base_url}/sso?{query}")
}

fn decode_response(page: &Page) -> (Form, String) {
    let form = page.form_with("SAMLResponse").unwrap();
    let document = base64_simd::STANDARD
        .decode_to_vec(form.field("SAMLResponse").unwrap())
        .unwrap();
    (form, String::from_utf8(document).unwrap())
}

/// Sends a request as it is, and returns the status line of the response.
fn send_raw(base_url: &str, request: &str) -> String {
    let address = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line
}

#[rstest]
#[case::other_host(
    "POST /respond HTTP/1.1\r\nHost: rebind.example\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 421"
)]
#[case::other_site(
    "POST /applications HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 403"
)]
#[case::this_machine("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200")]
#[tokio::test(flavor = "multi_thread")]
async fn requests_from_other_sites_are_rejected(#[case] request: &str, #[case] status: &str) {
    let base_url = identity_provider().await;
    assert!(send_raw(&base_url, request).starts_with(status));
}

#[tokio::test]
async fn an_application_is_added_with_its_entity_id_and_acs_url() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let acs_url = "http://127.0.0.1:2/acs";
    let add = format!("{base_url}/applications");
    let form = browser.open(&add).await.unwrap().form_with("acs_url");
    let form = form.unwrap().fill("name", " Globex <& Co> ").unwrap();
    let form = form.fill("entity_id", ENTITY_ID).unwrap();
    let form = form.fill("acs_url", "127.0.0.1:2").unwrap();
    let invalid = browser.submit(&form).await.unwrap();
    assert_eq!(invalid.status.as_u16(), 422);
    assert!(invalid.contains("starts with http:// or https://"));
    let form = invalid.form_with("acs_url").unwrap();
    assert_eq!(form.field("name"), Some(" Globex <& Co> "));
    let form = form.fill("acs_url", acs_url).unwrap();
    let home = browser.submit(&form).await.unwrap();
    // The ACS URL distinguishes applications with the same name.
    assert!(home.contains("has been added") && home.contains(acs_url));
    assert!(!home.text.contains("<& Co>"), "{}", home.text);
    let page = browser.follow(&home, "/idp-initiated?application=1");
    let page = page.await.unwrap();
    let form = page.form_with("user").unwrap();
    let form = form.press("user", "katherine").unwrap();
    let (form, document) = decode_response(&browser.submit(&form).await.unwrap());
    assert_eq!(form.action.as_str(), acs_url);
    assert!(document.contains("katherine@globex.example"));
}

#[tokio::test]
async fn an_application_is_added_with_its_metadata_url() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let add = format!("{base_url}/applications");
    let page = browser.open(&add).await.unwrap();
    let form = page
        .form_with("acs_url")
        .unwrap()
        .fill("name", "Globex")
        .unwrap();
    let no_metadata = form.fill("metadata_url", &base_url).unwrap();
    let invalid = browser.submit(&no_metadata).await.unwrap();
    assert!(invalid.contains("metadata on this machine"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let metadata_url = format!("http://{}/metadata", listener.local_addr().unwrap());
    let metadata = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://sp.example\">\
         <SPSSODescriptor><AssertionConsumerService Location=\"http://127.0.0.1:3/acs\"/></SPSSODescriptor></EntityDescriptor>";
    let router = axum::Router::new().route(
        "/metadata",
        axum::routing::get(move || async move { metadata }),
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    let form = invalid.form_with("acs_url").unwrap();
    let form = form.fill("metadata_url", &metadata_url).unwrap();
    let home = browser.submit(&form).await.unwrap();
    assert!(
        home.contains("has been added") && home.contains("http://127.0.0.1:3/acs"),
        "{}",
        home.text
    );
}

#[tokio::test]
async fn the_page_for_an_unknown_application_links_to_the_form_that_adds_it() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let url = redirect_url(
        &base_url,
        &authn_request("https://elsewhere.example/saml", ""),
    );
    let page = browser.open(&url).await.unwrap();
    assert_eq!(page.status.as_u16(), 400);
    assert!(page.contains("Add the application"));
    let form = browser.follow(&page, "/applications").await.unwrap();
    form.form_with("acs_url").unwrap();
}

#[tokio::test]
async fn each_field_of_a_new_application_is_required() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser.open(&format!("{base_url}/applications")).await;
    let form = page.unwrap().form_with("acs_url").unwrap();
    let page = browser.submit(&form).await.unwrap();
    assert_snapshot!("new_application_with_empty_fields", page.text);
}

#[rstest]
#[case::sso_without_a_request("/sso", 400, "Start the sign-in in the application.")]
#[case::unknown_page("/nope", 404, "There is no page at this URL.")]
#[case::missing_parameter("/idp-initiated", 400, "The request is incomplete or malformed.")]
#[case::unknown_application(
    "/idp-initiated?application=9",
    400,
    "The value of the field application"
)]
#[case::form_of_another_page("/respond", 405, "It can&#39;t be opened in a browser.")]
#[tokio::test]
async fn an_invalid_request_gets_a_page(
    #[case] path: &str,
    #[case] status: u16,
    #[case] message: &str,
) {
    let base_url = identity_provider().await;
    let page = Browser::default()
        .open(&format!("{base_url}{path}"))
        .await
        .unwrap();
    assert_eq!(page.status, status);
    assert!(page.text.contains("<h1>"), "{}", page.text);
    assert!(page.text.contains(message), "{}", page.text);
}

#[tokio::test]
async fn choosing_a_user_answers_a_request_in_the_redirect_binding() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser
        .open(&redirect_url(&base_url, &authn_request(ENTITY_ID, "")))
        .await
        .unwrap();
    assert!(page.contains("Ada Lovelace") && page.contains("Grace Hopper"));
    let chosen = page
        .form_with("user")
        .unwrap()
        .press("user", "grace")
        .unwrap();
    let (form, document) = decode_response(&browser.submit(&chosen).await.unwrap());
    assert_eq!(
        (form.action.as_str(), form.field("RelayState")),
        (ACS_URL, Some("handle"))
    );
    assert!(document.contains("InResponseTo=\"_r\"") && document.contains("grace@acme.example"));
}

#[tokio::test]
async fn a_request_in_the_post_binding_is_accepted() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser
        .open(&redirect_url(&base_url, &authn_request(ENTITY_ID, "")))
        .await
        .unwrap();
    let mut form = page.form_with("user").unwrap();
    form.action.set_path("/sso");
    let message =
        base64_simd::STANDARD.encode_to_string(authn_request(ENTITY_ID, "ForceAuthn=\"true\""));
    form.fields = vec![("SAMLRequest".to_owned(), message)];
    let page = browser.submit(&form).await.unwrap();
    assert!(page.contains("sign in again"), "{}", page.text);
}

#[tokio::test]
async fn the_last_button_sends_an_error_response() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser
        .open(&redirect_url(&base_url, &authn_request(ENTITY_ID, "")))
        .await
        .unwrap();
    let chosen = page
        .form_with("user")
        .unwrap()
        .press("user", "none")
        .unwrap();
    let (_, document) = decode_response(&browser.submit(&chosen).await.unwrap());
    assert!(document.contains("status:AuthnFailed") && !document.contains("saml:Assertion "));
}

#[tokio::test]
async fn an_idp_initiated_response_has_no_in_response_to() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let home = browser.open(&base_url).await.unwrap();
    let page = browser
        .follow(&home, "/idp-initiated?application=0")
        .await
        .unwrap();
    let chosen = page
        .form_with("user")
        .unwrap()
        .press("user", "ada")
        .unwrap();
    let (form, document) = decode_response(&browser.submit(&chosen).await.unwrap());
    assert_eq!(form.field("RelayState"), None);
    assert!(!document.contains("InResponseTo"));
}

#[tokio::test]
async fn a_passive_request_gets_an_error_response() {
    let base_url = identity_provider().await;
    let passive = authn_request(ENTITY_ID, "IsPassive=\"true\"");
    let (_, document) = decode_response(
        &Browser::default()
            .open(&redirect_url(&base_url, &passive))
            .await
            .unwrap(),
    );
    assert!(document.contains("status:NoPassive"));
}

#[tokio::test]
async fn the_previous_response_can_be_replayed() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let mut responses = Vec::new();
    for behavior in [IdpBehavior::Valid, IdpBehavior::Replayed] {
        let page = browser
            .open(&redirect_url(&base_url, &authn_request(ENTITY_ID, "")))
            .await
            .unwrap();
        let form = page
            .form_with("user")
            .unwrap()
            .fill("behavior", behavior.as_str())
            .unwrap();
        let page = browser
            .submit(&form.press("user", "ada").unwrap())
            .await
            .unwrap();
        responses.push(decode_response(&page).1);
    }
    assert_eq!(responses[0], responses[1]);
}

#[rstest]
#[case::unknown_issuer(&authn_request("http://unknown.example", ""))]
#[case::unknown_acs_url(
    &authn_request(ENTITY_ID, "AssertionConsumerServiceURL=\"http://127.0.0.1:9/acs\"")
)]
#[case::not_a_request("<a/>")]
#[tokio::test]
async fn a_request_of_an_unknown_service_provider_gets_no_response(#[case] request: &str) {
    let base_url = identity_provider().await;
    let page = Browser::default()
        .open(&redirect_url(&base_url, request))
        .await
        .unwrap();
    assert_eq!(page.status.as_u16(), 400);
    page.form_with("user").unwrap_err();
}
