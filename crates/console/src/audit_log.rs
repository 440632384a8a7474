//! The audit trail as pages: of one organization, and of everything.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::audit_log::EventView;
use service::{Listing, PageRequest, audit_log};
use web::page;

use super::actor_name;
use super::current_user::{AdminVisit, OperatorVisit};
use super::frame::ConsoleFrame;
use super::guard::Refusal;

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
    /// Who has done it, by a name that people know.
    who: String,
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
    let listing = audit_log::list(&app, id, &request(part)).await?;
    show(&app, visit.frame(&app, "history"), listing).await
}

/// `GET /console/trail`
pub(super) async fn of_everything(
    State(app): State<App>,
    visit: OperatorVisit,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    let listing = audit_log::everywhere(&app, &request(part)).await?;
    let frame = ConsoleFrame::of_visitor(&app, visit.visitor(), "trail");
    show(&app, frame, listing).await
}

fn request(part: Part) -> PageRequest {
    PageRequest {
        cursor: part.after,
        limit: Some(MANY),
    }
}

async fn show(
    app: &App,
    frame: ConsoleFrame<'_>,
    listing: Listing<EventView>,
) -> Result<Response, Refusal> {
    let pretty = |value: &serde_json::Value| {
        serde_json::to_string_pretty(value).expect("what was JSON is JSON")
    };
    let names = names(app, frame.text, &listing.items).await?;
    let row = |event: EventView| Row {
        before: event.before.as_ref().map(pretty),
        after: event.after.as_ref().map(pretty),
        who: names.get(&event.actor).cloned().unwrap_or_default(),
        event,
    };
    let page = TrailPage {
        frame,
        events: listing.items.into_iter().map(row).collect(),
        next: listing.next,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// Everybody's name, each asked for once.
async fn names(
    app: &App,
    text: Localizer,
    events: &[EventView],
) -> Result<BTreeMap<String, String>, Problem> {
    let mut names = BTreeMap::new();
    for event in events {
        if !names.contains_key(&event.actor) {
            let name = actor_name::name(app, text, &event.actor).await?;
            names.insert(event.actor.clone(), name);
        }
    }
    Ok(names)
}
