use aws_lc_rs::{constant_time, digest};

use super::trust::Trust;
use crate::c14n::Sink;
use crate::rejection::{Rejection, shorten};

/// An accepted digest algorithm of a Reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DigestAlgorithm(&'static digest::Algorithm);

impl DigestAlgorithm {
    pub(super) fn from_uri(uri: &str, trust: &Trust) -> Result<Self, Rejection> {
        match uri {
            "http://www.w3.org/2001/04/xmlenc#sha256" => Ok(Self(&digest::SHA256)),
            "http://www.w3.org/2001/04/xmldsig-more#sha384" => Ok(Self(&digest::SHA384)),
            "http://www.w3.org/2001/04/xmlenc#sha512" => Ok(Self(&digest::SHA512)),
            "http://www.w3.org/2000/09/xmldsig#sha1" if trust.sha1_exception().is_some() => {
                Ok(Self(&digest::SHA1_FOR_LEGACY_USE_ONLY))
            }
            "http://www.w3.org/2000/09/xmldsig#sha1" => Err(Rejection::Sha1NotAllowed {
                received: shorten(uri),
            }),
            _ => Err(Rejection::DigestAlgorithmNotAllowed {
                received: shorten(uri),
            }),
        }
    }
}

/// Digests canonical octets as they are written.
pub(super) struct DigestSink(digest::Context);

impl DigestSink {
    pub(super) fn new(algorithm: DigestAlgorithm) -> Self {
        Self(digest::Context::new(algorithm.0))
    }

    /// Compares the digest of the written octets with `expected`, in constant time.
    pub(super) fn matches(self, expected: &[u8]) -> bool {
        let digest = self.0.finish();
        constant_time::verify_slices_are_equal(digest.as_ref(), expected).is_ok()
    }
}

impl Sink for DigestSink {
    fn write(&mut self, octets: &[u8]) {
        self.0.update(octets);
    }
}
