//! Enveloped signatures, made without the code that verifies them.

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use saml::write::{ElementBuilder, ForbiddenCharacter, Vocabulary};

use super::PracticeKey;

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DigestAlgorithm {
    Sha1,
    Sha256,
}

impl DigestAlgorithm {
    const fn uri(self) -> &'static str {
        match self {
            Self::Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
        }
    }

    fn digest_base64(self, bytes: &[u8]) -> String {
        let algorithm = match self {
            Self::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &SHA256,
        };
        base64_simd::STANDARD.encode_to_string(digest::digest(algorithm, bytes))
    }
}

/// The signature of `element`, which has this `ID` and no signature yet.
///
/// There is no canonicalization step: the serializer writes canonical form.
pub(super) fn sign(
    element: &ElementBuilder,
    id: &str,
    key: &PracticeKey,
    digest: DigestAlgorithm,
) -> Result<ElementBuilder, ForbiddenCharacter> {
    let digest_value = digest.digest_base64(element.write()?.as_bytes());
    let reference = ds("Reference")
        .attribute("URI", format!("#{id}"))
        .child(ds("Transforms").children([
            algorithm("Transform", ENVELOPED),
            algorithm("Transform", EXCLUSIVE_C14N),
        ]))
        .child(algorithm("DigestMethod", digest.uri()))
        .child(ds("DigestValue").text(digest_value));
    let signed_info = ds("SignedInfo")
        .child(algorithm("CanonicalizationMethod", EXCLUSIVE_C14N))
        .child(algorithm("SignatureMethod", RSA_SHA256))
        .child(reference);
    let value = key.sign(signed_info.write()?.as_bytes());
    Ok(ds("Signature")
        .child(signed_info)
        .child(ds("SignatureValue").text(base64_simd::STANDARD.encode_to_string(value)))
        .child(key_info(key)))
}

/// A `KeyInfo` with the key's certificate.
pub(super) fn key_info(key: &PracticeKey) -> ElementBuilder {
    let certificate = ds("X509Certificate").text(key.certificate_base64());
    ds("KeyInfo").child(ds("X509Data").child(certificate))
}

fn algorithm(name: &'static str, uri: &str) -> ElementBuilder {
    ds(name).attribute("Algorithm", uri)
}

fn ds(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Ds, name)
}
