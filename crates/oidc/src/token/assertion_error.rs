use jiff::{SignedDuration, Timestamp};

use crate::algorithm::AssertionAlgorithm;

/// Why a client assertion was rejected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssertionError {
    /// The assertion is not a signed JWT in compact form, or its JSON does not have the right types.
    #[error("the client assertion is not a signed JWT")]
    Malformed,
    /// The header has `crit`: extensions that the recipient has to understand.
    #[error("the client assertion has critical header extensions")]
    CriticalExtension,
    /// `received` is the `typ` of the header.
    #[error("the client assertion is a JWT of another type")]
    UnexpectedType { received: String },
    /// `received` is the `alg` of the header, which is not an [`AssertionAlgorithm`].
    #[error("the client assertion has to be signed with RS256, PS256, ES256 or EdDSA")]
    AlgorithmNotAllowed { received: String },
    /// The application has not registered a key with this `kid` for this `alg`.
    #[error("the client assertion names a key for {} that is not registered", .algorithm.as_str())]
    KeyNotFound {
        algorithm: AssertionAlgorithm,
        kid: Option<String>,
    },
    #[error("the client assertion is not signed with a registered key")]
    InvalidSignature,
    #[error("the client assertion has no {claim}")]
    MissingClaim { claim: &'static str },
    /// `received` is the `iss`; also returned when only the `sub` is not the `client_id`.
    #[error("the client assertion has to have the client id as iss and sub")]
    IssuerMismatch { expected: String, received: String },
    /// The `aud` is empty, or names more than the issuer and the token endpoint.
    #[error(
        "the client assertion has to have the issuer or the token endpoint as aud, and nothing else"
    )]
    AudienceMismatch {
        /// Each of these is accepted, and both together.
        expected: Vec<String>,
        received: Vec<String>,
    },
    #[error("the client assertion has a {claim} out of range")]
    TimeOutOfRange { claim: &'static str },
    #[error("the client assertion has expired")]
    Expired {
        expires_at: Timestamp,
        now: Timestamp,
    },
    /// The time from `now` to `expires_at` is longer than assertions are remembered.
    #[error("the client assertion may live at most {} seconds", .limit.as_secs())]
    LifetimeTooLong {
        limit: SignedDuration,
        expires_at: Timestamp,
        now: Timestamp,
    },
    /// `claim` is `nbf` or `iat`, and `time` its value.
    #[error("the client assertion has a {claim} in the future")]
    NotYetValid {
        claim: &'static str,
        time: Timestamp,
        now: Timestamp,
    },
    /// The `jti` is empty or longer than `limit` bytes.
    #[error("the client assertion needs a jti of 1 to {limit} bytes")]
    InvalidJti { limit: usize, received: usize },
    #[error("the client assertion has been used before")]
    Replayed,
}

impl AssertionError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "assertion-malformed",
            Self::CriticalExtension => "assertion-critical-extension",
            Self::UnexpectedType { .. } => "assertion-type",
            Self::AlgorithmNotAllowed { .. } => "assertion-algorithm",
            Self::KeyNotFound { .. } => "assertion-no-key",
            Self::InvalidSignature => "assertion-signature",
            Self::MissingClaim { .. } => "assertion-claim-missing",
            Self::IssuerMismatch { .. } => "assertion-issuer",
            Self::AudienceMismatch { .. } => "assertion-audience",
            Self::TimeOutOfRange { .. } => "assertion-time",
            Self::Expired { .. } => "assertion-expired",
            Self::LifetimeTooLong { .. } => "assertion-too-long-lived",
            Self::NotYetValid { .. } => "assertion-too-early",
            Self::InvalidJti { .. } => "assertion-jti",
            Self::Replayed => "assertion-replayed",
        }
    }
}
