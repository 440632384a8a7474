//! A response that the site of an identity provider posted over plain http: the browser sends no cookie with it.
//!
//! Without https a cookie cannot be sent across sites (`SameSite=None` needs `Secure`). So the browser is asked to post
//! the same form once more, from a page of this server, and then sends the cookie.

use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use service::connection::acs_address::own_acs_url;
use store::ConnectionId;
use web::{Cookie, RequestLanguage};

use super::pending_sign_in::RelayStateMatch;
use super::posted_form::{PostedResponse, REPOST_FIELD};
use super::responses::post_form;

/// The page that posts the form once more; `None` when the response can be judged.
///
/// The second form is marked, so that a browser that keeps no cookies gets an answer. A response with an unknown
/// RelayState belongs to no browser, and is not posted twice.
///
/// So an unsolicited response that the connection accepts arrives without the cookie, and its answer gives the browser a
/// new one. That ties nothing of the sender to the browser: the cookie's value is generated here and sent to the browser
/// alone, and what it belongs to is a request of this server to the identity provider, or a question to the user. An
/// earlier sign-in of the browser that is still pending then fails with `browser-mismatch`, and can be started again.
pub(crate) fn repost_page(
    app: &App,
    connection: &ConnectionId,
    posted: &PostedResponse,
    matched: &RelayStateMatch,
) -> Option<Response> {
    let is_needed = !app.config.public_url.is_https()
        && !posted.is_repost
        // A page would post a response that came by redirect, and so change its binding.
        && posted.check_binding().is_ok()
        && matched.is_known()
        && Cookie::Browser.read_secret(app, &posted.headers).is_none();
    is_needed.then(|| {
        let text: Localizer = RequestLanguage::from_headers(&posted.headers).localizer(&[]);
        let relay_state = posted.relay_state.as_deref().unwrap_or_default();
        let fields = [
            ("SAMLResponse".into(), posted.response.as_str().into()),
            ("RelayState".into(), relay_state.into()),
            (REPOST_FIELD.into(), "1".into()),
        ];
        post_form(app, text, &own_acs_url(app, connection), &fields)
    })
}
