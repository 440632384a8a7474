//! Wrong settings at the identity provider or at the connection, which the error codes tell apart.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use rstest::rstest;
use saml::certificate::Certificate;
use store::{ConnectionKey, ConnectionKeyId, IdpInitiated, KeyPurpose, Provisioning};
use test_support::{
    ADA, REDIRECT_URI, START, SsoFixture, TestResponse, at, connection_settings, encode_form,
    untrusted_key,
};
use testkit::identity_provider::{IdpBehavior, SignatureScope};

use crate::attempt_page::assert_failed_attempt;
use crate::sign_in_flow::build_signed_response;

/// In 2050, after the end of the certificate of the practice identity provider.
const YEAR_2050: i64 = 2_524_608_000;

#[rstest]
#[case::clock_ahead(
    IdpBehavior::ClockAhead,
    "idp-clock-ahead",
    "clock is ahead by at least 3600 s"
)]
#[case::clock_behind(
    IdpBehavior::ClockBehind,
    "idp-clock-behind",
    "clock is behind by at least 3600 s"
)]
// Issued now and valid at another time: the clock is right.
#[case::not_yet_valid(IdpBehavior::NotYetValid, "not-yet-valid", "not valid yet")]
#[case::expired(IdpBehavior::Expired, "expired", "the assertion has expired")]
#[tokio::test]
async fn a_wrong_clock_is_distinguished_from_a_wrong_validity_period(
    #[case] behavior: IdpBehavior,
    #[case] code: &str,
    #[case] explanation: &str,
) {
    let sso = SsoFixture::new().await;
    let page = sso.attempt_sign_in(&mut sso.browser(), ADA, behavior).await;
    let attempt = assert_failed_attempt(&sso, &page, code).await;
    assert!(attempt.checks.contains(explanation), "{}", attempt.checks);
}

#[tokio::test]
async fn a_late_response_is_expired_and_no_clock_is_wrong() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    sso.server.clock.set(START + 20 * 60);
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    let attempt = assert_failed_attempt(&sso, &page, "expired").await;
    assert!(!attempt.checks.contains("clock is"), "{}", attempt.checks);
}

#[tokio::test]
async fn an_expired_certificate_is_accepted_by_default() {
    let sso = SsoFixture::new().await;
    sso.server.clock.set(YEAR_2050);
    let redirect = sso
        .attempt_sign_in(&mut sso.browser(), ADA, IdpBehavior::Valid)
        .await;
    let location = redirect.location();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
}

#[tokio::test]
async fn a_connection_can_reject_an_expired_certificate() {
    let sso = SsoFixture::with(|settings| {
        settings.reject_expired_signing_certificate_since = Some(at(START));
    })
    .await;
    sso.server.clock.set(YEAR_2050);
    let page = sso
        .attempt_sign_in(&mut sso.browser(), ADA, IdpBehavior::Valid)
        .await;
    let attempt = assert_failed_attempt(&sso, &page, "certificate-expired").await;
    assert!(attempt.checks.contains("2049-12-31"), "{}", attempt.checks);
}

#[tokio::test]
async fn a_certificate_of_another_connection_is_recognized_within_the_organization() {
    let sso = SsoFixture::new().await;
    let certificate = untrusted_certificate();
    let mut settings = connection_settings();
    settings.name = "The other one".to_owned();
    let globex = sso.add_organization("globex", "enterprise").await;
    sso.add_connection_with_certificate(&globex, settings.clone(), certificate.clone())
        .await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::UntrustedKey)
        .await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    let attempt = assert_failed_attempt(&sso, &page, "signature-mismatch").await;
    assert!(
        !attempt.checks.contains("The other one"),
        "{}",
        attempt.checks
    );

    sso.add_connection_with_certificate(&sso.organization, settings, certificate)
        .await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert!(!page.text.contains("The other one"), "{}", page.text);
    let attempt = assert_failed_attempt(&sso, &page, "wrong-connection-certificate").await;
    assert!(
        attempt.checks.contains("The other one"),
        "{}",
        attempt.checks
    );
}

#[rstest]
#[case::other_attribute_name(IdpBehavior::RenamedEmailAttribute, "email-attribute-mismatch", true)]
#[case::no_attribute(IdpBehavior::NoAttributes, "email-missing", false)]
#[tokio::test]
async fn an_email_in_another_attribute_is_named_for_the_administrator(
    #[case] behavior: IdpBehavior,
    #[case] code: &str,
    #[case] names_attribute: bool,
) {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let page = sso.attempt_sign_in(&mut sso.browser(), ADA, behavior).await;
    assert!(!page.text.contains("mailbox"), "{}", page.text);
    let attempt = assert_failed_attempt(&sso, &page, code).await;
    let received = "\"received\":\"mailbox\"";
    assert_eq!(
        attempt.checks.contains(received),
        names_attribute,
        "{}",
        attempt.checks
    );
    assert!(sso.members().await.is_empty());
}

#[rstest]
#[case::authn_request("AuthnRequest", "unexpected-authn-request")]
#[case::logout_request("LogoutRequest", "unexpected-logout-request")]
#[tokio::test]
async fn a_request_at_the_acs_url_is_recorded(#[case] element: &str, #[case] code: &str) {
    let sso = SsoFixture::new().await;
    let message = format!("<{element} xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>");
    let form = encode_form(&[("SAMLRequest", &STANDARD.encode_to_string(message))]);
    let page = sso.browser().post_text(&sso.acs_path(), form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_failed_attempt(&sso, &page, code).await;
}

#[tokio::test]
async fn a_signature_outside_the_element_that_it_signs_is_rejected() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = build_signed_response(&sso, &relay_state, SignatureScope::Assertion).await;
    let (start, rest) = response.split_once("<ds:Signature ").unwrap();
    let (content, end) = rest.split_once("</ds:Signature>").unwrap();
    let moved = format!("<ds:Signature {content}</ds:Signature><samlp:Status>");
    let response = format!("{start}{end}").replacen("<samlp:Status>", &moved, 1);
    let page = sso
        .post_response(
            &mut browser,
            &STANDARD.encode_to_string(response),
            &relay_state,
        )
        .await;
    assert_failed_attempt(&sso, &page, "reference-mismatch").await;
}

#[tokio::test]
async fn an_encrypted_assertion_before_the_first_sign_in_has_no_decryption_key() {
    let sso = accept_unsolicited_responses().await;
    let page = post_encrypted_response(&sso, None).await;
    assert_failed_attempt(&sso, &page, "decryption-key-missing").await;
}

#[tokio::test]
async fn an_assertion_that_the_current_key_does_not_decrypt_is_rejected() {
    let sso = accept_unsolicited_responses().await;
    let key = create_decryption_key(&sso).await;
    let page = post_encrypted_response(&sso, None).await;
    assert_failed_attempt(&sso, &page, "decryption-failed").await;
    let page = post_encrypted_response(&sso, Some(&key.certificate)).await;
    assert_failed_attempt(&sso, &page, "decryption-failed").await;
}

#[tokio::test]
async fn an_assertion_for_an_unknown_certificate_is_rejected() {
    let sso = accept_unsolicited_responses().await;
    create_decryption_key(&sso).await;
    let page = post_encrypted_response(&sso, Some(&untrusted_certificate())).await;
    assert_failed_attempt(&sso, &page, "encrypted-for-unknown-key").await;
}

#[tokio::test]
async fn an_assertion_for_a_retired_key_names_the_certificate_of_the_current_key() {
    let sso = accept_unsolicited_responses().await;
    let retired = create_decryption_key(&sso).await;
    let current = ConnectionKey {
        id: ConnectionKeyId::from_random(runtime::random::bytes()),
        certificate: untrusted_certificate(),
        ..retired.clone()
    };
    let organization = sso.organization.clone();
    let retired_id = retired.id.clone();
    let now = sso.server.clock.now();
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.add_connection_key(&current).await?;
        scope
            .retire_connection_key(&retired_id, now)
            .await
            .map(drop)
    })
    .await;
    let page = post_encrypted_response(&sso, Some(&retired.certificate)).await;
    let attempt = assert_failed_attempt(&sso, &page, "encrypted-for-retired-key").await;
    let current = Certificate::from_der(untrusted_key().certificate_der()).unwrap();
    assert!(
        attempt.checks.contains(&current.sha256()),
        "{}",
        attempt.checks
    );
}

async fn accept_unsolicited_responses() -> SsoFixture {
    SsoFixture::with(|settings| settings.idp_initiated = IdpInitiated::DangerAccept).await
}

/// Starts a sign-in, which creates the keys of the connection. Returns the key for encrypted assertions.
async fn create_decryption_key(sso: &SsoFixture) -> ConnectionKey {
    sso.start_sign_in(&mut sso.browser()).await;
    let mut tx = sso.server.app.store.snapshot().await.unwrap();
    let mut scope = tx.organization(&sso.organization);
    let keys = scope.connection_keys(&sso.connection).await.unwrap();
    keys.into_iter()
        .find(|key| key.purpose == KeyPurpose::Decryption)
        .unwrap()
}

fn untrusted_certificate() -> String {
    STANDARD.encode_to_string(untrusted_key().certificate_der())
}

/// Posts an unsolicited response with an assertion that no key decrypts. It names this certificate, in base64, as that
/// of the recipient.
async fn post_encrypted_response(sso: &SsoFixture, certificate: Option<&str>) -> TestResponse {
    let key_info = certificate.map_or_else(String::new, |base64| {
        format!(
            "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        )
    });
    let ciphertext = STANDARD.encode_to_string([7; 256]);
    let response = STANDARD.encode_to_string(format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
           xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" \
           xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" ID=\"_e\" Version=\"2.0\" \
           IssueInstant=\"2026-11-24T09:00:00Z\"><samlp:Status><samlp:StatusCode \
           Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status><saml:EncryptedAssertion>\
         <xenc:EncryptedData><xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes128-gcm\"/>\
         <ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod \
           Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>{key_info}<xenc:CipherData>\
         <xenc:CipherValue>{ciphertext}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>\
         <xenc:CipherData><xenc:CipherValue>{ciphertext}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>\
         </saml:EncryptedAssertion></samlp:Response>"
    ));
    sso.post_response(&mut sso.browser(), &response, "").await
}
