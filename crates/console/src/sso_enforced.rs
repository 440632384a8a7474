//! The page for whoever has required single sign-on and has thereby ended their own visit: that it has worked, and how
//! they come in now.
//!
//! It is the answer to the form and needs no session, so nothing of the visit has to outlast what ended it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use store::Organization;
use web::page;

use super::current_user::AdminVisit;
use super::frame::ConsoleFrame;

/// Says that it has worked.
#[derive(Debug, Template)]
#[template(path = "console/required.html")]
struct RequiredPage<'p> {
    frame: ConsoleFrame<'p>,
    organization: &'p Organization,
    /// How many recovery codes the reader has left.
    codes: i64,
}

/// The page, for a visit that is over.
pub(super) fn answer(app: &App, visit: &AdminVisit, codes: i64) -> Response {
    let visitor = visit.visitor();
    let page = RequiredPage {
        frame: ConsoleFrame::outside(app, visitor.text, visitor.csrf.clone()),
        organization: visit.organization(),
        codes,
    };
    page::answer(StatusCode::OK, &page)
}
