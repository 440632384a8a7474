use jiff::Timestamp;
use serde::Serialize;

use super::AssertionError;
use crate::application::AuthMethod;
use crate::parameters::{FormError, ParameterError};

/// Why the token endpoint rejects a request.
///
/// Each message is a valid `error_description` (RFC 6749 5.2).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    #[error(transparent)]
    Form(FormError),
    #[error(transparent)]
    Parameter(ParameterError),
    #[error("{parameter} is missing")]
    MissingParameter { parameter: &'static str },
    #[error("grant_type has to be authorization_code")]
    UnsupportedGrantType { received: String },
    #[error("there is more than one Authorization header")]
    MultipleAuthorizationHeaders,
    /// The header is not `Basic`, or not encoded as RFC 6749 2.3.1 requires.
    #[error("the Authorization header has to be Basic with the form-encoded client id and secret")]
    MalformedAuthorizationHeader,
    /// RFC 6749 2.3: a client uses one authentication method in each request.
    #[error("the client authenticates with more than one method")]
    MultipleAuthMethods,
    #[error("client_id and the credential name different clients")]
    ClientIdMismatch,
    #[error(
        "client_assertion_type has to be urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    )]
    UnsupportedAssertionType,
    #[error("the request does not name a client")]
    MissingClientId,
    #[error("there is no such client")]
    ClientNotFound { received: String },
    #[error(
        "the client is registered for {} but authenticates with {}",
        .expected.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(" or "),
        .received.as_str()
    )]
    AuthMethodMismatch {
        /// The methods that the client may use.
        expected: &'static [AuthMethod],
        received: AuthMethod,
    },
    #[error("the client secret is wrong")]
    InvalidClientSecret,
    #[error(transparent)]
    Assertion(AssertionError),
    /// The code was never issued, or is deleted already.
    #[error("there is no such code")]
    CodeNotFound,
    #[error("the code was issued to another client")]
    CodeIssuedToOtherClient,
    #[error("the code has been used before")]
    CodeAlreadyUsed,
    #[error("the code has expired")]
    CodeExpired {
        expires_at: Timestamp,
        now: Timestamp,
    },
    #[error("redirect_uri is not the one that the code was sent to")]
    RedirectUriMismatch { expected: String, received: String },
    /// The code is bound to a challenge, but the request has no `code_verifier`.
    #[error("code_verifier is missing")]
    MissingCodeVerifier,
    /// The request has a `code_verifier`, but the code is not bound to a challenge.
    #[error("there is a code_verifier, but the authorization request had no code_challenge")]
    UnexpectedCodeVerifier,
    #[error("code_verifier has to be 43 to 128 unreserved characters")]
    MalformedCodeVerifier,
    #[error("code_verifier does not match the code_challenge")]
    CodeVerifierMismatch,
}

impl TokenError {
    /// The `error` of RFC 6749 5.2.
    #[must_use]
    pub const fn error(&self) -> &'static str {
        match self {
            Self::Form(_)
            | Self::Parameter(_)
            | Self::MissingParameter { .. }
            | Self::MultipleAuthorizationHeaders
            | Self::MultipleAuthMethods
            | Self::ClientIdMismatch
            | Self::UnsupportedAssertionType
            | Self::MalformedCodeVerifier => "invalid_request",
            Self::UnsupportedGrantType { .. } => "unsupported_grant_type",
            Self::MalformedAuthorizationHeader
            | Self::MissingClientId
            | Self::ClientNotFound { .. }
            | Self::AuthMethodMismatch { .. }
            | Self::InvalidClientSecret
            | Self::Assertion(_) => "invalid_client",
            Self::CodeNotFound
            | Self::CodeIssuedToOtherClient
            | Self::CodeAlreadyUsed
            | Self::CodeExpired { .. }
            | Self::RedirectUriMismatch { .. }
            | Self::MissingCodeVerifier
            | Self::UnexpectedCodeVerifier
            | Self::CodeVerifierMismatch => "invalid_grant",
        }
    }

    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form(error) => error.code(),
            Self::Parameter(error) => error.code(),
            Self::MissingParameter { .. } => "parameter-missing",
            Self::UnsupportedGrantType { .. } => "grant-type",
            Self::MultipleAuthorizationHeaders => "several-authorization-headers",
            Self::MalformedAuthorizationHeader => "authorization-header-malformed",
            Self::MultipleAuthMethods => "several-auth-methods",
            Self::ClientIdMismatch => "client-ids-differ",
            Self::UnsupportedAssertionType => "client-assertion-type",
            Self::MissingClientId => "no-client",
            Self::ClientNotFound { .. } => "client-not-found",
            Self::AuthMethodMismatch { .. } => "auth-method",
            Self::InvalidClientSecret => "secret-wrong",
            Self::Assertion(error) => error.code(),
            Self::CodeNotFound => "unknown-code",
            Self::CodeIssuedToOtherClient => "foreign-code",
            Self::CodeAlreadyUsed => "code-used",
            Self::CodeExpired { .. } => "code-expired",
            Self::RedirectUriMismatch { .. } => "redirect-uri-differs",
            Self::MissingCodeVerifier => "verifier-missing",
            Self::UnexpectedCodeVerifier => "verifier-unexpected",
            Self::MalformedCodeVerifier => "verifier-malformed",
            Self::CodeVerifierMismatch => "verifier-wrong",
        }
    }

    #[must_use]
    pub fn response(&self) -> TokenErrorResponse {
        let is_client_error = self.error() == "invalid_client";
        // A client must not learn whether another client's code exists.
        let described = if *self == Self::CodeIssuedToOtherClient {
            &Self::CodeNotFound
        } else {
            self
        };
        TokenErrorResponse {
            status: if is_client_error { 401 } else { 400 },
            www_authenticate: is_client_error.then_some(r#"Basic realm="token", charset="UTF-8""#),
            error: self.error(),
            error_description: described.to_string(),
        }
    }
}

/// An error response of the token endpoint (RFC 6749 5.2). The JSON is its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenErrorResponse {
    #[serde(skip)]
    pub status: u16,
    /// The header `WWW-Authenticate`, which has to accompany 401.
    #[serde(skip)]
    pub www_authenticate: Option<&'static str>,
    pub error: &'static str,
    /// One sentence for the application's developer.
    pub error_description: String,
}
