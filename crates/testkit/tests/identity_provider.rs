//! The practice identity provider as a browser meets it.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use testkit::browser::{Browser, Form, Page};
use testkit::identity_provider::{Conduct, Identity, Person, PracticeKey, ServiceProvider};
use testkit::{IdentityProvider, Surroundings};
use tokio::net::TcpListener;
use url::form_urlencoded;

const SERVICE_PROVIDER: &str = "http://127.0.0.1:1/saml";
const ACS: &str = "http://127.0.0.1:1/saml/con_1/acs";

async fn identity_provider() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let identity = Identity {
        base_url: base_url.clone(),
        key: PracticeKey::generate().unwrap(),
        other_key: PracticeKey::generate().unwrap(),
        people: Person::DEMO,
    };
    let provider = IdentityProvider::new(identity, Surroundings::new(|| 1_795_500_000, || [7; 32]));
    provider.register(ServiceProvider {
        name: "Vestibule".to_owned(),
        entity_id: SERVICE_PROVIDER.to_owned(),
        acs_url: ACS.to_owned(),
    });
    let router = provider.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    base_url
}

fn request(issuer: &str, more: &str) -> String {
    format!(
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\" Version=\"2.0\" {more}>\
         <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">{issuer}</saml:Issuer></samlp:AuthnRequest>"
    )
}

/// The address with a request as HTTP-Redirect carries it.
fn redirect(base_url: &str, request: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(request.as_bytes()).unwrap();
    let message = base64_simd::STANDARD.encode_to_string(encoder.finish().unwrap());
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("SAMLRequest", &message)
        .append_pair("RelayState", "handle")
        .finish();
    format!("{base_url}/sso?{query}")
}

fn response(page: &Page) -> (Form, String) {
    let form = page.form_with("SAMLResponse").unwrap();
    let document = base64_simd::STANDARD
        .decode_to_vec(form.field("SAMLResponse").unwrap())
        .unwrap();
    (form, String::from_utf8(document).unwrap())
}

/// The first line of what comes back for a request as it stands.
fn raw(base_url: &str, request: &str) -> String {
    let address = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_sites_get_nothing_signed() {
    let base_url = identity_provider().await;
    let rebound = "POST /answer HTTP/1.1\r\nHost: rebind.example\r\nContent-Length: 0\r\n\r\n";
    assert!(raw(&base_url, rebound).starts_with("HTTP/1.1 421"));
    let foreign = "POST /applications HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n";
    assert!(raw(&base_url, foreign).starts_with("HTTP/1.1 403"));
    let own = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert!(raw(&base_url, own).starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_application_is_added_by_hand() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let elsewhere = "http://127.0.0.1:2/acs";
    let add = format!("{base_url}/applications");
    let form = browser.open(&add).await.unwrap().form_with("acs_url");
    let form = form.unwrap().fill("name", " Globex <& Co> ").unwrap();
    let form = form.fill("entity_id", SERVICE_PROVIDER).unwrap();
    let form = form.fill("acs_url", "127.0.0.1:2").unwrap();
    let again = browser.submit(&form).await.unwrap();
    assert_eq!(again.status.as_u16(), 422);
    assert!(again.says("begins with http:// or https://"));
    let form = again.form_with("acs_url").unwrap();
    assert_eq!(form.field("name"), Some(" Globex <& Co> "));
    let form = form.fill("acs_url", elsewhere).unwrap();
    let home = browser.submit(&form).await.unwrap();
    // Applications of one name are told apart by where their responses go.
    assert!(home.says("has been added") && home.says(elsewhere));
    assert!(!home.text.contains("<& Co>"), "{}", home.text);
    let page = browser.follow(&home, "/start?application=1");
    let page = page.await.unwrap();
    let form = page.form_with("person").unwrap();
    let form = form.press("person", "katherine").unwrap();
    let (form, document) = response(&browser.submit(&form).await.unwrap());
    assert_eq!(form.action.as_str(), elsewhere);
    assert!(document.contains("katherine@globex.example"));
}

#[tokio::test]
async fn an_application_is_added_by_the_address_of_its_metadata() {
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
    let again = browser.submit(&no_metadata).await.unwrap();
    assert!(again.says("a service provider shows its metadata"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/metadata", listener.local_addr().unwrap());
    let metadata = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://sp.example\">\
         <SPSSODescriptor><AssertionConsumerService Location=\"http://127.0.0.1:3/acs\"/></SPSSODescriptor></EntityDescriptor>";
    let router = axum::Router::new().route(
        "/metadata",
        axum::routing::get(move || async move { metadata }),
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    let form = again.form_with("acs_url").unwrap();
    let form = form.fill("metadata_url", &address).unwrap();
    let home = browser.submit(&form).await.unwrap();
    assert!(
        home.says("has been added") && home.says("http://127.0.0.1:3/acs"),
        "{}",
        home.text
    );
}

#[tokio::test]
async fn an_application_that_is_not_known_is_to_be_added() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let asked = redirect(&base_url, &request("https://elsewhere.example/saml", ""));
    let page = browser.open(&asked).await.unwrap();
    assert_eq!(page.status.as_u16(), 400);
    assert!(page.says("Add it first"));
    let form = browser.follow(&page, "/applications").await.unwrap();
    form.form_with("acs_url").unwrap();
}

#[tokio::test]
async fn each_field_of_an_application_is_asked_for() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser.open(&format!("{base_url}/applications")).await;
    let form = page.unwrap().form_with("acs_url").unwrap();
    let page = browser.submit(&form).await.unwrap();
    for fault in [
        "A name is expected",
        "The entity ID is expected",
        "The address is expected",
    ] {
        assert!(page.says(fault), "{}", page.text);
    }
}

#[tokio::test]
async fn one_press_answers_a_request_that_came_by_redirect() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser
        .open(&redirect(&base_url, &request(SERVICE_PROVIDER, "")))
        .await
        .unwrap();
    assert!(page.says("Ada Lovelace") && page.says("Grace Hopper"));
    let chosen = page
        .form_with("person")
        .unwrap()
        .press("person", "grace")
        .unwrap();
    let (form, document) = response(&browser.submit(&chosen).await.unwrap());
    assert_eq!(
        (form.action.as_str(), form.field("RelayState")),
        (ACS, Some("handle"))
    );
    assert!(document.contains("InResponseTo=\"_r\"") && document.contains("grace@acme.example"));
}

#[tokio::test]
async fn a_request_may_come_by_post() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser
        .open(&redirect(&base_url, &request(SERVICE_PROVIDER, "")))
        .await
        .unwrap();
    let mut posted = page.form_with("person").unwrap();
    posted.action.set_path("/sso");
    let message =
        base64_simd::STANDARD.encode_to_string(request(SERVICE_PROVIDER, "ForceAuthn=\"true\""));
    posted.fields = vec![("SAMLRequest".to_owned(), message)];
    let page = browser.submit(&posted).await.unwrap();
    assert!(page.says("sign in again"), "{}", page.text);
}

#[tokio::test]
async fn the_last_button_answers_with_an_error() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let page = browser
        .open(&redirect(&base_url, &request(SERVICE_PROVIDER, "")))
        .await
        .unwrap();
    let chosen = page
        .form_with("person")
        .unwrap()
        .press("person", "nobody")
        .unwrap();
    let (_, document) = response(&browser.submit(&chosen).await.unwrap());
    assert!(document.contains("status:AuthnFailed") && !document.contains("saml:Assertion "));
}

#[tokio::test]
async fn whoever_starts_here_answers_no_request() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let home = browser.open(&base_url).await.unwrap();
    let page = browser.follow(&home, "/start?application=0").await.unwrap();
    let chosen = page
        .form_with("person")
        .unwrap()
        .press("person", "ada")
        .unwrap();
    let (form, document) = response(&browser.submit(&chosen).await.unwrap());
    assert_eq!(form.field("RelayState"), None);
    assert!(!document.contains("InResponseTo"));
}

#[tokio::test]
async fn nobody_is_asked_when_a_request_says_so() {
    let base_url = identity_provider().await;
    let passive = request(SERVICE_PROVIDER, "IsPassive=\"true\"");
    let (_, document) = response(
        &Browser::default()
            .open(&redirect(&base_url, &passive))
            .await
            .unwrap(),
    );
    assert!(document.contains("status:NoPassive"));
}

#[tokio::test]
async fn an_answer_can_be_given_twice() {
    let base_url = identity_provider().await;
    let mut browser = Browser::default();
    let mut answers = Vec::new();
    for conduct in [Conduct::Honest, Conduct::Replayed] {
        let page = browser
            .open(&redirect(&base_url, &request(SERVICE_PROVIDER, "")))
            .await
            .unwrap();
        let form = page
            .form_with("person")
            .unwrap()
            .fill("conduct", conduct.word())
            .unwrap();
        let page = browser
            .submit(&form.press("person", "ada").unwrap())
            .await
            .unwrap();
        answers.push(response(&page).1);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_stranger_gets_no_answer() {
    let base_url = identity_provider().await;
    let elsewhere = "AssertionConsumerServiceURL=\"http://127.0.0.1:9/acs\"";
    for request in [
        request("http://stranger.example", ""),
        request(SERVICE_PROVIDER, elsewhere),
        "<a/>".to_owned(),
    ] {
        let page = Browser::default()
            .open(&redirect(&base_url, &request))
            .await
            .unwrap();
        assert_eq!(page.status.as_u16(), 400);
        page.form_with("person").unwrap_err();
    }
}
