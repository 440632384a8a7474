//! The codes of what the protocol crates report.

use oidc::authorization::ClientValidationError;
use oidc::{FormError, ParameterError};
use saml::xml::XmlFault;
use saml::{Rejection, WrongMessageKind};

use super::Code;

impl From<&ClientValidationError> for Code {
    fn from(error: &ClientValidationError) -> Self {
        let code = match error {
            ClientValidationError::Form(error) => match error {
                FormError::TooLong { .. } => Self::RequestTooLong,
                FormError::TooManyParameters { .. } => Self::TooManyParameters,
                FormError::Malformed => Self::MalformedRequest,
            },
            ClientValidationError::Parameter(error) => match error {
                ParameterError::Repeated { .. } => Self::ParameterRepeated,
                ParameterError::TooLong { .. } => Self::ParameterTooLong,
                ParameterError::ControlCharacter { .. } => Self::ParameterControlCharacter,
            },
            ClientValidationError::MissingParameter { .. } => Self::ParameterMissing,
            ClientValidationError::ClientNotFound { .. } => Self::ClientNotFound,
            ClientValidationError::RedirectUriNotRegistered { .. } => {
                Self::RedirectUriNotRegistered
            }
        };
        debug_assert_eq!(code.as_str(), error.code());
        code
    }
}

impl From<&Rejection> for Code {
    #[expect(
        clippy::too_many_lines,
        reason = "one line for each variant: a list, not a flow"
    )]
    fn from(rejection: &Rejection) -> Self {
        let code = match rejection {
            Rejection::EmptyMessage => Self::EmptyMessage,
            Rejection::NotBase64 => Self::NotBase64,
            Rejection::CompressedResponse => Self::CompressedResponse,
            Rejection::ResponseByRedirect => Self::ResponseByRedirect,
            Rejection::MessageTooLarge { .. } => Self::MessageTooLarge,
            Rejection::Xml(error) => error.fault.into(),
            Rejection::NotAResponse { kind, .. } => match kind {
                WrongMessageKind::LogoutResponse => Self::UnexpectedLogoutResponse,
                WrongMessageKind::LogoutRequest => Self::UnexpectedLogoutRequest,
                WrongMessageKind::AuthnRequest => Self::UnexpectedAuthnRequest,
                WrongMessageKind::Metadata => Self::UnexpectedMetadata,
                WrongMessageKind::Other => Self::NotAResponse,
            },
            Rejection::InvalidStructure { .. } => Self::InvalidStructure,
            Rejection::DuplicateId { .. } => Self::DuplicateId,
            Rejection::InvalidId { .. } => Self::InvalidId,
            Rejection::AmbiguousAttribute { .. } => Self::AmbiguousAttribute,
            Rejection::UnsupportedVersion { .. } => Self::UnsupportedVersion,
            Rejection::CommentInValue { .. } => Self::CommentInValue,
            Rejection::InvalidValue { .. } => Self::InvalidValue,
            Rejection::InvalidTimestamp { .. } => Self::InvalidTimestamp,
            Rejection::IdpErrorStatus { .. } => Self::IdpErrorStatus,
            Rejection::Unsigned => Self::Unsigned,
            Rejection::NoTrustedKey => Self::NoTrustedKey,
            Rejection::SignatureMisplaced { .. } => Self::SignatureMisplaced,
            Rejection::InvalidSignatureStructure { .. } => Self::InvalidSignatureStructure,
            Rejection::SignatureAlgorithmNotAllowed { .. } => Self::SignatureAlgorithmNotAllowed,
            Rejection::DigestAlgorithmNotAllowed { .. } => Self::DigestAlgorithmNotAllowed,
            Rejection::Sha1NotAllowed { .. } => Self::Sha1NotAllowed,
            Rejection::CanonicalizationAlgorithmNotAllowed { .. } => {
                Self::CanonicalizationAlgorithmNotAllowed
            }
            Rejection::TransformNotAllowed { .. } => Self::TransformNotAllowed,
            Rejection::InvalidReference { .. } => Self::InvalidReference,
            Rejection::ReferenceMismatch { .. } => Self::ReferenceMismatch,
            Rejection::InvalidCanonicalization { .. } => Self::InvalidCanonicalization,
            Rejection::SignatureMismatch { .. } => Self::SignatureMismatch,
            Rejection::DigestMismatch { .. } => Self::DigestMismatch,
            Rejection::SignedBeforeEncryption => Self::SignedBeforeEncryption,
            Rejection::CertificateExpired { .. } => Self::CertificateExpired,
            Rejection::AssertionMissing => Self::AssertionMissing,
            Rejection::MultipleAssertions { .. } => Self::MultipleAssertions,
            Rejection::InvalidEncryptionStructure { .. } => Self::InvalidEncryptionStructure,
            Rejection::EncryptionAlgorithmNotAllowed { .. } => Self::EncryptionAlgorithmNotAllowed,
            Rejection::CbcNotAllowed { .. } => Self::CbcNotAllowed,
            Rejection::DecryptionKeyMissing => Self::DecryptionKeyMissing,
            Rejection::DecryptionFailed => Self::DecryptionFailed,
            Rejection::IssuerMissing { .. } => Self::IssuerMissing,
            Rejection::IssuerMismatch { .. } => Self::IssuerMismatch,
            Rejection::DestinationMissing { .. } => Self::DestinationMissing,
            Rejection::DestinationMismatch { .. } => Self::DestinationMismatch,
            Rejection::SubjectMissing => Self::SubjectMissing,
            Rejection::SubjectConfirmationMissing { .. } => Self::SubjectConfirmationMissing,
            Rejection::InvalidSubjectConfirmation { .. } => Self::InvalidSubjectConfirmation,
            Rejection::RecipientMismatch { .. } => Self::RecipientMismatch,
            Rejection::ConditionsMissing => Self::ConditionsMissing,
            Rejection::UnknownCondition { .. } => Self::UnknownCondition,
            Rejection::AudienceMissing { .. } => Self::AudienceMissing,
            Rejection::AudienceMismatch { .. } => Self::AudienceMismatch,
            Rejection::NotYetValid { .. } => Self::NotYetValid,
            Rejection::Expired { .. } => Self::Expired,
            Rejection::InvalidValidityPeriod { .. } => Self::InvalidValidityPeriod,
            Rejection::InResponseToMismatch { .. } => Self::InResponseToMismatch,
            Rejection::InResponseToInconsistent { .. } => Self::InResponseToInconsistent,
            Rejection::UnexpectedInResponseTo { .. } => Self::UnexpectedInResponseTo,
            Rejection::AuthnStatementMissing => Self::AuthnStatementMissing,
            Rejection::AuthnContextMismatch { .. } => Self::AuthnContextMismatch,
            Rejection::ResponseSignatureMissing => Self::ResponseSignatureMissing,
            Rejection::AssertionSignatureMissing => Self::AssertionSignatureMissing,
            Rejection::EncryptionMissing => Self::EncryptionMissing,
            Rejection::InvalidNameId { .. } => Self::InvalidNameId,
        };
        debug_assert_eq!(code.as_str(), rejection.code());
        code
    }
}

impl From<XmlFault> for Code {
    fn from(fault: XmlFault) -> Self {
        match fault {
            XmlFault::NotUtf8 => Self::NotUtf8,
            XmlFault::Encoding(_) => Self::XmlEncoding,
            XmlFault::Doctype => Self::XmlDoctype,
            XmlFault::ProcessingInstruction => Self::XmlProcessingInstruction,
            XmlFault::Cdata => Self::XmlCdata,
            XmlFault::TooLarge => Self::MessageTooLarge,
            XmlFault::TooDeep => Self::XmlTooDeep,
            XmlFault::TooManyElements => Self::XmlTooManyElements,
            XmlFault::TooManyAttributes => Self::XmlTooManyAttributes,
            XmlFault::TooManyNamespaces | XmlFault::Namespace(_) => Self::XmlNamespace,
            XmlFault::Syntax(_) => Self::XmlSyntax,
        }
    }
}
