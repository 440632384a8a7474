//! The audit trail as pages: of one organization, and of everything.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::guard::Refusal;
use super::page::ConsoleFrame;
use super::visitor::{AdminVisit, OperatorVisit};
use crate::app::App;
use crate::operations::event::{self, EventView};
use crate::operations::{Listing, PageRequest};
use crate::page;

/// The most events of a page.
const MANY: u32 = 50;

/// Lists events, newest first.
#[derive(Debug, Template)]
#[template(path = "console/trail.html")]
struct TrailPage<'p> {
    frame: ConsoleFrame<'p>,
    events: Vec<Row>,
    next: Option<String>,
}

/// An event as the page shows it.
#[derive(Debug)]
struct Row {
    event: EventView,
    before: Option<String>,
    after: Option<String>,
}

/// Which part of the list is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    after: Option<String>,
}

/// `GET /console/organizations/{organization}/history`
pub(super) async fn of_organization(
    State(app): State<App>,
    visit: AdminVisit,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    let id = visit.organization().id.as_str();
    let listing = event::list(&app, id, &request(part)).await?;
    Ok(show(visit.frame(&app, "history"), listing))
}

/// `GET /console/trail`
pub(super) async fn of_everything(
    State(app): State<App>,
    visit: OperatorVisit,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    let listing = event::everywhere(&app, &request(part)).await?;
    Ok(show(
        ConsoleFrame::of_visitor(&app, visit.visitor(), "trail"),
        listing,
    ))
}

fn request(part: Part) -> PageRequest {
    PageRequest {
        cursor: part.after,
        limit: Some(MANY),
    }
}

fn show(frame: ConsoleFrame<'_>, listing: Listing<EventView>) -> Response {
    let pretty = |value: &serde_json::Value| {
        serde_json::to_string_pretty(value).expect("what was JSON is JSON")
    };
    let row = |event: EventView| Row {
        before: event.before.as_ref().map(pretty),
        after: event.after.as_ref().map(pretty),
        event,
    };
    let page = TrailPage {
        frame,
        events: listing.items.into_iter().map(row).collect(),
        next: listing.next,
    };
    page::answer(StatusCode::OK, &page)
}
