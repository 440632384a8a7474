use aws_lc_rs::{constant_time, digest};

use super::trust::Trust;
use crate::c14n::Sink;
use crate::rejection::{Rejection, shorten};

/// A digest algorithm that a Reference may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Algorithm(&'static digest::Algorithm);

impl Algorithm {
    pub(super) fn from_uri(uri: &str, trust: &Trust) -> Result<Self, Rejection> {
        match uri {
            "http://www.w3.org/2001/04/xmlenc#sha256" => Ok(Self(&digest::SHA256)),
            "http://www.w3.org/2001/04/xmldsig-more#sha384" => Ok(Self(&digest::SHA384)),
            "http://www.w3.org/2001/04/xmlenc#sha512" => Ok(Self(&digest::SHA512)),
            "http://www.w3.org/2000/09/xmldsig#sha1" if trust.sha1_exception().is_some() => {
                Ok(Self(&digest::SHA1_FOR_LEGACY_USE_ONLY))
            }
            "http://www.w3.org/2000/09/xmldsig#sha1" => Err(Rejection::Sha1 {
                received: shorten(uri),
            }),
            _ => Err(Rejection::DigestAlgorithm {
                received: shorten(uri),
            }),
        }
    }
}

/// Digests canonical octets while they are made.
pub(super) struct Digesting(digest::Context);

impl Digesting {
    pub(super) fn new(algorithm: Algorithm) -> Self {
        Self(digest::Context::new(algorithm.0))
    }

    /// Whether the digest of what was written is `expected`, compared in constant time.
    pub(super) fn is(self, expected: &[u8]) -> bool {
        let digest = self.0.finish();
        constant_time::verify_slices_are_equal(digest.as_ref(), expected).is_ok()
    }
}

impl Sink for Digesting {
    fn write(&mut self, octets: &[u8]) {
        self.0.update(octets);
    }
}
