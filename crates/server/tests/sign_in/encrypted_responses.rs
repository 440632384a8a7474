//! Responses with an assertion that is encrypted for the connection.

use aws_lc_rs::cipher::{AES_128, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PublicEncryptingKey};
use base64_simd::STANDARD;
use saml::certificate::Certificate;
use store::KeyPurpose;
use test_support::{
    ADA, IDP_ENTITY_ID, REDIRECT_URI, START, SsoFixture, TestResponse, at, idp_key,
};
use testkit::identity_provider::{IdpBehavior, ResponseBuilder, SignatureScope};

use crate::attempt_page::{OPERATOR, open_attempt};

const KEY: [u8; 16] = [7; 16];
const VECTOR: [u8; 16] = [9; 16];

/// Signs in with a response whose assertion is signed, and encrypted with AES-128-CBC.
pub(crate) async fn sign_in_with_cbc(sso: &SsoFixture, behavior: IdpBehavior) -> TestResponse {
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let request = sso.server.authn_request_id(&relay_state).await;
    let response = ResponseBuilder {
        issuer: IDP_ENTITY_ID,
        target: &sso.response_target(Some(request)),
        key: idp_key(),
        signature_scope: SignatureScope::Assertion,
        now: sso.server.clock.now().as_second(),
        id: "_encrypted",
    };
    let response = response.build_success(ADA, behavior).unwrap();
    let response = encrypt_assertion(&response, &encryption_certificate(sso).await);
    let response = STANDARD.encode_to_string(response);
    sso.post_response(&mut browser, &response, &relay_state)
        .await
}

async fn encryption_certificate(sso: &SsoFixture) -> Certificate {
    let mut tx = sso.server.app.store.snapshot().await.unwrap();
    let mut scope = tx.organization(&sso.organization);
    let keys = scope.connection_keys(&sso.connection).await.unwrap();
    let key = keys
        .into_iter()
        .find(|key| key.purpose == KeyPurpose::Decryption)
        .unwrap();
    let der = STANDARD.decode_to_vec(key.certificate).unwrap();
    Certificate::from_der(&der).unwrap()
}

fn encrypt_assertion(response: &str, certificate: &Certificate) -> String {
    let name = response.find("Assertion ").unwrap();
    let start = response[..name].rfind('<').unwrap();
    let end = response.rfind("Assertion>").unwrap() + "Assertion>".len();
    let ciphertext = STANDARD.encode_to_string(encrypt(&response[start..end]));
    let wrapped = STANDARD.encode_to_string(wrap_key(certificate));
    let encrypted = format!(
        "<e:EncryptedAssertion xmlns:e=\"urn:oasis:names:tc:SAML:2.0:assertion\" \
           xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\" xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\">\
         <x:EncryptedData><x:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes128-cbc\"/>\
         <d:KeyInfo><x:EncryptedKey><x:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>\
         <x:CipherData><x:CipherValue>{wrapped}</x:CipherValue></x:CipherData></x:EncryptedKey></d:KeyInfo>\
         <x:CipherData><x:CipherValue>{ciphertext}</x:CipherValue></x:CipherData></x:EncryptedData>\
         </e:EncryptedAssertion>"
    );
    format!("{}{encrypted}{}", &response[..start], &response[end..])
}

/// The initialization vector and the blocks, with the padding of XML Encryption.
fn encrypt(text: &str) -> Vec<u8> {
    let padding = 16 - text.len() % 16;
    let mut blocks = text.as_bytes().to_vec();
    blocks.extend(std::iter::repeat_n(0, padding - 1));
    blocks.push(u8::try_from(padding).unwrap());
    let key = EncryptingKey::cbc(UnboundCipherKey::new(&AES_128, &KEY).unwrap()).unwrap();
    let context = EncryptionContext::Iv128(FixedLength::from(VECTOR));
    key.less_safe_encrypt(&mut blocks, context).unwrap();
    [&VECTOR[..], &blocks].concat()
}

fn wrap_key(certificate: &Certificate) -> Vec<u8> {
    let key = PublicEncryptingKey::from_der(certificate.public_key().spki()).unwrap();
    let key = OaepPublicEncryptingKey::new(key).unwrap();
    let mut wrapped = vec![0; key.ciphertext_size()];
    key.encrypt(&OAEP_SHA1_MGF1SHA1, &KEY, &mut wrapped, None)
        .unwrap();
    wrapped
}

async fn accepting_cbc() -> SsoFixture {
    SsoFixture::with(|settings| settings.accept_cbc_since = Some(at(START))).await
}

#[tokio::test]
async fn an_assertion_encrypted_with_cbc_is_accepted_where_the_connection_allows_it() {
    let redirect = sign_in_with_cbc(&accepting_cbc().await, IdpBehavior::Valid).await;
    let location = redirect.location();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
    let page = sign_in_with_cbc(&SsoFixture::new().await, IdpBehavior::Valid).await;
    assert_eq!(page.error_code(), "cbc-not-allowed");
}

/// Only the administrator learns what is wrong inside: to the sender, each difference could reveal plaintext.
#[tokio::test]
async fn the_administrator_sees_what_is_wrong_inside_an_encrypted_assertion() {
    let sso = accepting_cbc().await;
    let page = sign_in_with_cbc(&sso, IdpBehavior::Sha1Digest).await;
    assert_eq!(page.error_code(), "decryption-failed");
    let attempt = sso.attempts().await.remove(0);
    assert!(!attempt.checks.contains("SHA-1"), "{}", attempt.checks);
    let mut browser = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut browser, attempt.id.as_str()).await;
    let text = page.visible_text();
    assert!(text.contains("decryption-failed"), "{text}");
    assert!(
        text.contains("the checks of the decrypted assertion"),
        "{text}"
    );
    assert!(text.contains("uses SHA-1, which is not allowed"), "{text}");
    let path = format!("/organizations/acme/sign-in-attempts/{}", attempt.id);
    let explained = sso.server.api.get(&path).await.json();
    assert_eq!(explained["is_decrypted"], true);
    assert_eq!(explained["code"], "decryption-failed");
    let diagnosis = &explained["diagnosis"];
    assert_eq!(diagnosis["code"], "sha1-not-allowed");
    let summary = diagnosis["summary"].as_str().unwrap();
    assert!(text.contains(summary), "{summary:?} in {text}");
}
