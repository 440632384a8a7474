//! How an application learns that a sign-in failed: by a button of the error page.

use std::borrow::Cow;

use oidc::authorization::{
    AuthorizationErrorKind, AuthorizationRequest, AuthorizationResponse, ResponseMode,
};
use runtime::app::App;
use saml::Rejection;
use service::sign_in::error::SignInError;
use store::ApplicationId;

use super::responses::issuer;

/// The second-level status of an identity provider that cannot sign the user in without a page (saml-core 3.2.2.2).
const NO_PASSIVE: &str = "urn:oasis:names:tc:SAML:2.0:status:NoPassive";

/// The way back to the application that started a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct ApplicationReturn {
    /// The display name.
    pub application: String,
    response: AuthorizationResponse,
}

impl ApplicationReturn {
    /// `None` when the application cannot be found; the error page then has no button.
    pub(crate) async fn find(
        app: &App,
        request: &AuthorizationRequest,
        error: &SignInError,
    ) -> Option<Self> {
        let id = ApplicationId::parse(&request.client_id).ok()?;
        let mut tx = app.store.snapshot().await.ok()?;
        let application = tx.application(&id).await.ok()??;
        Some(Self::new(
            application.name,
            AuthorizationResponse::with_error(
                request,
                &authorization_error(error),
                &issuer(app).ok()?,
            ),
        ))
    }

    pub(crate) const fn new(application: String, response: AuthorizationResponse) -> Self {
        Self {
            application,
            response,
        }
    }

    /// The URL of a link, when the application asked for the response in the query.
    pub(crate) fn url(&self) -> Option<String> {
        match self.response.response_mode {
            ResponseMode::Query => Some(self.response.location()),
            ResponseMode::FormPost => None,
        }
    }

    /// Where the form of the button leads, when the application asked for a form.
    pub(crate) fn action(&self) -> &str {
        self.response.redirect_uri.as_str()
    }

    pub(crate) fn fields(&self) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
        let parameters = self.response.parameters.iter();
        parameters
            .map(|(name, value)| ((*name).into(), value.as_str().into()))
            .collect()
    }
}

/// What the application learns: not more than who could do something about it.
pub(crate) fn authorization_error(error: &SignInError) -> AuthorizationErrorKind {
    match error {
        SignInError::Internal(_) => AuthorizationErrorKind::ServerError,
        SignInError::Overloaded | SignInError::Unavailable | SignInError::TooManyRequests => {
            AuthorizationErrorKind::TemporarilyUnavailable
        }
        SignInError::ReauthenticationRequired => AuthorizationErrorKind::NotReauthenticated,
        SignInError::AcrMismatch { .. } => AuthorizationErrorKind::UnmetAuthenticationRequirements,
        SignInError::Saml(rejection) if needs_user(rejection) => {
            AuthorizationErrorKind::LoginRequired
        }
        _ => AuthorizationErrorKind::AccessDenied,
    }
}

/// Whether the identity provider cannot sign the user in without a page.
fn needs_user(rejection: &Rejection) -> bool {
    match rejection {
        Rejection::IdpErrorStatus { codes, .. } => codes.iter().any(|code| code == NO_PASSIVE),
        _ => false,
    }
}
