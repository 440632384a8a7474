use super::{Rejection, WrongMessageKind};

impl Rejection {
    /// The identifier that pages, logs, documentation and support requests share. Never changes.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "one line for each variant: a list, not a flow"
    )]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptyMessage => "empty-message",
            Self::NotBase64 => "not-base64",
            Self::CompressedResponse => "compressed-response",
            Self::ResponseByRedirect => "response-by-redirect",
            Self::MessageTooLarge { .. } => "message-too-large",
            Self::Xml(error) => error.fault.code(),
            Self::NotAResponse { kind, .. } => kind.code(),
            Self::InvalidStructure { .. } => "invalid-structure",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::InvalidId { .. } => "invalid-id",
            Self::AmbiguousAttribute { .. } => "ambiguous-attribute",
            Self::UnsupportedVersion { .. } => "unsupported-version",
            Self::CommentInValue { .. } => "comment-in-value",
            Self::InvalidValue { .. } => "invalid-value",
            Self::InvalidTimestamp { .. } => "invalid-timestamp",
            Self::IdpErrorStatus { .. } => "idp-error-status",
            Self::Unsigned => "unsigned",
            Self::NoTrustedKey => "no-trusted-key",
            Self::SignatureMisplaced { .. } => "signature-misplaced",
            Self::InvalidSignatureStructure { .. } => "invalid-signature-structure",
            Self::SignatureAlgorithmNotAllowed { .. } => "signature-algorithm-not-allowed",
            Self::DigestAlgorithmNotAllowed { .. } => "digest-algorithm-not-allowed",
            Self::Sha1NotAllowed { .. } => "sha1-not-allowed",
            Self::CanonicalizationAlgorithmNotAllowed { .. } => {
                "canonicalization-algorithm-not-allowed"
            }
            Self::TransformNotAllowed { .. } => "transform-not-allowed",
            Self::InvalidReference { .. } => "invalid-reference",
            Self::ReferenceMismatch { .. } => "reference-mismatch",
            Self::InvalidCanonicalization { .. } => "invalid-canonicalization",
            Self::SignatureMismatch { .. } => "signature-mismatch",
            Self::DigestMismatch { .. } => "digest-mismatch",
            Self::SignedBeforeEncryption => "signed-before-encryption",
            Self::CertificateExpired { .. } => "certificate-expired",
            Self::AssertionMissing => "assertion-missing",
            Self::MultipleAssertions { .. } => "multiple-assertions",
            Self::InvalidEncryptionStructure { .. } => "invalid-encryption-structure",
            Self::EncryptionAlgorithmNotAllowed { .. } => "encryption-algorithm-not-allowed",
            Self::CbcNotAllowed { .. } => "cbc-not-allowed",
            Self::DecryptionKeyMissing => "decryption-key-missing",
            Self::DecryptionFailed => "decryption-failed",
            Self::IssuerMissing { .. } => "issuer-missing",
            Self::IssuerMismatch { .. } => "issuer-mismatch",
            Self::DestinationMissing { .. } => "destination-missing",
            Self::DestinationMismatch { .. } => "destination-mismatch",
            Self::SubjectMissing => "subject-missing",
            Self::SubjectConfirmationMissing { .. } => "subject-confirmation-missing",
            Self::InvalidSubjectConfirmation { .. } => "invalid-subject-confirmation",
            Self::RecipientMismatch { .. } => "recipient-mismatch",
            Self::ConditionsMissing => "conditions-missing",
            Self::UnknownCondition { .. } => "unknown-condition",
            Self::AudienceMissing { .. } => "audience-missing",
            Self::AudienceMismatch { .. } => "audience-mismatch",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Expired { .. } => "expired",
            Self::InvalidValidityPeriod { .. } => "invalid-validity-period",
            Self::InResponseToMismatch { .. } => "in-response-to-mismatch",
            Self::InResponseToInconsistent { .. } => "in-response-to-inconsistent",
            Self::UnexpectedInResponseTo { .. } => "unexpected-in-response-to",
            Self::AuthnStatementMissing => "authn-statement-missing",
            Self::AuthnContextMismatch { .. } => "authn-context-mismatch",
            Self::ResponseSignatureMissing => "response-signature-missing",
            Self::AssertionSignatureMissing => "assertion-signature-missing",
            Self::EncryptionMissing => "encryption-missing",
            Self::InvalidNameId { .. } => "invalid-name-id",
        }
    }
}

impl WrongMessageKind {
    const fn code(self) -> &'static str {
        match self {
            Self::LogoutResponse => "unexpected-logout-response",
            Self::LogoutRequest => "unexpected-logout-request",
            Self::AuthnRequest => "unexpected-authn-request",
            Self::Metadata => "unexpected-metadata",
            Self::Other => "not-a-response",
        }
    }
}
