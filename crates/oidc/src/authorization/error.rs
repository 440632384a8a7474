use super::response::{error_parameters, with_state_and_issuer};
use super::{AuthorizationResponse, ResponseMode};
use crate::issuer::Issuer;
use crate::parameters::{FormError, ParameterError};
use crate::redirect_uri::RedirectUri;

/// Why an authorization request was rejected, and who receives the error (RFC 6749 4.1.2.1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationError {
    /// The client or its redirect URI is not verified, so the browser must not be redirected.
    #[error(transparent)]
    ShowToUser(#[from] ClientValidationError),
    /// The client receives the error at its redirect URI.
    #[error("{}", .0.kind)]
    ReturnToClient(RedirectableError),
}

impl From<FormError> for AuthorizationError {
    fn from(error: FormError) -> Self {
        Self::ShowToUser(ClientValidationError::Form(error))
    }
}

/// Why the client and its redirect URI could not be verified.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientValidationError {
    #[error(transparent)]
    Form(FormError),
    /// `client_id` or `redirect_uri` is invalid.
    #[error(transparent)]
    Parameter(ParameterError),
    /// `client_id` or `redirect_uri` is missing.
    #[error("{parameter} is missing")]
    MissingParameter { parameter: &'static str },
    #[error("no application has this client_id")]
    ClientNotFound { received: String },
    /// No registered redirect URI equals the received one, byte by byte.
    #[error(
        "the redirect_uri is not one that the application has registered, character by character"
    )]
    RedirectUriNotRegistered {
        /// The registered redirect URIs, for logs and the console. They must not be shown to the user.
        expected: Vec<String>,
        received: String,
    },
}

impl ClientValidationError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form(error) => error.code(),
            Self::Parameter(error) => error.code(),
            Self::MissingParameter { .. } => "parameter-missing",
            Self::ClientNotFound { .. } => "client-not-found",
            Self::RedirectUriNotRegistered { .. } => "redirect-uri-not-registered",
        }
    }
}

/// An error that a verified client receives at its redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedirectableError {
    pub redirect_uri: RedirectUri,
    pub response_mode: ResponseMode,
    /// The `state` of the request, unless that parameter itself was invalid.
    pub state: Option<String>,
    pub kind: AuthorizationErrorKind,
}

impl RedirectableError {
    #[must_use]
    pub fn response(self, issuer: &Issuer) -> AuthorizationResponse {
        AuthorizationResponse {
            redirect_uri: self.redirect_uri,
            response_mode: self.response_mode,
            parameters: with_state_and_issuer(error_parameters(&self.kind), self.state, issuer),
        }
    }
}

/// Why a client receives no authorization code.
///
/// Each message is a valid `error_description`: ASCII without quotation marks or backslashes (RFC 6749 4.1.2.1), and
/// without any value from the request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorizationErrorKind {
    #[error(transparent)]
    Parameter(ParameterError),
    #[error("{parameter} is missing")]
    MissingParameter { parameter: &'static str },
    #[error("{parameter} has to be {expected}")]
    InvalidValue {
        parameter: &'static str,
        /// A description of the valid values.
        expected: &'static str,
        received: String,
    },
    #[error("response_type has to be code")]
    UnsupportedResponseType { received: String },
    #[error("scope has to contain openid")]
    OpenidScopeMissing,
    /// `request`, `request_uri` or `registration`, which would change the meaning of the other parameters.
    #[error("{parameter} is not supported")]
    UnsupportedParameter { parameter: &'static str },
    #[error(
        "code_challenge is missing: PKCE is required (for a confidential client whose library lacks it, an operator can turn it off: application update --require-pkce no)"
    )]
    PkceRequired,
    /// `prompt=consent`: no page asks the user for consent (OpenID Connect Core 3.1.2.1).
    #[error("prompt=consent is not supported: this provider does not ask the user for consent")]
    ConsentRequired,
    /// The identity provider did not authenticate the user in one of the requested ways.
    #[error("the user was not authenticated in one of the requested ways (acr)")]
    UnmetAuthenticationRequirements,
    /// `prompt=login`, `prompt=select_account` or `max_age`: the identity provider answered from an earlier session.
    #[error("the identity provider did not authenticate the user again")]
    NotReauthenticated,
    /// The user is not allowed to sign in, or canceled.
    #[error("the user may not sign in, or canceled")]
    AccessDenied,
    #[error("prompt is none, but the user has to sign in")]
    LoginRequired,
    #[error("prompt is none, but a page has to be shown to the user")]
    InteractionRequired,
    #[error("the sign-in failed because of an internal error; try again")]
    ServerError,
    #[error("there are too many requests; try again")]
    TemporarilyUnavailable,
}

impl AuthorizationErrorKind {
    /// The `error` of RFC 6749 4.1.2.1 and OpenID Connect Core 3.1.2.6.
    #[must_use]
    pub fn error(&self) -> &'static str {
        match self {
            Self::Parameter(_)
            | Self::MissingParameter { .. }
            | Self::InvalidValue { .. }
            | Self::PkceRequired => "invalid_request",
            Self::ConsentRequired => "consent_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::UnsupportedResponseType { .. } => "unsupported_response_type",
            Self::OpenidScopeMissing => "invalid_scope",
            Self::UnsupportedParameter {
                parameter: "request_uri",
            } => "request_uri_not_supported",
            Self::UnsupportedParameter {
                parameter: "registration",
            } => "registration_not_supported",
            Self::UnsupportedParameter { .. } => "request_not_supported",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired | Self::NotReauthenticated => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }

    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Parameter(error) => error.code(),
            Self::MissingParameter { .. } => "parameter-missing",
            Self::InvalidValue { .. } => "parameter-value",
            Self::UnsupportedResponseType { .. } => "response-type",
            Self::OpenidScopeMissing => "openid-scope-missing",
            Self::UnsupportedParameter { .. } => "parameter-not-supported",
            Self::PkceRequired => "pkce-required",
            Self::ConsentRequired => "consent-required",
            Self::UnmetAuthenticationRequirements => "unmet-authentication-requirements",
            Self::NotReauthenticated => "not-reauthenticated",
            Self::AccessDenied => "access-denied",
            Self::LoginRequired => "login-required",
            Self::InteractionRequired => "interaction-required",
            Self::ServerError => "server-error",
            Self::TemporarilyUnavailable => "temporarily-unavailable",
        }
    }
}
