//! Signs a document's elements, and encrypts them for the test service provider.

use aws_lc_rs::cipher::{AES_128, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::digest;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PublicEncryptingKey};
use saml::c14n::{Method, canonicalize};
use saml::xml::{Document, Element, Limits, Namespace, Profile, Source};

use crate::keys;

const VALUE: &str = "@@value@@";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const KEY: [u8; 16] = [7; 16];
const VECTOR: [u8; 16] = [9; 16];

/// The placeholder for the signature of the element with this ID.
pub(crate) fn mark(id: &str) -> String {
    format!("@@sign:{id}@@")
}

/// Replaces the placeholder of the element with this ID by the signature of the test identity provider.
pub(crate) fn sign(text: &str, id: &str) -> String {
    let digest = digest::digest(
        &digest::SHA256,
        &to_canonical(&remove_marks(text), |element| {
            element.attribute("ID") == Some(id)
        }),
    );
    let signature = format!(
        r##"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="{EXCLUSIVE}"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>{}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>{VALUE}</ds:SignatureValue></ds:Signature>"##,
        base64(digest.as_ref()),
    );
    let text = text.replace(&mark(id), &signature);
    let signed_info = to_canonical(&remove_marks(&text), |element| {
        element.is(Namespace::DS, "SignedInfo")
            && element
                .parent()
                .is_some_and(|signature| signature.source().contains(VALUE))
    });
    let value = keys::identity_provider()
        .sign(&signed_info)
        .expect("a signature");
    text.replace(VALUE, &base64(&value))
}

/// Encrypts text for the test service provider with AES-128-CBC, and returns an `EncryptedAssertion`.
pub(crate) fn encrypted_with_cbc(text: &str) -> String {
    let ciphertext = encrypt_cbc(text);
    encrypted_assertion(&ciphertext, &wrap_key())
}

/// An `EncryptedAssertion` with this ciphertext and this wrapped key.
pub(crate) fn encrypted_assertion(ciphertext: &[u8], wrapped_key: &[u8]) -> String {
    format!(
        r#"<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{}</saml:EncryptedAssertion>"#,
        encrypted_data(ciphertext, &encrypted_key(wrapped_key)),
    )
}

pub(crate) fn encrypted_data(ciphertext: &[u8], keys: &str) -> String {
    format!(
        r#"<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{keys}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"#,
        base64(ciphertext),
    )
}

pub(crate) fn encrypted_key(wrapped_key: &[u8]) -> String {
    format!(
        r#"<xenc:EncryptedKey xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>"#,
        base64(wrapped_key),
    )
}

/// The initialization vector and the blocks, with the padding of XML Encryption.
pub(crate) fn encrypt_cbc(text: &str) -> Vec<u8> {
    let padding = 16 - text.len() % 16;
    let mut blocks = text.as_bytes().to_vec();
    blocks.extend(std::iter::repeat_n(0, padding - 1));
    blocks.push(u8::try_from(padding).expect("at most 16"));
    let key = UnboundCipherKey::new(&AES_128, &KEY).expect("a key");
    let key = EncryptingKey::cbc(key).expect("a key for CBC");
    let context = EncryptionContext::Iv128(FixedLength::from(VECTOR));
    key.less_safe_encrypt(&mut blocks, context).expect("blocks");
    [&VECTOR[..], &blocks].concat()
}

/// The content key, wrapped for the test service provider.
pub(crate) fn wrap_key() -> Vec<u8> {
    let certificate = keys::certificate("keys/sp-encryption.crt");
    let key = PublicEncryptingKey::from_der(certificate.public_key().spki()).expect("an RSA key");
    let key = OaepPublicEncryptingKey::new(key).expect("an RSA key for OAEP");
    let mut wrapped = vec![0; key.ciphertext_size()];
    key.encrypt(&OAEP_SHA1_MGF1SHA1, &KEY, &mut wrapped, None)
        .expect("a wrapped key");
    wrapped
}

pub(crate) fn base64(octets: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(octets)
}

fn to_canonical(text: &str, wanted: impl Fn(&Element<'_>) -> bool) -> Vec<u8> {
    let source = Source::new(text.as_bytes(), &Limits::METADATA).expect("UTF-8");
    let document = Document::parse(&source, Profile::Message, &Limits::METADATA).expect("XML");
    let apex = document.elements().find(wanted).expect("the element");
    let mut octets = Vec::new();
    canonicalize(apex, None, &Method::Exclusive(Vec::new()), &mut octets).expect("a form");
    octets
}

fn remove_marks(text: &str) -> String {
    let mut parts = text.split("@@sign:");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    whole.extend(parts.map(|part| part.split_once("@@").map_or(part, |(_, rest)| rest)));
    whole
}
