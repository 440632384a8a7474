use std::fmt;

/// A part of an answer that is in CBOR, or has CBOR in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What a new credential comes in.
    AttestationObject,
    /// What the authenticator says.
    AuthenticatorData,
    /// What the authenticator adds.
    Extensions,
    /// The key of a credential.
    PublicKey,
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::AttestationObject => "attestation object",
            Self::AuthenticatorData => "authenticator data",
            Self::Extensions => "extensions",
            Self::PublicKey => "public key",
        })
    }
}

/// Why a passkey was not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Its key signs in a way that we do not know.
    Algorithm {
        /// The number in the registry of COSE.
        received: i128,
    },
    /// The attestation object has not the members that it is to have.
    AttestationObject,
    /// A statement of the format `none` says something.
    AttestationStatement,
    /// There is no new credential where one was made, or one where none was.
    AttestedCredential,
    /// The authenticator data ends too early.
    AuthenticatorData,
    /// It is backed up, and says that it cannot be.
    BackupState,
    /// A member is not base64url without padding.
    Base64Url {
        /// Its name.
        field: &'static str,
    },
    /// Something is not a map in CBOR, or one deeper or larger than any that we know.
    Cbor {
        /// What.
        part: Part,
    },
    /// It answers a question of another kind.
    Ceremony {
        /// The `type` for what is being done.
        expected: &'static str,
        /// The `type` of the client data.
        received: String,
    },
    /// It answers another question.
    Challenge,
    /// The client data is not the JSON that it is to be.
    ClientData,
    /// It names two credentials, or another than the one it is held against.
    CredentialId,
    /// The credential's ID is shorter or longer than any may be.
    CredentialIdLength {
        /// How many bytes.
        received: usize,
    },
    /// It is of another kind of credential.
    CredentialType {
        /// The kind.
        received: String,
    },
    /// It was asked for inside a frame of another site.
    CrossOrigin,
    /// A key of a map stands there twice.
    DuplicateKey {
        /// Where.
        part: Part,
    },
    /// It was made for another site.
    Origin {
        /// Ours.
        expected: String,
        /// The `origin` of the client data.
        received: String,
    },
    /// The public key is not one of its algorithm.
    PublicKey,
    /// The answer is not the JSON that it is to be.
    ResponseJson,
    /// The answer is too long.
    ResponseSize {
        /// The most bytes.
        limit: usize,
        /// How many there are.
        received: usize,
    },
    /// The authenticator made it for another relying party.
    RpId,
    /// An RSA key has less than 2048 bits, or more than 8192.
    RsaKeySize {
        /// How many.
        bits: usize,
    },
    /// It is not signed by the credential's key.
    Signature,
    /// The counter has not risen: the authenticator may have been copied.
    SignCount {
        /// What it was.
        stored: u32,
        /// What it is said to be.
        received: u32,
    },
    /// Something follows where nothing may.
    TrailingBytes {
        /// After what.
        part: Part,
        /// How many bytes.
        bytes: usize,
    },
    /// It does not say whose it is, or that it is somebody else's.
    UserHandle,
    /// Nobody touched the authenticator.
    UserPresence,
    /// The authenticator did not make sure who uses it.
    UserVerification,
}

impl Refusal {
    /// The name that logs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "algorithm",
            Self::AttestationObject => "attestation-object",
            Self::AttestationStatement => "attestation-statement",
            Self::AttestedCredential => "attested-credential",
            Self::AuthenticatorData => "authenticator-data",
            Self::BackupState => "backup-state",
            Self::Base64Url { .. } => "base64url",
            Self::Cbor { .. } => "cbor",
            Self::Ceremony { .. } => "ceremony",
            Self::Challenge => "challenge",
            Self::ClientData => "client-data",
            Self::CredentialId => "credential-id",
            Self::CredentialIdLength { .. } => "credential-id-length",
            Self::CredentialType { .. } => "credential-type",
            Self::CrossOrigin => "cross-origin",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::Origin { .. } => "origin",
            Self::PublicKey => "public-key",
            Self::ResponseJson => "response-json",
            Self::ResponseSize { .. } => "response-size",
            Self::RpId => "rp-id",
            Self::RsaKeySize { .. } => "rsa-key-size",
            Self::Signature => "signature",
            Self::SignCount { .. } => "sign-count",
            Self::TrailingBytes { .. } => "trailing-bytes",
            Self::UserHandle => "user-handle",
            Self::UserPresence => "user-presence",
            Self::UserVerification => "user-verification",
        }
    }
}

/// One sentence for the administrator.
impl fmt::Display for Refusal {
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each variant: a list, not a flow"
    )]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm { received } => {
                write!(
                    out,
                    "the key's algorithm is {received}, and -8, -7 or -257 was expected"
                )
            }
            Self::AttestationObject => {
                out.write_str("the attestation object has not its three members")
            }
            Self::AttestationStatement => {
                out.write_str("the attestation statement of format none is not empty")
            }
            Self::AttestedCredential => {
                out.write_str("the credential is missing, or one came where none was made")
            }
            Self::AuthenticatorData => out.write_str("the authenticator data ends too early"),
            Self::BackupState => {
                out.write_str("the passkey is backed up, and says that it cannot be")
            }
            Self::Base64Url { field } => write!(out, "{field} is not base64url without padding"),
            Self::Cbor { part } => {
                write!(out, "the {part} is not a map in CBOR, or too deep or large")
            }
            Self::Ceremony { expected, received } => {
                write!(
                    out,
                    "the client data's type is {received:?}, and {expected:?} was expected"
                )
            }
            Self::Challenge => out.write_str("the answer is to another question"),
            Self::ClientData => out.write_str("the client data is not the JSON that was expected"),
            Self::CredentialId => {
                out.write_str("the answer does not name the one credential that was expected")
            }
            Self::CredentialIdLength { received } => {
                write!(
                    out,
                    "the credential's ID has {received} bytes, and 16 to 1023 were expected"
                )
            }
            Self::CredentialType { received } => {
                write!(
                    out,
                    "the credential's type is {received:?}, and \"public-key\" was expected"
                )
            }
            Self::CrossOrigin => {
                out.write_str("the passkey was asked for inside a frame of another site")
            }
            Self::DuplicateKey { part } => write!(out, "the {part} has a key twice"),
            Self::Origin { expected, received } => {
                write!(
                    out,
                    "the origin is {received:?}, and {expected:?} was expected"
                )
            }
            Self::PublicKey => out.write_str("the public key is not one of its algorithm"),
            Self::ResponseJson => out.write_str("the answer is not the JSON that was expected"),
            Self::ResponseSize { limit, received } => {
                write!(
                    out,
                    "the answer has {received} bytes, and at most {limit} were expected"
                )
            }
            Self::RpId => out.write_str("the passkey is for another relying party"),
            Self::RsaKeySize { bits } => {
                write!(
                    out,
                    "the RSA key has {bits} bits, and 2048 to 8192 were expected"
                )
            }
            Self::Signature => out.write_str("the signature is not by the credential's key"),
            Self::SignCount { stored, received } => {
                write!(
                    out,
                    "the counter is {received}, and more than {stored} was expected"
                )
            }
            Self::TrailingBytes { part, bytes } => write!(out, "{bytes} bytes follow the {part}"),
            Self::UserHandle => out.write_str("the answer does not say that it is this person's"),
            Self::UserPresence => out.write_str("nobody touched the authenticator"),
            Self::UserVerification => out.write_str("the authenticator did not verify its user"),
        }
    }
}

impl std::error::Error for Refusal {}
