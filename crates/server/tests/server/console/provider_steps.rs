//! The step of the guided setup with the identity provider's details.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, START, TestServer, each_database};

use super::idp_metadata::idp_metadata;
use super::organization::{create_acme_with_ada, first_connection};
use super::page_text::section_text;
use super::setup_steps::{REVIEW, SAVE, start_provider_step, submit_step};
use crate::manual_connection::key_file;
use crate::objects::id;

const DAY: i64 = 24 * 60 * 60;

/// The end of a key descriptor, and the signature algorithm of the identity provider.
const SHA1_EXTENSION: &str = "</md:KeyDescriptor><md:Extensions xmlns:alg=\"urn:oasis:names:tc:SAML:metadata:algsupport\"><alg:SigningMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/></md:Extensions>";

#[apply(each_database)]
async fn metadata_is_reviewed_before_it_is_saved(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "keycloak").await;
    let metadata = idp_metadata("rsa-2048.crt");
    let review = [("pasted", metadata.as_str()), REVIEW];
    let reviewed = submit_step(&mut ada, &step, &review).await;
    assert_snapshot!(section_text(&reviewed, "imported"), @"
    Details to save
    Issuer (entity ID)
    https://idp.acme.example/realms/staff
    Sign on URL
    https://idp.acme.example/sso HTTP-Redirect
    Sign out URL
    https://idp.acme.example/slo HTTP-POST
    Certificate
    C=DE, O=Test & Söhne, CN=rsa-2048
    RSA 2048 · Expires in 3649 days
    SHA-256 0b62b60df8c62d4c8e0a04c5fcd6f71b091528af7b073db66b9323f807a1e91d
    Save and continue
    ");
    assert_eq!(first_connection(&server).await["complete"], false);

    let save = [("pasted", metadata.as_str()), SAVE];
    let saved = ada.submit(&reviewed, &step, &save).await;
    assert!(saved.location().ends_with("/setup/attributes"));
    let connection = first_connection(&server).await;
    assert_eq!(connection["complete"], true);
    assert_eq!(connection["name"], "Keycloak");
    assert!(ada.get(&step).await.text.contains("Current settings"));
}

#[apply(each_database)]
async fn a_missing_value_is_required(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "other").await;
    let certificate = key_file("rsa-2048.crt");
    let incomplete = [
        ("issuer", "https://idp.acme.example"),
        ("certificate", certificate.as_str()),
    ];
    let rejected = submit_step(&mut ada, &step, &incomplete).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("This field is required"));
    let submitted = "value=\"https://idp.acme.example\"";
    assert!(rejected.text.contains(submitted));
}

#[tokio::test]
async fn after_a_certificate_alone_the_page_asks_for_the_other_values() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "other").await;
    let certificate = key_file("rsa-2048.crt");
    let fields = [("pasted", certificate.as_str()), REVIEW];
    let page = submit_step(&mut ada, &step, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let notice = "Certificate read. Enter the Sign on URL and the issuer too.";
    assert!(page.text.contains(notice), "{}", page.text);
    assert!(page.text.contains("<details open>"));
    let (_, pasted) = page.text.split_once("name=\"pasted\"").unwrap();
    let (pasted, rest) = pasted.split_once("</textarea>").unwrap();
    assert!(pasted.ends_with('>') && !pasted.contains("aria-invalid"));
    let (_, kept) = rest.split_once("name=\"certificate\"").unwrap();
    assert!(kept.contains(">-----BEGIN CERTIFICATE-----"));
}

#[apply(each_database)]
async fn three_values_can_replace_the_metadata(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "other").await;
    let certificate = key_file("rsa-2048.crt");
    let complete = [
        ("issuer", "https://idp.acme.example"),
        ("sign_on_url", "https://idp.acme.example/sso"),
        ("pasted", certificate.as_str()),
        SAVE,
    ];
    let saved = submit_step(&mut ada, &step, &complete).await;
    assert!(saved.location().ends_with("/attributes"));
    assert_eq!(first_connection(&server).await["complete"], true);

    // A certificate without other values replaces the current one.
    let certificate = key_file("ec-p256.crt");
    let certificate = [("pasted", certificate.as_str()), SAVE];
    let saved = submit_step(&mut ada, &step, &certificate).await;
    assert!(saved.location().ends_with("/attributes"));
    let connection = first_connection(&server).await;
    let certificates = connection["certificates"].as_array().unwrap();
    assert_eq!(certificates.len(), 1);
    assert_eq!(certificates[0]["key"], "ECDSA P-256");
    assert_eq!(connection["issuer"], "https://idp.acme.example");
}

#[rstest]
#[case::empty("", "Paste your metadata or certificate here")]
#[case::words("hello", "This isn’t a URL, metadata, or a certificate.")]
#[case::signing_request(&key_file("request.csr"), "a certificate signing request")]
#[case::public_key(&key_file("rsa-2048.pub"), "only a public key")]
#[case::short_key(&key_file("rsa-1024.crt"), "shorter than 2048 bits")]
#[case::web_page("<html></html>", "This is a web page, not metadata")]
#[case::other_xml("<a></a>", "This is XML, but not metadata")]
#[case::url_without_scheme("localhost:8081/metadata", "Add https://")]
#[case::url_with_query_without_scheme("idp.acme.example/metadata?x=1", "Add https://")]
#[case::http_url("http://10.0.0.1/metadata", "https://")]
#[case::private_address("https://127.0.0.1/metadata", "public address")]
#[tokio::test]
async fn an_invalid_value_is_rejected_at_its_field(#[case] pasted: &str, #[case] error: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "okta").await;
    let rejected = submit_step(&mut ada, &step, &[("pasted", pasted), REVIEW]).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains(error), "{}", rejected.text);
    assert!(rejected.text.contains("aria-invalid"));
    assert!(!rejected.text.contains("metadata_networks"));
    assert_eq!(first_connection(&server).await["complete"], false);
}

#[rstest]
#[case::of_vestibule("https://auth.example.com", "This is our own metadata")]
#[case::of_another("https://other.example.com", "the metadata of a service provider")]
#[tokio::test]
async fn metadata_of_a_service_provider_is_rejected(#[case] origin: &str, #[case] error: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "okta").await;
    let connection = first_connection(&server).await;
    let path = format!("/saml/{}/metadata", id(&connection).replace('_', "-"));
    let metadata = ada.get(&path).await.text;
    let own_entity_id = "entityID=\"https://auth.example.com";
    assert!(metadata.contains(own_entity_id));
    let entity_id = format!("entityID=\"{origin}");
    let metadata = metadata.replace(own_entity_id, &entity_id);
    let review = [("pasted", metadata.as_str()), REVIEW];
    let rejected = submit_step(&mut ada, &step, &review).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains(error), "{}", rejected.text);
    assert!(rejected.text.contains("aria-invalid"));
    assert_eq!(first_connection(&server).await["complete"], false);
}

#[rstest]
#[case::with_its_certificate("pasted", &certificate_and_key())]
#[case::as_certificate("certificate", &key_file("rsa-2048.pkcs1.key"))]
#[case::in_xml("pasted", &format!("<md>{}</md>", key_file("rsa-2048.key")))]
#[tokio::test]
async fn a_private_key_is_neither_stored_nor_shown_again(
    #[case] field: &str,
    #[case] secret: &str,
    #[values("review", "keep")] button: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "okta").await;
    let fields = [(field, secret), (button, "1")];
    let rejected = submit_step(&mut ada, &step, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("This is a private key"));
    assert!(!rejected.text.contains("BEGIN RSA"));
    assert!(!rejected.text.contains("PRIVATE KEY-----"));
    assert_eq!(first_connection(&server).await["complete"], false);
}

#[apply(each_database)]
async fn next_to_a_private_key_other_errors_and_values_are_shown(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "okta").await;
    let key = key_file("rsa-2048.key");
    let fields = [
        ("sign_on_url", "idp.acme.example/sso"),
        ("issuer", "https://idp.acme.example"),
        ("certificate", key.as_str()),
        REVIEW,
    ];
    let rejected = submit_step(&mut ada, &step, &fields).await;
    assert_snapshot!("provider_step_with_a_private_key", rejected.main_html());
    assert!(!rejected.text.contains("This field is required"));
    assert!(!rejected.text.contains("PRIVATE KEY-----"));
    assert_eq!(first_connection(&server).await["complete"], false);
}

#[rstest]
#[case::unusual_issuer("/realms/staff", "/x", "This issuer is unusual")]
#[case::sha1(
    "</md:KeyDescriptor>",
    SHA1_EXTENSION,
    "Sign-ins with SHA-1 signatures are rejected. Select SHA-256"
)]
#[tokio::test]
async fn a_warning_is_shown_before_the_details_are_saved(
    #[case] text: &str,
    #[case] replacement: &str,
    #[case] warning: &str,
) {
    let metadata = idp_metadata("rsa-2048.crt").replace(text, replacement);
    assert_warning(&metadata, warning).await;
}

#[tokio::test]
async fn metadata_with_a_sign_on_url_without_encryption_is_not_saved() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "okta").await;
    let metadata = idp_metadata("rsa-2048.crt").replace(
        "https://idp.acme.example/sso",
        "http://idp.acme.example/sso",
    );
    let rejected = submit_step(&mut ada, &step, &[("pasted", &metadata), REVIEW]).await;
    let text = rejected.visible_text();
    assert!(!text.contains("Details to save"), "{text}");
    let received = "http://idp.acme.example/sso, which sends sign-ins without encryption";
    assert!(text.contains(received), "{text}");
}

#[tokio::test]
async fn metadata_of_another_provider_shows_a_warning() {
    let warning = "This looks like Keycloak, but you chose Okta";
    assert_warning(&idp_metadata("rsa-2048.crt"), warning).await;
}

#[tokio::test]
async fn an_expired_certificate_is_shown_before_the_details_are_saved() {
    assert_warning(&idp_metadata("expired.crt"), "A certificate has expired").await;
}

#[apply(each_database)]
async fn the_user_chooses_one_of_several_identity_providers(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "shibboleth").await;
    let first = idp_metadata("rsa-2048.crt");
    let second = idp_metadata("rsa-3072.crt").replace("idp.acme", "idp2.acme");
    let both = format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{first}{second}</md:EntitiesDescriptor>"
    );
    let pasted = ("pasted", both.as_str());
    let choice = submit_step(&mut ada, &step, &[pasted, REVIEW]).await;
    assert!(choice.text.contains("several identity providers"));
    let option = "<option>https://idp2.acme.example/realms/staff</option>";
    assert!(choice.text.contains(option));

    let chosen = ("entity", "https://idp2.acme.example/realms/staff");
    let reviewed = ada.submit(&choice, &step, &[pasted, chosen, REVIEW]).await;
    assert!(reviewed.text.contains("RSA 3072"));
    ada.submit(&reviewed, &step, &[pasted, chosen, SAVE]).await;
    let issuer = &first_connection(&server).await["issuer"];
    assert_eq!(issuer, "https://idp2.acme.example/realms/staff");
}

/// Reviews the metadata in a setup for Okta, at a time when the short-lived certificate has expired.
async fn assert_warning(metadata: &str, warning: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    server.clock.set(START + 60 * DAY);
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "okta").await;
    let reviewed = submit_step(&mut ada, &step, &[("pasted", metadata), REVIEW]).await;
    assert_eq!(reviewed.status, StatusCode::OK);
    assert!(reviewed.text.contains("Details to save"));
    assert!(reviewed.text.contains(warning), "{}", reviewed.text);
}

fn certificate_and_key() -> String {
    let certificate = key_file("rsa-2048.crt");
    let key = key_file("rsa-2048.key");
    format!("{certificate}\n{key}")
}
