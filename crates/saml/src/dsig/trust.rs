use jiff::Timestamp;

use crate::certificate::{Certificate, Sha1Exception};
use crate::rejection::Rejection;

/// The certificates that may sign for one connection: always at least one.
#[derive(Clone, Debug)]
pub struct Trust {
    certificates: Vec<Certificate>,
    sha1: Option<Sha1Exception>,
    expiry_policy: ExpiryPolicy,
}

/// What happens after a certificate has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryPolicy {
    /// The signature is accepted; the dates only serve reminders (SAML metadata interoperability profile, 2.6.1).
    Warn,
    /// The signature is rejected, as Microsoft requires for Entra ID.
    Reject,
}

/// Whether the certificate that signed is valid, where it is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CertificateValidity {
    Valid,
    ExpiredButAccepted,
}

impl Trust {
    /// # Errors
    ///
    /// [`Rejection::NoTrustedKey`] for an empty list.
    pub fn new(certificates: Vec<Certificate>) -> Result<Self, Rejection> {
        if certificates.is_empty() {
            return Err(Rejection::NoTrustedKey);
        }
        Ok(Self {
            certificates,
            sha1: None,
            expiry_policy: ExpiryPolicy::Warn,
        })
    }

    /// Accepts SHA-1 too: an attacker who can find collisions may then forge a sign-in.
    #[must_use]
    pub fn danger_accept_sha1(self) -> Self {
        Self {
            sha1: Some(Sha1Exception::danger_accept_sha1()),
            ..self
        }
    }

    #[must_use]
    pub fn with_expiry_policy(self, expiry_policy: ExpiryPolicy) -> Self {
        Self {
            expiry_policy,
            ..self
        }
    }

    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    pub(crate) fn sha1_exception(&self) -> Option<Sha1Exception> {
        self.sha1
    }

    /// Rejects an expired certificate, if the policy says so.
    ///
    /// Another configured certificate with the same key may still be valid.
    pub(crate) fn check_expiry(
        &self,
        signer: &Certificate,
        now: Timestamp,
    ) -> Result<CertificateValidity, Rejection> {
        let is_valid = |certificate: &Certificate| {
            certificate.has_same_key(signer) && !certificate.is_expired_at(now)
        };
        let is_any_valid = self.certificates.iter().any(is_valid);
        match self.expiry_policy {
            ExpiryPolicy::Reject | ExpiryPolicy::Warn if is_any_valid => {
                Ok(CertificateValidity::Valid)
            }
            ExpiryPolicy::Reject => Err(Rejection::certificate_expired(signer, now)),
            ExpiryPolicy::Warn => Ok(CertificateValidity::ExpiredButAccepted),
        }
    }
}
