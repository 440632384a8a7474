//! The audit log: of one organization, and of the deployment.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::audit_log::AuditEntryView;
use service::{Listing, PageRequest, audit_log};
use web::page;

use super::actor_name::actor_name;
use super::current_user::{RequireOperator, RequireOrgAdmin};
use super::frame::ConsoleFrame;
use super::page_error::PageError;

const PAGE_SIZE: u32 = 50;

/// Lists entries, newest first.
#[derive(Debug, Template)]
#[template(path = "console/audit_log.html")]
struct AuditLogPage<'p> {
    frame: ConsoleFrame<'p>,
    entries: Vec<EntryRow>,
    next: Option<String>,
}

#[derive(Debug)]
struct EntryRow {
    entry: AuditEntryView,
    actor_name: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    after: Option<String>,
}

/// `GET /console/organizations/{organization}/audit-log`
pub(super) async fn show_organization(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let listing = audit_log::list(&app, admin.organization_id(), &page_request(query)).await?;
    audit_log_page(&app, admin.frame(&app, "audit-log"), listing).await
}

/// `GET /console/audit-log`
pub(super) async fn show_deployment(
    State(app): State<App>,
    operator: RequireOperator,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let listing = audit_log::list_all(&app, &page_request(query)).await?;
    audit_log_page(&app, operator.frame(&app, "audit-log"), listing).await
}

fn page_request(query: ListQuery) -> PageRequest {
    PageRequest {
        cursor: query.after,
        limit: Some(PAGE_SIZE),
    }
}

async fn audit_log_page(
    app: &App,
    frame: ConsoleFrame<'_>,
    listing: Listing<AuditEntryView>,
) -> Result<Response, PageError> {
    let pretty = |value: &serde_json::Value| {
        serde_json::to_string_pretty(value).expect("a JSON value serializes")
    };
    let names = actor_names(app, frame.text, &listing.items).await?;
    let row = |entry: AuditEntryView| EntryRow {
        before: entry.before.as_ref().map(pretty),
        after: entry.after.as_ref().map(pretty),
        actor_name: names.get(&entry.actor).cloned().unwrap_or_default(),
        entry,
    };
    let page = AuditLogPage {
        frame,
        entries: listing.items.into_iter().map(row).collect(),
        next: listing.next,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// The names of all actors, each looked up once.
async fn actor_names(
    app: &App,
    text: Localizer,
    entries: &[AuditEntryView],
) -> Result<BTreeMap<String, String>, Problem> {
    let mut names = BTreeMap::new();
    for entry in entries {
        if !names.contains_key(&entry.actor) {
            let name = actor_name(app, text, &entry.actor).await?;
            names.insert(entry.actor.clone(), name);
        }
    }
    Ok(names)
}
