//! The tokens that protect forms against cross-site request forgery (security: WEB-4).
//!
//! Every form contains a token that is derived from a cookie. Other sites can neither read nor set that cookie.

use axum::http::HeaderMap;
use runtime::app::App;
use runtime::seal;
use web::Cookie;

/// The token for a page that sets or continues the cookie with this secret.
pub(crate) fn token(secret: &str) -> String {
    seal::hash(&format!("form {secret}")).as_str().to_owned()
}

/// The token for a page that sets no cookie; empty when the browser has none either.
pub(crate) fn token_for_request(app: &App, headers: &HeaderMap) -> String {
    secrets(app, headers)
        .next()
        .map(|secret| token(&secret))
        .unwrap_or_default()
}

/// Whether the token of a form was derived from a cookie of this request.
pub(crate) fn is_valid(app: &App, headers: &HeaderMap, presented: &str) -> bool {
    // Comparing hashes takes the same time however much of the token is right.
    let presented = seal::hash(presented);
    secrets(app, headers).any(|secret| seal::hash(&token(&secret)) == presented)
}

/// The secrets of the cookies that identify the browser, a session before the rest.
fn secrets(app: &App, headers: &HeaderMap) -> impl Iterator<Item = String> {
    [Cookie::Console, Cookie::Setup, Cookie::Browser]
        .into_iter()
        .filter_map(|cookie| cookie.read_secret(app, headers))
}
