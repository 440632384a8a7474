//! The page of one attempt.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{Connection, Provider};

use super::mend::{self, Mend};
use super::{kind, outcome};
use crate::app::App;
use crate::console::guard::Refusal;
use crate::console::page::ConsoleFrame;
use crate::console::visitor::AdminVisit;
use crate::diagnosis::{Checks, Diagnosis};
use crate::guide::{Guide, Values, Words};
use crate::operations::attempt::{self, AttemptView};
use crate::operations::connection::{self, Place};
use crate::page;

/// Tells the story of an attempt.
#[derive(Debug, Template)]
#[template(path = "console/attempt.html")]
struct AttemptPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    attempt: AttemptView,
    /// The connection, unless it has been deleted.
    connection: Option<Connection>,
    checks: Checks,
    /// What is behind it, when it was refused.
    diagnosis: Option<Diagnosis>,
    mend: Option<Mend>,
}

/// `GET /console/organizations/{organization}/attempts/{attempt}`
pub(in crate::console) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let attempt = attempt::show(&app, organization.id.as_str(), &id).await?;
    let connection = connection_of(&app, &visit, &attempt).await?;
    let values = match &connection {
        Some(connection) => Values::of(&app, connection).await?,
        None => Values::of_nobody(&app),
    };
    let words = Words {
        text: visit.visitor().text,
        values: &values,
    };
    let provider = connection
        .as_ref()
        .map_or(Provider::Other, |one| one.settings.provider);
    let checks = Checks::of(&attempt.checks.to_string(), (Guide::of(provider), &words));
    let code = attempt.code.as_deref();
    let page = AttemptPage {
        frame: visit.frame(&app, "attempts"),
        slug: &organization.slug,
        diagnosis: code.and_then(|code| checks.diagnosis(code).cloned()),
        mend: code.and_then(mend::of),
        checks,
        connection,
        attempt,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

async fn connection_of(
    app: &App,
    visit: &AdminVisit,
    attempt: &AttemptView,
) -> Result<Option<Connection>, Refusal> {
    let place = Place::In(visit.organization().id.as_str(), &attempt.connection);
    match connection::find(app, place).await {
        Ok((_, found)) => Ok(Some(found)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}
