use url::form_urlencoded;

use super::{AuthorizationErrorKind, AuthorizationRequest, ResponseMode};
use crate::issuer::Issuer;
use crate::opaque::AuthorizationCode;
use crate::redirect_uri::RedirectUri;

/// The response that the browser carries to the application (RFC 6749 4.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationResponse {
    pub redirect_uri: RedirectUri,
    pub response_mode: ResponseMode,
    /// `code`, or `error` and `error_description`; then `state` and `iss` (RFC 9207).
    pub parameters: Vec<(&'static str, String)>,
}

impl AuthorizationResponse {
    #[must_use]
    pub fn with_code(
        request: &AuthorizationRequest,
        code: &AuthorizationCode,
        issuer: &Issuer,
    ) -> Self {
        Self::new(request, vec![("code", code.as_str().to_owned())], issuer)
    }

    #[must_use]
    pub fn with_error(
        request: &AuthorizationRequest,
        kind: &AuthorizationErrorKind,
        issuer: &Issuer,
    ) -> Self {
        Self::new(request, error_parameters(kind), issuer)
    }

    fn new(
        request: &AuthorizationRequest,
        parameters: Vec<(&'static str, String)>,
        issuer: &Issuer,
    ) -> Self {
        Self {
            redirect_uri: request.redirect_uri.clone(),
            response_mode: request.response_mode,
            parameters: with_state_and_issuer(parameters, request.state.clone(), issuer),
        }
    }

    /// The `Location` of a redirect with status 303, for [`ResponseMode::Query`].
    #[must_use]
    pub fn location(&self) -> String {
        let uri = self.redirect_uri.as_str();
        let separator = match uri.split_once('?') {
            None => "?",
            Some((_, "")) => "",
            Some(_) => "&",
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.parameters)
            .finish();
        format!("{uri}{separator}{query}")
    }
}

pub(super) fn error_parameters(kind: &AuthorizationErrorKind) -> Vec<(&'static str, String)> {
    vec![
        ("error", kind.error().to_owned()),
        ("error_description", kind.to_string()),
    ]
}

pub(super) fn with_state_and_issuer(
    mut parameters: Vec<(&'static str, String)>,
    state: Option<String>,
    issuer: &Issuer,
) -> Vec<(&'static str, String)> {
    parameters.extend(state.map(|state| ("state", state)));
    parameters.push(("iss", issuer.as_str().to_owned()));
    parameters
}
