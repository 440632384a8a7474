//! Signatures that we make: enveloped, over what [`crate::write`] writes.

use aws_lc_rs::digest;

use crate::certificate::Certificate;
use crate::key::{KeyError, SigningKey};
use crate::write::{Element, ForbiddenCharacter, Vocabulary};

/// A signing key together with the certificate by which others know it.
#[derive(Debug)]
pub struct Signer {
    key: SigningKey,
    certificate: Certificate,
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The certificate carries another key.
    #[error("the certificate does not belong to the signing key")]
    ForeignCertificate,
    /// The library could not sign.
    #[error(transparent)]
    Key(KeyError),
    /// A value cannot be written as XML.
    #[error(transparent)]
    Character(ForbiddenCharacter),
}

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

impl Signer {
    /// Puts the two together, if they belong together.
    pub fn new(key: SigningKey, certificate: Certificate) -> Result<Self, SignError> {
        if key.public_key() != certificate.public_key() {
            return Err(SignError::ForeignCertificate);
        }
        Ok(Self { key, certificate })
    }

    /// The key.
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The certificate.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Makes the `Signature` element over `element`, whose `ID` is `id`.
    ///
    /// The caller puts it into that element, which changes nothing in what was digested: the
    /// enveloped-signature transform takes it out again, and it declares its namespace itself.
    pub(crate) fn signature(&self, element: &Element, id: &str) -> Result<Element, SignError> {
        let octets = element.write().map_err(SignError::Character)?;
        let digest = digest::digest(&digest::SHA256, octets.as_bytes());
        let signed_info = signed_info(self.key.algorithm().uri(), id, digest.as_ref());
        let octets = signed_info.write().map_err(SignError::Character)?;
        let value = self.key.sign(octets.as_bytes()).map_err(SignError::Key)?;
        Ok(ds("Signature")
            .child(signed_info)
            .child(ds("SignatureValue").text(base64(&value)))
            .child(key_info(&self.certificate)))
    }
}

fn signed_info(algorithm: &str, id: &str, digest: &[u8]) -> Element {
    let transforms = ds("Transforms")
        .child(ds("Transform").attribute("Algorithm", ENVELOPED))
        .child(ds("Transform").attribute("Algorithm", EXCLUSIVE_C14N));
    let reference = ds("Reference")
        .attribute("URI", format!("#{id}"))
        .child(transforms)
        .child(ds("DigestMethod").attribute("Algorithm", SHA256))
        .child(ds("DigestValue").text(base64(digest)));
    ds("SignedInfo")
        .child(ds("CanonicalizationMethod").attribute("Algorithm", EXCLUSIVE_C14N))
        .child(ds("SignatureMethod").attribute("Algorithm", algorithm))
        .child(reference)
}

/// `KeyInfo` with the one certificate.
pub(crate) fn key_info(certificate: &Certificate) -> Element {
    ds("KeyInfo").child(ds("X509Data").child(ds("X509Certificate").text(certificate.base64())))
}

fn ds(name: &'static str) -> Element {
    Element::new(Vocabulary::Ds, name)
}

fn base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}
