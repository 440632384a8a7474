use super::Rejection;

impl Rejection {
    /// The expected value and the value in the message, for rejections that compare values.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each group of variants: a list, not a flow"
    )]
    pub fn expected_and_received(&self) -> (Option<String>, Option<String>) {
        let both =
            |expected: &str, received: &str| (Some(expected.to_owned()), Some(received.to_owned()));
        match self {
            Self::IssuerMismatch {
                expected, received, ..
            }
            | Self::DestinationMismatch { expected, received }
            | Self::RecipientMismatch { expected, received }
            | Self::ReferenceMismatch { expected, received } => both(expected, received),
            Self::AudienceMismatch { expected, received } => both(expected, &received.join(", ")),
            Self::InResponseToMismatch {
                expected, received, ..
            }
            | Self::InvalidReference { expected, received } => {
                (Some(expected.clone()), received.clone())
            }
            Self::DestinationMissing { expected } | Self::AudienceMissing { expected } => {
                (Some(expected.clone()), None)
            }
            Self::AuthnContextMismatch { expected, received }
            | Self::SignatureMismatch {
                expected, received, ..
            } => (Some(expected.join(", ")), received.clone()),
            Self::NotYetValid { from, now, .. } => {
                both(&format!("not before {from}"), &now.to_string())
            }
            Self::Expired { until, now, .. } => both(&format!("before {until}"), &now.to_string()),
            Self::CertificateExpired { until, now, .. } => {
                both(&format!("not after {until}"), &now.to_string())
            }
            Self::InResponseToInconsistent {
                response,
                assertion,
            } => (response.clone(), assertion.clone()),
            Self::NotAResponse { received, .. } => both("a SAML 2.0 Response", received),
            Self::UnsupportedVersion { received, .. } => (Some("2.0".to_owned()), received.clone()),
            Self::InvalidTimestamp { received, .. } => {
                both("a UTC time such as 2026-01-31T12:00:00Z", received)
            }
            Self::IdpErrorStatus { codes, .. } => both(
                "urn:oasis:names:tc:SAML:2.0:status:Success",
                &codes.join(" / "),
            ),
            Self::SubjectConfirmationMissing { received } => both(
                "urn:oasis:names:tc:SAML:2.0:cm:bearer",
                &received.join(", "),
            ),
            Self::MultipleAssertions { received } => both("1", &received.to_string()),
            Self::MessageTooLarge { limit, received } => {
                both(&format!("at most {limit}"), &received.to_string())
            }
            Self::SignatureAlgorithmNotAllowed { received }
            | Self::DigestAlgorithmNotAllowed { received }
            | Self::Sha1NotAllowed { received }
            | Self::CanonicalizationAlgorithmNotAllowed { received }
            | Self::EncryptionAlgorithmNotAllowed { received }
            | Self::CbcNotAllowed { received }
            | Self::UnknownCondition { received }
            | Self::UnexpectedInResponseTo { received } => (None, Some(received.clone())),
            Self::TransformNotAllowed { received } => (None, Some(received.join(", "))),
            Self::InvalidId { received, .. } => (None, received.clone()),
            _ => (None, None),
        }
    }
}
