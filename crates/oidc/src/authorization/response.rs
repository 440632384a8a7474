use url::form_urlencoded;

use super::{AuthorizationProblem, AuthorizationRequest, ResponseMode};
use crate::issuer::Issuer;
use crate::opaque::AuthorizationCode;
use crate::redirect_uri::RedirectUri;

/// What goes back to the application, through the person's browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationResponse {
    /// Where it goes.
    pub redirect_uri: RedirectUri,
    /// How it goes.
    pub response_mode: ResponseMode,
    /// The parameters: `code`, or `error` and `error_description`; then `state` and `iss` (RFC 9207).
    pub parameters: Vec<(&'static str, String)>,
}

impl AuthorizationResponse {
    /// Hands over a code.
    #[must_use]
    pub fn with_code(
        request: &AuthorizationRequest,
        code: &AuthorizationCode,
        issuer: &Issuer,
    ) -> Self {
        Self::new(request, vec![("code", code.as_str().to_owned())], issuer)
    }

    /// Says why there is no code.
    #[must_use]
    pub fn with_problem(
        request: &AuthorizationRequest,
        problem: &AuthorizationProblem,
        issuer: &Issuer,
    ) -> Self {
        Self::new(request, error_parameters(problem), issuer)
    }

    fn new(
        request: &AuthorizationRequest,
        parameters: Vec<(&'static str, String)>,
        issuer: &Issuer,
    ) -> Self {
        Self {
            redirect_uri: request.redirect_uri.clone(),
            response_mode: request.response_mode,
            parameters: signed_off(parameters, request.state.clone(), issuer),
        }
    }

    /// The address for a redirect with status 303, when the response goes in the query.
    #[must_use]
    pub fn location(&self) -> String {
        let uri = self.redirect_uri.as_str();
        let joint = match uri.split_once('?') {
            None => "?",
            Some((_, "")) => "",
            Some(_) => "&",
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.parameters)
            .finish();
        format!("{uri}{joint}{query}")
    }
}

pub(super) fn error_parameters(problem: &AuthorizationProblem) -> Vec<(&'static str, String)> {
    vec![
        ("error", problem.error().to_owned()),
        ("error_description", problem.to_string()),
    ]
}

pub(super) fn signed_off(
    mut parameters: Vec<(&'static str, String)>,
    state: Option<String>,
    issuer: &Issuer,
) -> Vec<(&'static str, String)> {
    parameters.extend(state.map(|state| ("state", state)));
    parameters.push(("iss", issuer.as_str().to_owned()));
    parameters
}
