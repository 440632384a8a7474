//! The page for an administrator who has just enforced SSO and lost access with the session that did so: it says that SSO
//! is enforced, and how to sign in now.
//!
//! It is the response to the form and needs no session.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use store::Organization;
use web::page;

use super::current_user::RequireOrgAdmin;
use super::frame::ConsoleFrame;

#[derive(Debug, Template)]
#[template(path = "console/sso_enforced.html")]
struct SsoEnforcedPage<'p> {
    frame: ConsoleFrame<'p>,
    organization: &'p Organization,
    /// The number of recovery codes that the administrator has left.
    codes: i64,
}

pub(super) fn enforced_page(app: &App, admin: &RequireOrgAdmin, codes: i64) -> Response {
    let user = admin.user();
    let page = SsoEnforcedPage {
        frame: ConsoleFrame::plain(app, user.text, user.csrf.clone()),
        organization: admin.organization(),
        codes,
    };
    page::answer(StatusCode::OK, &page)
}
