use crate::certificate::{Certificate, Sha1Exception};
use crate::rejection::Rejection;
use crate::timestamp::Timestamp;

/// The keys that may sign for one connection, and nothing else.
///
/// There is none without a key: a connection that trusts nobody cannot be asked.
#[derive(Clone, Debug)]
pub struct Trust {
    certificates: Vec<Certificate>,
    sha1: Option<Sha1Exception>,
    expiry: Expiry,
}

/// What the last day of a certificate means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The key counts; the certificate's dates are for reminders (saml metadata interoperability profile, 2.6.1).
    Remind,
    /// A signature made with a certificate that is over is refused, as Microsoft demands for Entra ID.
    Refuse,
}

impl Trust {
    /// Trusts these certificates.
    ///
    /// # Errors
    ///
    /// [`Rejection::NoTrustedKey`] when there is none.
    pub fn new(certificates: Vec<Certificate>) -> Result<Self, Rejection> {
        if certificates.is_empty() {
            return Err(Rejection::NoTrustedKey);
        }
        Ok(Self {
            certificates,
            sha1: None,
            expiry: Expiry::Remind,
        })
    }

    /// Accepts SHA-1 too: anybody who can find collisions may then forge a sign-in.
    #[must_use]
    pub fn danger_accept_sha1(self) -> Self {
        Self {
            sha1: Some(Sha1Exception::danger_accept_sha1()),
            ..self
        }
    }

    /// Says what the last day of a certificate means.
    #[must_use]
    pub fn with_expiry(self, expiry: Expiry) -> Self {
        Self { expiry, ..self }
    }

    /// The trusted certificates.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    pub(crate) fn sha1_exception(&self) -> Option<Sha1Exception> {
        self.sha1
    }

    /// Refuses a certificate that is over, where the connection wants that.
    ///
    /// The key counts: another configured certificate of the same key may still run.
    pub(crate) fn check_expiry(
        &self,
        signer: &Certificate,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let runs = |one: &Certificate| one.has_key_of(signer) && !one.is_over(now.unix_seconds());
        match self.expiry {
            Expiry::Refuse if !self.certificates.iter().any(runs) => {
                Err(Rejection::expired_certificate(signer, now))
            }
            Expiry::Refuse | Expiry::Remind => Ok(()),
        }
    }
}
