use super::Rejection;

impl Rejection {
    /// What would have been right and what came, for those reasons that have two sides.
    #[must_use]
    pub fn sides(&self) -> (Option<String>, Option<String>) {
        let both =
            |expected: &str, received: &str| (Some(expected.to_owned()), Some(received.to_owned()));
        match self {
            Self::Issuer {
                expected, received, ..
            }
            | Self::Destination { expected, received }
            | Self::Recipient { expected, received }
            | Self::ReferenceToOther { expected, received } => both(expected, received),
            Self::Audience { expected, received } => both(expected, &received.join(", ")),
            Self::InResponseTo { expected, received } | Self::Reference { expected, received } => {
                (Some(expected.clone()), received.clone())
            }
            Self::DestinationMissing { expected } | Self::AudienceMissing { expected } => {
                (Some(expected.clone()), None)
            }
            Self::SignatureMismatch {
                expected, received, ..
            } => (Some(expected.join(", ")), received.clone()),
            Self::TooEarly { from, now, .. } => {
                both(&format!("not before {from}"), &now.to_string())
            }
            Self::Expired { until, now, .. } => both(&format!("before {until}"), &now.to_string()),
            Self::CertificateExpired { until, now, .. } => {
                both(&format!("not after {until}"), &now.to_string())
            }
            Self::InResponseToContradicts {
                response,
                assertion,
            } => (response.clone(), assertion.clone()),
            Self::NotAResponse { received, .. } => both("a SAML 2.0 Response", received),
            Self::Version { received, .. } => (Some("2.0".to_owned()), received.clone()),
            Self::Timestamp { received, .. } => {
                both("a UTC time such as 2026-01-31T12:00:00Z", received)
            }
            Self::Status { codes, .. } => both(
                "urn:oasis:names:tc:SAML:2.0:status:Success",
                &codes.join(" / "),
            ),
            Self::SubjectConfirmationMissing { received } => both(
                "urn:oasis:names:tc:SAML:2.0:cm:bearer",
                &received.join(", "),
            ),
            Self::AssertionMultiple { received } => both("1", &received.to_string()),
            Self::TooLarge { limit, received } => {
                both(&format!("at most {limit}"), &received.to_string())
            }
            Self::SignatureAlgorithm { received }
            | Self::DigestAlgorithm { received }
            | Self::Sha1 { received }
            | Self::CanonicalizationAlgorithm { received }
            | Self::EncryptionAlgorithm { received }
            | Self::CbcNotAccepted { received }
            | Self::ConditionUnknown { received }
            | Self::NotUnsolicited { received } => (None, Some(received.clone())),
            Self::Transform { received } => (None, Some(received.join(", "))),
            Self::IdInvalid { received, .. } => (None, received.clone()),
            _ => (None, None),
        }
    }
}
