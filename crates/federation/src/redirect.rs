//! Sending a browser on.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use i18n::Localizer;
use oidc::Issuer;
use oidc::authorization::{AuthorizationResponse, ResponseMode};
use runtime::app::App;
use service::sign_in::error::Refusal;
use web::page;

use super::pages::{Frame, PostPage};

/// Sends the browser to an address with a GET, whatever it has sent here: a form must not follow it (RFC 9700 4.12).
pub(super) fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(error) => {
            tracing::error!(%error, "an address does not fit a header");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Brings an answer to the application in the way that it asked for.
pub(super) fn deliver(app: &App, text: Localizer, answer: &AuthorizationResponse) -> Response {
    match answer.response_mode {
        ResponseMode::Query => see_other(&answer.location()),
        ResponseMode::FormPost => {
            let parameters = answer.parameters.iter();
            let fields: Vec<(Cow<'_, str>, Cow<'_, str>)> = parameters
                .map(|(name, value)| ((*name).into(), value.as_str().into()))
                .collect();
            let frame = Frame::new(app, text);
            let page = PostPage {
                frame,
                action: answer.redirect_uri.as_str(),
                fields: &fields,
            };
            page::answer_with_external_form(app, StatusCode::OK, &page)
        }
    }
}

/// Our own name toward applications.
///
/// # Errors
///
/// When the address of this server is not fit to be one.
pub(super) fn issuer(app: &App) -> Result<Issuer, Refusal> {
    Issuer::parse(app.config.public_url.as_str())
        .map_err(|error| Refusal::broken("reading public_url as an issuer", &error))
}
