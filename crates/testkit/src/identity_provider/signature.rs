//! Enveloped signatures, made without the code that verifies them.

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use saml::write::{Element, ForbiddenCharacter, Vocabulary};

use super::PracticeKey;

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// The digest over what is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    Sha1,
    Sha256,
}

impl Digest {
    const fn uri(self) -> &'static str {
        match self {
            Self::Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
        }
    }

    fn of(self, octets: &[u8]) -> String {
        let algorithm = match self {
            Self::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &SHA256,
        };
        base64_simd::STANDARD.encode_to_string(digest::digest(algorithm, octets))
    }
}

/// The signature over an element, which has this `ID` and no signature yet.
///
/// Nothing has to be canonicalised: the serializer writes canonical form.
pub(super) fn signature(
    element: &Element,
    id: &str,
    key: &PracticeKey,
    digest: Digest,
) -> Result<Element, ForbiddenCharacter> {
    let reference = ds("Reference")
        .attribute("URI", format!("#{id}"))
        .child(ds("Transforms").children([
            algorithm("Transform", ENVELOPED),
            algorithm("Transform", EXCLUSIVE_C14N),
        ]))
        .child(algorithm("DigestMethod", digest.uri()))
        .child(ds("DigestValue").text(digest.of(element.write()?.as_bytes())));
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

/// Names the certificate.
pub(super) fn key_info(key: &PracticeKey) -> Element {
    let certificate = ds("X509Certificate").text(key.certificate_base64());
    ds("KeyInfo").child(ds("X509Data").child(certificate))
}

fn algorithm(name: &'static str, uri: &str) -> Element {
    ds(name).attribute("Algorithm", uri)
}

fn ds(name: &'static str) -> Element {
    Element::new(Vocabulary::Ds, name)
}
