//! Responses that real products sent, rebuilt from public bug reports, each as the response to a pending sign-in.

use base64_simd::STANDARD;
use store::{ConnectionSettings, IdpInitiated};
use test_support::{SsoFixture, TestResponse, connection_settings};

use crate::attempt_page::{OPERATOR, open_attempt};
use crate::captured_responses::{post_captured_response, read_test_file};

const NOW: &str = "2026-11-24T12:00:30Z";
const REQUEST: &str = "_req4711";

/// Posts a response of `crates/saml/tests/field` to a connection that expects it.
async fn post(
    file: &str,
    change: impl FnOnce(&mut ConnectionSettings),
) -> (SsoFixture, TestResponse) {
    let sso = SsoFixture::new().await;
    let now = saml::parse_xs_date_time(NOW).unwrap().as_second();
    sso.server.clock.set(now);
    let mut settings = connection_settings();
    settings.issuer = "https://idp.example.org/idp".to_owned();
    settings.entity_id = Some("https://sso.example.net/saml".to_owned());
    settings.acs_url = Some("https://sso.example.net/saml/con_a/acs".to_owned());
    change(&mut settings);
    let certificate: String = read_test_file("field/keys/idp.crt")
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let connection = sso
        .add_connection_with_certificate(&sso.organization, settings, certificate)
        .await;
    let text = read_test_file(&format!("field/responses/{file}"));
    let response = if text.starts_with('<') {
        STANDARD.encode_to_string(text)
    } else {
        text
    };
    let answer = post_captured_response(&sso, connection, REQUEST.to_owned(), &response).await;
    (sso, answer)
}

fn assert_signed_in(answer: &TestResponse) {
    let code = answer.location_parameter("code");
    assert!(
        code.is_some_and(|code| code.starts_with("vsc_")),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn an_empty_name_id_is_rejected_only_where_it_identifies_the_user() {
    let file = "32-name-id-empty.xml";
    let (_, page) = post(file, |_| {}).await;
    assert_eq!(page.error_code(), "invalid-name-id");
    let by_attribute = |settings: &mut ConnectionSettings| {
        settings.subject_attribute = Some("employeeNumber".to_owned());
    };
    let (sso, answer) = post(file, by_attribute).await;
    assert_signed_in(&answer);
    let attempt = sso.attempts().await.remove(0);
    let note = "the NameID was left out, because it is empty";
    assert!(attempt.checks.contains(note), "{}", attempt.checks);
    let mut browser = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut browser, attempt.id.as_str()).await;
    let shown = page.visible_text();
    assert!(
        shown.contains("NameID was left out, because it is empty"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_name_id_in_an_attribute_identifies_the_user() {
    let file = "34-targeted-id.xml";
    let (_, page) = post(file, |_| {}).await;
    assert_eq!(page.error_code(), "transient-subject");
    let by_attribute = |settings: &mut ConnectionSettings| {
        settings.subject_attribute = Some("urn:oid:1.3.6.1.4.1.5923.1.1.1.10".to_owned());
    };
    let (_, answer) = post(file, by_attribute).await;
    assert_signed_in(&answer);
}

#[tokio::test]
async fn a_compressed_response_names_the_binding_to_choose() {
    let (sso, page) = post("20-deflated-post.txt", |_| {}).await;
    assert_eq!(page.error_code(), "compressed-response");
    let attempt = sso.attempts().await.remove(0);
    assert!(
        attempt.checks.contains("HTTP-POST binding"),
        "{}",
        attempt.checks
    );
}

#[tokio::test]
async fn a_missing_in_response_to_is_said_to_be_missing_where_it_is() {
    let allow = |settings: &mut ConnectionSettings| {
        settings.idp_initiated = IdpInitiated::DangerAccept;
    };
    let (sso, page) = post("17-in-response-to-only-on-response.xml", allow).await;
    assert_eq!(page.error_code(), "in-response-to-mismatch");
    let attempt = sso.attempts().await.remove(0);
    let place = "none in the assertion's SubjectConfirmationData";
    assert!(attempt.checks.contains(place), "{}", attempt.checks);
}

#[tokio::test]
async fn what_real_products_write_is_accepted() {
    for file in [
        "05-exc-c14n-with-comments.xml",
        "09b-advice-signed-assertion.xml",
        "12-name-id-pretty-printed.xml",
        "12b-audience-pretty-printed.xml",
    ] {
        let (_, answer) = post(file, |_| {}).await;
        assert_signed_in(&answer);
    }
}
