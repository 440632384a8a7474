//! Enveloped signatures over the output of [`crate::write`].

use aws_lc_rs::digest;

use crate::certificate::Certificate;
use crate::key::{KeyError, SigningKey};
use crate::write::{ElementBuilder, ForbiddenCharacter, Vocabulary};

/// A signing key with its certificate.
#[derive(Debug)]
pub struct Signer {
    key: SigningKey,
    certificate: Certificate,
}

/// Why signing failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    #[error("the certificate does not belong to the signing key")]
    CertificateMismatch,
    #[error(transparent)]
    Key(KeyError),
    #[error(transparent)]
    Character(ForbiddenCharacter),
}

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

impl Signer {
    /// # Errors
    ///
    /// [`SignError::CertificateMismatch`] if the certificate has another public key.
    pub fn new(key: SigningKey, certificate: Certificate) -> Result<Self, SignError> {
        if key.public_key() != certificate.public_key() {
            return Err(SignError::CertificateMismatch);
        }
        Ok(Self { key, certificate })
    }

    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Creates the `Signature` of `element`, whose `ID` is `id`.
    ///
    /// The caller inserts it into that element. This does not change the digest: the enveloped-signature transform
    /// removes it, and it declares its own namespace.
    pub(crate) fn signature(
        &self,
        element: &ElementBuilder,
        id: &str,
    ) -> Result<ElementBuilder, SignError> {
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

fn signed_info(algorithm: &str, id: &str, digest: &[u8]) -> ElementBuilder {
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

pub(crate) fn key_info(certificate: &Certificate) -> ElementBuilder {
    ds("KeyInfo").child(ds("X509Data").child(ds("X509Certificate").text(certificate.base64())))
}

fn ds(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Ds, name)
}

fn base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}
