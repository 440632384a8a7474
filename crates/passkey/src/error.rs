use std::fmt;

/// The part of a response that contains CBOR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponsePart {
    AttestationObject,
    AuthenticatorData,
    Extensions,
    PublicKey,
}

impl fmt::Display for ResponsePart {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::AttestationObject => "attestation object",
            Self::AuthenticatorData => "authenticator data",
            Self::Extensions => "extensions",
            Self::PublicKey => "public key",
        })
    }
}

/// Why a response was rejected; the message is one sentence for the administrator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasskeyError {
    /// `received` is the COSE identifier of the algorithm.
    #[error("the key's algorithm is {received}, but -8, -7 or -257 was expected")]
    UnsupportedAlgorithm { received: i128 },
    #[error("the attestation object does not have exactly its three members")]
    InvalidAttestationObject,
    /// Section 8.7: a statement of the format `none` is empty.
    #[error("the attestation statement of format none is not empty")]
    NonEmptyAttestationStatement,
    /// A registration has no attested credential data, or an authentication has some.
    #[error("the attested credential data is missing, or was sent where none was expected")]
    AttestedCredentialMismatch,
    #[error("the authenticator data ends too early")]
    TruncatedAuthenticatorData,
    /// The flags say that the credential is backed up and that it cannot be.
    #[error("the passkey is backed up, but its flags say that it cannot be")]
    InvalidBackupState,
    #[error("{field} is not base64url without padding")]
    InvalidBase64Url { field: &'static str },
    /// Also for a map that is deeper or larger than any that the specification defines.
    #[error("the {part} is not a map in CBOR, or too deep or large")]
    InvalidCbor { part: ResponsePart },
    /// The client data's `type` is that of another ceremony.
    #[error("the client data's type is {received:?}, but {expected:?} was expected")]
    CeremonyMismatch {
        expected: &'static str,
        received: String,
    },
    #[error("the response is to another challenge")]
    ChallengeMismatch,
    #[error("the client data is not the JSON that was expected")]
    InvalidClientData,
    /// The members `id` and `rawId` differ, or another credential than the expected one signed.
    #[error("the response does not name the one credential that was expected")]
    CredentialIdMismatch,
    #[error("the credential's ID has {received} bytes, but 16 to 1023 were expected")]
    InvalidCredentialIdLength { received: usize },
    #[error("the credential's type is {received:?}, but \"public-key\" was expected")]
    UnsupportedCredentialType { received: String },
    #[error("the passkey was requested inside a frame of another site")]
    CrossOrigin,
    #[error("the {part} has a key twice")]
    DuplicateCborKey { part: ResponsePart },
    #[error("the origin is {received:?}, but {expected:?} was expected")]
    OriginMismatch { expected: String, received: String },
    /// The key does not have the members, or not the values, of its algorithm.
    #[error("the public key is not valid for its algorithm")]
    InvalidPublicKey,
    #[error("the response is not the JSON that was expected")]
    InvalidResponseJson,
    #[error("the response has {received} bytes, but at most {limit} were expected")]
    ResponseTooLarge { limit: usize, received: usize },
    #[error("the passkey is for another relying party")]
    RpIdMismatch,
    #[error("the RSA key has {bits} bits, but 2048 to 8192 were expected")]
    RsaKeySizeNotAllowed { bits: usize },
    #[error("the signature was not made with the credential's key")]
    InvalidSignature,
    /// The authenticator may have been cloned.
    #[error("the signature counter is {received}, but more than {stored} was expected")]
    SignCountNotIncreased { stored: u32, received: u32 },
    /// `part` is what the bytes follow.
    #[error("{bytes} bytes follow the {part}")]
    TrailingBytes { part: ResponsePart, bytes: usize },
    /// The user handle is missing, or that of another user.
    #[error("the response does not have this user's handle")]
    UserHandleMismatch,
    #[error("the authenticator did not detect that a user was present")]
    UserNotPresent,
    #[error("the authenticator did not verify its user")]
    UserNotVerified,
}

impl PasskeyError {
    /// The name that logs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedAlgorithm { .. } => "algorithm",
            Self::InvalidAttestationObject => "attestation-object",
            Self::NonEmptyAttestationStatement => "attestation-statement",
            Self::AttestedCredentialMismatch => "attested-credential",
            Self::TruncatedAuthenticatorData => "authenticator-data",
            Self::InvalidBackupState => "backup-state",
            Self::InvalidBase64Url { .. } => "base64url",
            Self::InvalidCbor { .. } => "cbor",
            Self::CeremonyMismatch { .. } => "ceremony",
            Self::ChallengeMismatch => "challenge",
            Self::InvalidClientData => "client-data",
            Self::CredentialIdMismatch => "credential-id",
            Self::InvalidCredentialIdLength { .. } => "credential-id-length",
            Self::UnsupportedCredentialType { .. } => "credential-type",
            Self::CrossOrigin => "cross-origin",
            Self::DuplicateCborKey { .. } => "duplicate-key",
            Self::OriginMismatch { .. } => "origin",
            Self::InvalidPublicKey => "public-key",
            Self::InvalidResponseJson => "response-json",
            Self::ResponseTooLarge { .. } => "response-size",
            Self::RpIdMismatch => "rp-id",
            Self::RsaKeySizeNotAllowed { .. } => "rsa-key-size",
            Self::InvalidSignature => "signature",
            Self::SignCountNotIncreased { .. } => "sign-count",
            Self::TrailingBytes { .. } => "trailing-bytes",
            Self::UserHandleMismatch => "user-handle",
            Self::UserNotPresent => "user-presence",
            Self::UserNotVerified => "user-verification",
        }
    }
}
