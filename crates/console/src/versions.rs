//! The settings with which members have signed in, and the way back to any of them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::connection;
use service::connection::Revision;
use web::page;

use super::current_user::AdminVisit;
use super::diff::{DifferenceRow, field_name};
use super::draft::back;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use super::{actor_name, saml_panel};

/// Lists versions, newest first.
#[derive(Debug, Template)]
#[template(path = "console/versions.html")]
struct VersionsPage<'p> {
    frame: ConsoleFrame<'p>,
    /// Where the panel is.
    panel: String,
    versions: Vec<Row>,
}

/// The part of a page's address that says which version is meant.
#[derive(Debug, Deserialize)]
pub(super) struct Numbered {
    number: String,
}

/// A version as the page shows it.
#[derive(Debug)]
struct Row {
    number: i64,
    when: String,
    who: String,
    changed: String,
    is_current: bool,
}

/// Asks whether a version is to be restored.
#[derive(Debug, Template)]
#[template(path = "console/version.html")]
struct VersionPage<'p> {
    frame: ConsoleFrame<'p>,
    /// Where the panel is.
    panel: String,
    number: i64,
    differences: Vec<DifferenceRow>,
    has_draft: bool,
    revision: Revision,
}

/// `GET /console/organizations/{organization}/sso/{connection}/versions`
pub(super) async fn list(State(app): State<App>, visit: AdminVisit) -> Result<Response, Refusal> {
    let text = visit.visitor().text;
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let listing = connection::versions(&app, place).await?;
    let newest = listing.items.first().map(|version| version.number);
    let mut versions = Vec::new();
    for version in listing.items {
        let changed = version.changed.iter().map(|field| field_name(text, field));
        versions.push(Row {
            changed: changed.collect::<Vec<_>>().join(", "),
            who: actor_name::name(&app, text, &version.published_by).await?,
            when: version.published_at,
            is_current: Some(version.number) == newest,
            number: version.number,
        });
    }
    let page = VersionsPage {
        frame: visit.frame(&app, "sso"),
        panel: visit.panel_of(Some(&there.connection.id)),
        versions,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `GET /console/organizations/{organization}/sso/{connection}/versions/{number}`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Path(Numbered { number }): Path<Numbered>,
) -> Result<Response, Refusal> {
    let number = read(&number)?;
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let differences = connection::version_differences(&app, place, number).await?;
    let text = visit.visitor().text;
    let page = VersionPage {
        frame: visit.frame(&app, "sso"),
        panel: visit.panel_of(Some(&there.connection.id)),
        number,
        differences: differences
            .iter()
            .map(|one| DifferenceRow::new(text, one))
            .collect(),
        has_draft: there.is_draft,
        revision: there.revision,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/{connection}/versions/{number}`
pub(super) async fn restore(
    State(app): State<App>,
    visit: AdminVisit,
    Path(Numbered { number }): Path<Numbered>,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let number = read(&number)?;
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let wanted = (number, Some(form.revision()));
    match connection::restore(&app, &visit.visitor().actor(), place, wanted).await {
        Ok(_) => Ok(back(&visit, "version-restored")),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Err(problem.into()),
        Err(problem) => saml_panel::again(&app, &visit, problem).await,
    }
}

fn read(number: &str) -> Result<i64, Problem> {
    number
        .parse()
        .map_err(|_| Problem::not_found("version", number))
}
