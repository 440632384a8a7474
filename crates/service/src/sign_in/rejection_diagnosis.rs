//! A closer look at a rejected response: some rejections can have several causes, which an administrator repairs in
//! different places.
//!
//! It runs after the verdict and never changes whether a user is signed in.

use base64_simd::STANDARD;
use jiff::Timestamp;
use runtime::email_address::EmailAddress;
use saml::certificate::Certificate;
use saml::{Claims, Rejection, UnverifiedMessage};
use store::KeyPurpose;

use super::attribute_mapping::has_joined_emails;
use super::error::SignInError;
use super::response_review::{MAX_CANDIDATE_CERTIFICATES, ResponseUnderReview, certificate};

impl ResponseUnderReview<'_> {
    /// The most specific error for a rejection.
    pub(super) async fn diagnose_rejection(&self, rejection: Rejection) -> SignInError {
        let specific = match rejection {
            Rejection::SignatureMismatch { .. } => self.wrong_connection_certificate().await,
            Rejection::NotYetValid { now, .. } => self.idp_clock_ahead(now),
            Rejection::Expired { .. } => self.idp_clock_behind(),
            Rejection::DecryptionFailed => self.wrong_encryption_key().await,
            _ => None,
        };
        specific.unwrap_or_else(|| rejection.into())
    }

    /// A response that was issued in the future was issued by a clock that is ahead.
    fn idp_clock_ahead(&self, now: Timestamp) -> Option<SignInError> {
        let issued = UnverifiedMessage::parse(self.response)?.issued?;
        let ahead = issued.as_second() - now.as_second();
        (ahead > self.clock_tolerance()).then_some(SignInError::IdpClockAhead { issued, now })
    }

    /// A response that was issued before it was requested was issued by a clock that is behind.
    fn idp_clock_behind(&self) -> Option<SignInError> {
        let requested_at = self.requested_at?;
        let issued = UnverifiedMessage::parse(self.response)?.issued?;
        let behind = requested_at.as_second() - issued.as_second();
        (behind > self.clock_tolerance()).then_some(SignInError::IdpClockBehind {
            issued,
            requested: requested_at,
        })
    }

    fn clock_tolerance(&self) -> i64 {
        self.org_connection
            .connection
            .settings
            .clock_tolerance
            .as_secs()
    }

    /// Looks for another connection of the same organization whose certificate made the signature. Connections of
    /// other organizations are not tried: no one may learn of them.
    async fn wrong_connection_certificate(&self) -> Option<SignInError> {
        let organization = &self.org_connection.organization.id;
        let mut tx = self.app.store.snapshot().await.ok()?;
        let connections = tx.organization(organization).connections().await.ok()?;
        drop(tx);
        let candidates = connections
            .into_iter()
            .filter(|other| other.id != self.org_connection.connection.id)
            .flat_map(|other| {
                let name = other.settings.name;
                let certificates = other.certificates.into_iter();
                certificates.map(move |stored| (name.clone(), stored))
            });
        candidates
            .take(MAX_CANDIDATE_CERTIFICATES)
            .find_map(|(connection, stored)| {
                let certificate = certificate(&stored).ok()?;
                self.is_signed_with(&certificate)
                    .then(|| SignInError::WrongConnectionCertificate {
                        connection,
                        sha256: certificate.sha256(),
                    })
            })
    }

    /// Compares the key that the message was encrypted for with the connection's own keys.
    async fn wrong_encryption_key(&self) -> Option<SignInError> {
        let encrypted_for = UnverifiedMessage::parse(self.response)?.encrypted_for;
        let received = encrypted_for.first()?.clone();
        let connection = &self.org_connection.connection;
        let mut tx = self.app.store.snapshot().await.ok()?;
        let mut organization = tx.organization(&connection.organization);
        let stored = organization.connection_keys(&connection.id).await.ok()?;
        let own_keys: Vec<(String, Option<Timestamp>)> = stored
            .into_iter()
            .filter(|key| key.purpose == KeyPurpose::Decryption)
            .filter_map(|key| Some((fingerprint(&key.certificate)?, key.retired_at)))
            .collect();
        let is_retired = |at: &Option<Timestamp>| at.is_some_and(|at| at <= self.now);
        let expected = own_keys
            .iter()
            .find(|(_, retired_at)| !is_retired(retired_at))
            .map(|(sha256, _)| sha256.clone());
        match own_keys
            .iter()
            .find(|(sha256, _)| encrypted_for.contains(sha256))
        {
            Some((_, retired_at)) if is_retired(retired_at) => {
                Some(SignInError::EncryptedForRetiredKey { expected, received })
            }
            Some(_) => None,
            None => Some(SignInError::EncryptedForUnknownKey { expected, received }),
        }
    }
}

/// Names the attribute that holds an email address, when the assertion has one under a name that is not mapped.
pub fn with_email_candidate(error: SignInError, claims: &Claims) -> SignInError {
    if !matches!(error, SignInError::EmailMissing) {
        return error;
    }
    let joined = claims.attributes.iter().find(|attribute| {
        let mut values = attribute.values.iter();
        values.any(has_joined_emails)
    });
    let candidate = claims.attributes.iter().find(|attribute| {
        attribute
            .values
            .iter()
            .any(|value| EmailAddress::parse(value).is_some())
    });
    match candidate {
        Some(attribute) => SignInError::EmailAttributeMismatch {
            attribute: attribute.name.clone(),
        },
        None => joined.map_or(error, |attribute| SignInError::EmailValuesJoined {
            attribute: attribute.name.clone(),
        }),
    }
}

fn fingerprint(base64: &str) -> Option<String> {
    let der = STANDARD.decode_to_vec(base64).ok()?;
    Certificate::from_der(&der)
        .ok()
        .map(|certificate| certificate.sha256())
}
