//! The published versions of a connection's settings, and how to restore one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::connection::{self, ETag};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::diff::{DifferenceRow, setting_label};
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::page_error::PageError;
use super::saml_panel;
use service::actor_name;

/// Lists versions, newest first.
#[derive(Debug, Template)]
#[template(path = "console/versions.html")]
struct VersionsPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of the connection's panel.
    panel: String,
    versions: Vec<VersionRow>,
}

#[derive(Debug, Deserialize)]
pub(super) struct VersionPath {
    number: String,
}

#[derive(Debug)]
struct VersionRow {
    number: i64,
    published_at: String,
    published_by: String,
    changes: String,
    is_current: bool,
}

/// Asks for the confirmation to restore a version.
#[derive(Debug, Template)]
#[template(path = "console/version.html")]
struct VersionPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of the connection's panel.
    panel: String,
    number: i64,
    differences: Vec<DifferenceRow>,
    has_draft: bool,
    revision: ETag,
}

/// `GET /console/organizations/{organization}/sso/{connection}/versions`
pub(super) async fn list(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let text = admin.text();
    let working = saml_panel::require_connection(&app, &admin).await?;
    let id = &working.connection.id;
    let listing = connection::versions(&app, admin.connection_ref(id)).await?;
    let newest = listing.items.first().map(|version| version.number);
    let mut versions = Vec::new();
    for version in listing.items {
        let changes = version
            .changed
            .iter()
            .map(|field| setting_label(text, field));
        versions.push(VersionRow {
            changes: changes.collect::<Vec<_>>().join(", "),
            published_by: actor_name(&app, text, &version.published_by).await?,
            published_at: version.published_at,
            is_current: Some(version.number) == newest,
            number: version.number,
        });
    }
    let page = VersionsPage {
        frame: admin.frame(&app, "sso"),
        panel: admin.panel_path(Some(id)),
        versions,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `GET /console/organizations/{organization}/sso/{connection}/versions/{number}`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path(path): Path<VersionPath>,
) -> Result<Response, PageError> {
    let number = path.number()?;
    let working = saml_panel::require_connection(&app, &admin).await?;
    let id = &working.connection.id;
    let target = admin.connection_ref(id);
    let differences = connection::version_differences(&app, target, number).await?;
    let page = VersionPage {
        frame: admin.frame(&app, "sso"),
        panel: admin.panel_path(Some(id)),
        number,
        differences: DifferenceRow::list(admin.text(), &differences),
        has_draft: working.is_draft,
        revision: working.revision,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/{connection}/versions/{number}`
pub(super) async fn restore(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path(path): Path<VersionPath>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let number = path.number()?;
    let revision = Some(form.revision());
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    match connection::restore(&app, &admin.actor(), target, number, revision).await {
        Ok(_) => Ok(saml_panel::redirect(&admin, "version-restored")),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Err(problem.into()),
        Err(problem) => saml_panel::rerender(&app, &admin, problem).await,
    }
}

impl VersionPath {
    fn number(&self) -> Result<i64, Problem> {
        self.number
            .parse()
            .map_err(|_| Problem::not_found("version", &self.number))
    }
}
