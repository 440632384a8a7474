use std::fmt;

use serde::Serialize;

use super::AssertionProblem;
use crate::application::AuthMethod;
use crate::parameters::{ParameterFault, Unreadable};
use crate::timestamp::Timestamp;

/// Why an application gets no tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenProblem {
    /// The form could not be taken apart.
    Unreadable(Unreadable),
    /// A parameter cannot be looked at.
    Parameter(ParameterFault),
    /// A parameter is not there.
    Missing {
        /// Its name.
        parameter: &'static str,
    },
    /// Another `grant_type` than `authorization_code`.
    GrantType {
        /// What the request says.
        received: String,
    },
    /// The `Authorization` header is there twice.
    SeveralHeaders,
    /// The `Authorization` header is not `Basic`, or not as RFC 6749 2.3.1 writes it.
    HeaderMalformed,
    /// The client authenticates in more than one way (RFC 6749 2.3).
    SeveralMethods,
    /// `client_id` and the credential name different applications.
    ClientIdsDiffer,
    /// `client_assertion_type` is not that of a JWT.
    AssertionType,
    /// Nothing says which application is asking.
    NoClient,
    /// No application has this id.
    UnknownClient {
        /// What the request says.
        received: String,
    },
    /// The application authenticates in another way than it is registered for.
    Method {
        /// The registered way.
        expected: AuthMethod,
        /// The way that the request takes.
        received: AuthMethod,
    },
    /// It is not the application's secret.
    SecretWrong,
    /// The client assertion proves nothing.
    Assertion(AssertionProblem),
    /// No such code was ever given, or it is long forgotten.
    UnknownCode,
    /// The code was given to another application.
    ForeignCode,
    /// The code has been traded before.
    CodeUsed,
    /// The code is older than its life is long.
    CodeExpired {
        /// When it expired.
        until: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// The code was sent to another address.
    RedirectUri {
        /// The address that the code was sent to.
        expected: String,
        /// What the request says.
        received: String,
    },
    /// The code is bound to a challenge, and the request has no `code_verifier`.
    VerifierMissing,
    /// The request has a `code_verifier`, and the code is bound to no challenge.
    VerifierUnexpected,
    /// `code_verifier` is not 43 to 128 unreserved characters.
    VerifierMalformed,
    /// `code_verifier` is not what the challenge was made from.
    VerifierWrong,
}

impl TokenProblem {
    /// The `error` of RFC 6749 5.2.
    #[must_use]
    pub const fn error(&self) -> &'static str {
        match self {
            Self::Unreadable(_)
            | Self::Parameter(_)
            | Self::Missing { .. }
            | Self::SeveralHeaders
            | Self::SeveralMethods
            | Self::ClientIdsDiffer
            | Self::AssertionType
            | Self::VerifierMalformed => "invalid_request",
            Self::GrantType { .. } => "unsupported_grant_type",
            Self::HeaderMalformed
            | Self::NoClient
            | Self::UnknownClient { .. }
            | Self::Method { .. }
            | Self::SecretWrong
            | Self::Assertion(_) => "invalid_client",
            Self::UnknownCode
            | Self::ForeignCode
            | Self::CodeUsed
            | Self::CodeExpired { .. }
            | Self::RedirectUri { .. }
            | Self::VerifierMissing
            | Self::VerifierUnexpected
            | Self::VerifierWrong => "invalid_grant",
        }
    }

    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(unreadable) => unreadable.code(),
            Self::Parameter(fault) => fault.code(),
            Self::Missing { .. } => "parameter-missing",
            Self::GrantType { .. } => "grant-type",
            Self::SeveralHeaders => "several-authorization-headers",
            Self::HeaderMalformed => "authorization-header-malformed",
            Self::SeveralMethods => "several-auth-methods",
            Self::ClientIdsDiffer => "client-ids-differ",
            Self::AssertionType => "client-assertion-type",
            Self::NoClient => "no-client",
            Self::UnknownClient { .. } => "unknown-client",
            Self::Method { .. } => "auth-method",
            Self::SecretWrong => "secret-wrong",
            Self::Assertion(problem) => problem.code(),
            Self::UnknownCode => "unknown-code",
            Self::ForeignCode => "foreign-code",
            Self::CodeUsed => "code-used",
            Self::CodeExpired { .. } => "code-expired",
            Self::RedirectUri { .. } => "redirect-uri-differs",
            Self::VerifierMissing => "verifier-missing",
            Self::VerifierUnexpected => "verifier-unexpected",
            Self::VerifierMalformed => "verifier-malformed",
            Self::VerifierWrong => "verifier-wrong",
        }
    }

    /// What goes back to the application.
    #[must_use]
    pub fn response(&self) -> TokenErrorResponse {
        let is_client = self.error() == "invalid_client";
        // Whether somebody else's code exists is nobody's business.
        let told = if *self == Self::ForeignCode {
            &Self::UnknownCode
        } else {
            self
        };
        TokenErrorResponse {
            status: if is_client { 401 } else { 400 },
            www_authenticate: is_client.then_some(r#"Basic realm="token", charset="UTF-8""#),
            error: self.error(),
            error_description: told.to_string(),
        }
    }
}

/// An error of the token endpoint (RFC 6749 5.2): its status, a header, and as JSON its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenErrorResponse {
    /// The HTTP status.
    #[serde(skip)]
    pub status: u16,
    /// The header `WWW-Authenticate`, which has to accompany 401.
    #[serde(skip)]
    pub www_authenticate: Option<&'static str>,
    /// One of the words of the standard.
    pub error: &'static str,
    /// One sentence for the application's developer.
    pub error_description: String,
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Unreadable(unreadable) => return unreadable.fmt(out),
            Self::Parameter(fault) => return fault.fmt(out),
            Self::Missing { parameter } => return write!(out, "{parameter} is missing"),
            Self::Method { expected, received } => {
                let (expected, received) = (expected.as_str(), received.as_str());
                return write!(
                    out,
                    "the client is registered for {expected} and authenticates by {received}"
                );
            }
            Self::Assertion(problem) => return problem.fmt(out),
            Self::GrantType { .. } => "grant_type has to be authorization_code",
            Self::SeveralHeaders => "there is more than one Authorization header",
            Self::HeaderMalformed => {
                "the Authorization header has to be Basic with the form-encoded client id and secret"
            }
            Self::SeveralMethods => "the client authenticates in more than one way",
            Self::ClientIdsDiffer => "client_id and the credential name different clients",
            Self::AssertionType => {
                "client_assertion_type has to be urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            }
            Self::NoClient => "nothing says which client is asking",
            Self::UnknownClient { .. } => "there is no such client",
            Self::SecretWrong => "the client secret is wrong",
            Self::UnknownCode => "there is no such code",
            Self::ForeignCode => "the code was given to another client",
            Self::CodeUsed => "the code has been used before",
            Self::CodeExpired { .. } => "the code has expired",
            Self::RedirectUri { .. } => "redirect_uri is not the one that the code was sent to",
            Self::VerifierMissing => "code_verifier is missing",
            Self::VerifierUnexpected => {
                "there is a code_verifier, but the authorization request had no code_challenge"
            }
            Self::VerifierMalformed => "code_verifier has to be 43 to 128 unreserved characters",
            Self::VerifierWrong => "code_verifier does not meet the code_challenge",
        };
        out.write_str(text)
    }
}

impl std::error::Error for TokenProblem {}
