//! What administrators copy into the step with the identity provider's details.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use rstest::rstest;
use service::connection::{
    ConnectionRef, IdpInput, ImportResult, load_working_copy, preview_import,
};
use test_support::{Engine, TestServer};
use tokio::time::timeout;

use super::idp_metadata::idp_metadata;
use super::organization::{create_acme_with_ada, first_connection};
use super::setup_steps::{REVIEW, SAVE, start_provider_step, submit_step};
use crate::manual_connection::{key_file, saml_test_file};

#[rstest]
#[case::pem_in_x509_certificate("m07-pem-in-x509.xml")]
#[case::zero_width_character("m16-zwsp.xml")]
#[case::html_escaped("m31-html-escaped-once.txt")]
#[case::utf16_declared_in_utf8("m10-decl-utf16-in-utf8.xml")]
#[case::notice_of_a_browser("m13-browser-notice.txt")]
#[tokio::test]
async fn the_tidied_metadata_is_reviewed_and_saved(#[case] file: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "keycloak").await;
    // Older details must not be mixed with the new ones.
    let older = idp_metadata("rsa-2048.crt");
    submit_step(&mut ada, &step, &[("pasted", older.as_str()), SAVE]).await;
    let metadata = saml_test_file(&format!("field/connecting/{file}"));
    let review = [("pasted", metadata.as_str()), REVIEW];
    let reviewed = submit_step(&mut ada, &step, &review).await;
    assert_eq!(reviewed.status, StatusCode::OK, "{}", reviewed.text);
    let save = [("pasted", metadata.as_str()), SAVE];
    let saved = ada.submit(&reviewed, &step, &save).await;
    assert!(saved.location().ends_with("/setup/attributes"));
    let connection = first_connection(&server).await;
    assert_eq!(connection["issuer"], "https://idp.acme.example/metadata");
    let subject = &connection["certificates"][0]["subject"];
    assert_eq!(subject, "CN=idp-a.example");
}

/// The file chooser sends what is not UTF-8 in base64.
#[tokio::test]
async fn a_chosen_file_in_utf16_is_understood() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "keycloak").await;
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../saml/tests/field/connecting/m11-real-utf16.xml"
    );
    let file = base64_simd::STANDARD.encode_to_string(std::fs::read(path).unwrap());
    let saved = submit_step(&mut ada, &step, &[("pasted", file.as_str()), SAVE]).await;
    assert!(saved.location().ends_with("/setup/attributes"));
}

#[tokio::test]
async fn a_certificate_alone_is_kept_without_an_error() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "other").await;
    let certificate = key_file("rsa-2048.crt");
    for field in ["pasted", "certificate"] {
        let fields = [(field, certificate.as_str()), REVIEW];
        let page = submit_step(&mut ada, &step, &fields).await;
        let notice = "Certificate read. Enter the Sign on URL and the issuer too.";
        assert!(page.text.contains(notice), "{}", page.text);
        assert!(
            !page.text.contains("This field is required"),
            "{}",
            page.text
        );
        let (_, kept) = page.text.split_once("name=\"certificate\"").unwrap();
        assert!(kept.contains(">-----BEGIN CERTIFICATE-----"));
    }
}

#[tokio::test]
async fn details_of_another_product_are_not_done() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "keycloak").await;
    let base = step.strip_suffix("/idp-details").unwrap();
    let metadata = idp_metadata("rsa-2048.crt");
    let save = [("pasted", metadata.as_str()), SAVE];
    submit_step(&mut ada, &step, &save).await;
    let notice = "The saved details are those of Keycloak, but you chose Okta.";
    assert!(!ada.get(&step).await.text.contains(notice));

    let choice = format!("{base}/provider");
    submit_step(&mut ada, &choice, &[("provider", "okta")]).await;
    assert!(ada.get(&step).await.text.contains(notice));
    submit_step(&mut ada, &choice, &[("provider", "keycloak")]).await;
    assert!(
        !ada.get(&step)
            .await
            .text
            .contains("The saved details are those of")
    );
    submit_step(&mut ada, &choice, &[("provider", "okta")]).await;
    submit_step(&mut ada, &step, &save).await;
    assert!(
        !ada.get(&step)
            .await
            .text
            .contains("The saved details are those of")
    );
}

/// The metadata of a federation, of about this many octets.
fn federation(size: usize) -> String {
    let metadata = idp_metadata("rsa-2048.crt");
    let body = metadata
        .split_once("?>")
        .map_or(metadata.as_str(), |(_, body)| body);
    let mut entities = String::new();
    let mut number = 0;
    while entities.len() < size {
        let id = format!("https://idp.acme.example/realms/{number}");
        entities.push_str(&body.replace("https://idp.acme.example/realms/staff", &id));
        number += 1;
    }
    format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{entities}</md:EntitiesDescriptor>"
    )
}

#[tokio::test]
async fn one_provider_of_a_large_federation_is_chosen() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "keycloak").await;
    let metadata = federation(3 * 1024 * 1024);
    let review = [("pasted", metadata.as_str()), REVIEW];
    let page = submit_step(&mut ada, &step, &review).await;
    assert!(
        page.text
            .contains("<option>https://idp.acme.example/realms/7</option>")
    );
    let chosen = [
        ("pasted", metadata.as_str()),
        ("entity", "https://idp.acme.example/realms/7"),
        SAVE,
    ];
    let saved = ada.submit(&page, &step, &chosen).await;
    assert!(saved.location().ends_with("/setup/attributes"));
    let connection = first_connection(&server).await;
    assert_eq!(connection["issuer"], "https://idp.acme.example/realms/7");
}

/// A large document is read next to the threads that serve requests: this test has only one.
#[tokio::test]
async fn other_requests_continue_while_a_federation_is_read() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    start_provider_step(&mut ada, "keycloak").await;
    let id = first_connection(&server).await["id"].clone();
    let connection_ref = ConnectionRef::ById(id.as_str().unwrap());
    let working = load_working_copy(&server.app, connection_ref)
        .await
        .unwrap();
    let input = Arc::new(IdpInput {
        pasted: federation(12 * 1024 * 1024),
        ..IdpInput::default()
    });
    let begun = Instant::now();
    let mut preview = pin!(preview_import(&server.app, &working, &input));
    let mut longest = Duration::ZERO;
    let result = loop {
        let waiting = Instant::now();
        let answered = timeout(Duration::from_millis(1), &mut preview).await;
        longest = longest.max(waiting.elapsed());
        if let Ok(result) = answered {
            break result.unwrap();
        }
    };
    assert!(matches!(result, ImportResult::MultipleProviders(_)));
    let total = begun.elapsed();
    assert!(longest * 3 < total, "{longest:?} of {total:?}");
}

#[tokio::test]
async fn a_large_text_is_explained_and_the_other_fields_stay() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let step = start_provider_step(&mut ada, "other").await;
    let large = "x".repeat(3 * 1024 * 1024);
    let fields = [
        ("pasted", large.as_str()),
        ("issuer", "https://idp.acme.example"),
        REVIEW,
    ];
    let page = submit_step(&mut ada, &step, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = "This metadata is too large. Paste the metadata of your identity provider alone.";
    assert!(page.text.contains(reason));
    assert!(page.text.contains("value=\"https://idp.acme.example\""));
}
