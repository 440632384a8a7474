use std::fmt;

use super::response::{error_parameters, signed_off};
use super::{AuthorizationResponse, ResponseMode};
use crate::issuer::Issuer;
use crate::parameters::{ParameterFault, Unreadable};
use crate::redirect_uri::RedirectUri;

/// Why an authorization request was refused, by who may hear of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationRefusal {
    /// The application or the address is not known to be honest: the browser stays here.
    Shown(ShownRefusal),
    /// The application may hear of it at its redirect URI.
    Told(ToldRefusal),
}

impl From<ShownRefusal> for AuthorizationRefusal {
    fn from(refusal: ShownRefusal) -> Self {
        Self::Shown(refusal)
    }
}

impl From<Unreadable> for AuthorizationRefusal {
    fn from(unreadable: Unreadable) -> Self {
        Self::Shown(ShownRefusal::Unreadable(unreadable))
    }
}

/// A refusal for the person's eyes: there is no address that we may send the browser to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownRefusal {
    /// The request could not be taken apart.
    Unreadable(Unreadable),
    /// `client_id` or `redirect_uri` cannot be looked at.
    Parameter(ParameterFault),
    /// `client_id` or `redirect_uri` is not there.
    Missing {
        /// Its name.
        parameter: &'static str,
    },
    /// No application has this `client_id`.
    UnknownClient {
        /// What the request says.
        received: String,
    },
    /// The address is not, byte by byte, one that the application has registered.
    RedirectUri {
        /// Those that are registered: for the log and the console, not for whoever asks.
        expected: Vec<String>,
        /// What the request says.
        received: String,
    },
}

impl ShownRefusal {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(unreadable) => unreadable.code(),
            Self::Parameter(fault) => fault.code(),
            Self::Missing { .. } => "parameter-missing",
            Self::UnknownClient { .. } => "unknown-client",
            Self::RedirectUri { .. } => "redirect-uri-not-registered",
        }
    }
}

impl fmt::Display for ShownRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(unreadable) => unreadable.fmt(out),
            Self::Parameter(fault) => fault.fmt(out),
            Self::Missing { parameter } => write!(out, "{parameter} is missing"),
            Self::UnknownClient { .. } => out.write_str("no application has this client_id"),
            Self::RedirectUri { .. } => out.write_str(
                "the redirect_uri is not one that the application has registered, character by character",
            ),
        }
    }
}

impl std::error::Error for ShownRefusal {}

/// A refusal that a known application hears of at an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ToldRefusal {
    /// Where it is told.
    pub redirect_uri: RedirectUri,
    /// How it is told.
    pub response_mode: ResponseMode,
    /// What the application sent for itself, when that could be read.
    pub state: Option<String>,
    /// What is wrong.
    pub problem: AuthorizationProblem,
}

impl ToldRefusal {
    /// What goes back to the application.
    #[must_use]
    pub fn response(self, issuer: &Issuer) -> AuthorizationResponse {
        AuthorizationResponse {
            redirect_uri: self.redirect_uri,
            response_mode: self.response_mode,
            parameters: signed_off(error_parameters(&self.problem), self.state, issuer),
        }
    }
}

/// Why an application gets no code.
///
/// Each `Display` is fit for `error_description`: plain ASCII without quotation marks or
/// backslashes (RFC 6749 4.1.2.1), and without anything that the request said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizationProblem {
    /// A parameter cannot be looked at.
    Parameter(ParameterFault),
    /// A parameter is not there.
    Missing {
        /// Its name.
        parameter: &'static str,
    },
    /// A parameter has a value that we do not know or that contradicts itself.
    Value {
        /// Its name.
        parameter: &'static str,
        /// What would do.
        expected: &'static str,
        /// What the request says.
        received: String,
    },
    /// Another `response_type` than `code`.
    ResponseType {
        /// What the request says.
        received: String,
    },
    /// `openid` is not among the scopes.
    OpenidMissing,
    /// A parameter that changes the meaning of the others, which we do not offer.
    NotSupported {
        /// Its name: `request`, `request_uri` or `registration`.
        parameter: &'static str,
    },
    /// The person may not sign in, or did not want to.
    AccessDenied,
    /// The application wanted no page to be shown, and nobody is signed in.
    LoginRequired,
    /// The application wanted no page to be shown, and one is needed.
    InteractionRequired,
    /// Something broke here.
    ServerError,
    /// There is too much to do at the moment.
    TemporarilyUnavailable,
}

impl AuthorizationProblem {
    /// The `error` of RFC 6749 4.1.2.1 and OpenID Connect Core 3.1.2.6.
    #[must_use]
    pub fn error(&self) -> &'static str {
        match self {
            Self::Parameter(_) | Self::Missing { .. } | Self::Value { .. } => "invalid_request",
            Self::ResponseType { .. } => "unsupported_response_type",
            Self::OpenidMissing => "invalid_scope",
            Self::NotSupported {
                parameter: "request_uri",
            } => "request_uri_not_supported",
            Self::NotSupported {
                parameter: "registration",
            } => "registration_not_supported",
            Self::NotSupported { .. } => "request_not_supported",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }

    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Parameter(fault) => fault.code(),
            Self::Missing { .. } => "parameter-missing",
            Self::Value { .. } => "parameter-value",
            Self::ResponseType { .. } => "response-type",
            Self::OpenidMissing => "openid-scope-missing",
            Self::NotSupported { .. } => "parameter-not-supported",
            Self::AccessDenied => "access-denied",
            Self::LoginRequired => "login-required",
            Self::InteractionRequired => "interaction-required",
            Self::ServerError => "server-error",
            Self::TemporarilyUnavailable => "temporarily-unavailable",
        }
    }
}

impl fmt::Display for AuthorizationProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(fault) => fault.fmt(out),
            Self::Missing { parameter } => write!(out, "{parameter} is missing"),
            Self::Value {
                parameter,
                expected,
                ..
            } => write!(out, "{parameter} has to be {expected}"),
            Self::ResponseType { .. } => out.write_str("response_type has to be code"),
            Self::OpenidMissing => out.write_str("scope has to contain openid"),
            Self::NotSupported { parameter } => write!(out, "{parameter} is not supported"),
            Self::AccessDenied => out.write_str("the person may not sign in, or did not want to"),
            Self::LoginRequired => {
                out.write_str("prompt is none, and the person would have to sign in")
            }
            Self::InteractionRequired => {
                out.write_str("prompt is none, and the person would have to be asked something")
            }
            Self::ServerError => out.write_str("the sign-in broke; try again"),
            Self::TemporarilyUnavailable => out.write_str("there is too much to do; try again"),
        }
    }
}

impl std::error::Error for AuthorizationProblem {}
