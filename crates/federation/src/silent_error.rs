//! What an application learns when `prompt=none` fails (OpenID Connect Core 3.1.2.6).

use oidc::authorization::AuthorizationErrorKind;
use saml::Rejection;
use service::sign_in::error::SignInError;

/// The second-level status of an identity provider that cannot sign the user in without a page (saml-core 3.2.2.2).
const NO_PASSIVE: &str = "urn:oasis:names:tc:SAML:2.0:status:NoPassive";

pub(crate) fn silent_error(error: &SignInError) -> AuthorizationErrorKind {
    match error {
        SignInError::Internal(_) => AuthorizationErrorKind::ServerError,
        SignInError::Overloaded | SignInError::Unavailable => {
            AuthorizationErrorKind::TemporarilyUnavailable
        }
        SignInError::Saml(rejection) if needs_user(rejection) => {
            AuthorizationErrorKind::LoginRequired
        }
        _ => AuthorizationErrorKind::AccessDenied,
    }
}

fn needs_user(rejection: &Rejection) -> bool {
    matches!(rejection, Rejection::IdpErrorStatus { codes, .. } if codes.iter().any(|code| code == NO_PASSIVE))
}
