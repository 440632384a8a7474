use std::fmt;

use crate::algorithm::AssertionAlgorithm;
use crate::timestamp::Timestamp;

/// Why a client assertion proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssertionProblem {
    /// It is not a signed JWT in compact form, or its JSON has the wrong shape.
    Malformed,
    /// Its header has extensions that have to be understood.
    CriticalExtension,
    /// It is a JWT of another kind.
    Type {
        /// The kind that its header names.
        received: String,
    },
    /// It is not signed by an [`AssertionAlgorithm`].
    Algorithm {
        /// The algorithm that its header names.
        received: String,
    },
    /// The application has registered no such key.
    NoKey {
        /// The algorithm that its header names.
        algorithm: AssertionAlgorithm,
        /// The key that its header names.
        kid: Option<String>,
    },
    /// None of the registered keys made the signature.
    Signature,
    /// A claim is not there.
    Missing {
        /// Its name.
        claim: &'static str,
    },
    /// Issuer and subject are not both the application.
    Issuer {
        /// The `client_id`.
        expected: String,
        /// The `iss`.
        received: String,
    },
    /// It is addressed to somebody else, or to somebody else too.
    Audience {
        /// Our names: each is fine, and both.
        expected: Vec<String>,
        /// The `aud`.
        received: Vec<String>,
    },
    /// A time is out of all range.
    Time {
        /// Its name.
        claim: &'static str,
    },
    /// It is over.
    Expired {
        /// The `exp`.
        until: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// It lives longer than we want to remember it.
    TooLongLived {
        /// The most seconds from now to `exp`.
        limit: i64,
        /// The `exp`.
        until: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// It is not yet valid, or was made in the future.
    TooEarly {
        /// `nbf` or `iat`.
        claim: &'static str,
        /// Its value.
        from: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// Its `jti` is empty or too long.
    Jti {
        /// The most bytes that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It was used before.
    Replayed,
}

impl AssertionProblem {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "assertion-malformed",
            Self::CriticalExtension => "assertion-critical-extension",
            Self::Type { .. } => "assertion-type",
            Self::Algorithm { .. } => "assertion-algorithm",
            Self::NoKey { .. } => "assertion-no-key",
            Self::Signature => "assertion-signature",
            Self::Missing { .. } => "assertion-claim-missing",
            Self::Issuer { .. } => "assertion-issuer",
            Self::Audience { .. } => "assertion-audience",
            Self::Time { .. } => "assertion-time",
            Self::Expired { .. } => "assertion-expired",
            Self::TooLongLived { .. } => "assertion-too-long-lived",
            Self::TooEarly { .. } => "assertion-too-early",
            Self::Jti { .. } => "assertion-jti",
            Self::Replayed => "assertion-replayed",
        }
    }
}

impl fmt::Display for AssertionProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the client assertion ")?;
        match self {
            Self::Malformed => out.write_str("is not a signed JWT"),
            Self::CriticalExtension => out.write_str("has critical header extensions"),
            Self::Type { .. } => out.write_str("is a JWT of another type"),
            Self::Algorithm { .. } => {
                out.write_str("has to be signed by RS256, PS256, ES256 or EdDSA")
            }
            Self::NoKey { algorithm, .. } => {
                write!(
                    out,
                    "names a key for {} that is not registered",
                    algorithm.as_str()
                )
            }
            Self::Signature => out.write_str("is not signed by a registered key"),
            Self::Missing { claim } => write!(out, "has no {claim}"),
            Self::Issuer { .. } => out.write_str("has to have the client id as iss and sub"),
            Self::Audience { .. } => out
                .write_str("has to have the issuer or the token endpoint as aud, and nothing else"),
            Self::Time { claim } => write!(out, "has a {claim} out of range"),
            Self::Expired { .. } => out.write_str("has expired"),
            Self::TooLongLived { limit, .. } => {
                write!(out, "may live at most {limit} seconds")
            }
            Self::TooEarly { claim, .. } => write!(out, "has a {claim} in the future"),
            Self::Jti { limit, .. } => write!(out, "needs a jti of 1 to {limit} bytes"),
            Self::Replayed => out.write_str("has been used before"),
        }
    }
}

impl std::error::Error for AssertionProblem {}
