//! What is being changed about a connection that is in use: published, or thrown away.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use service::connection;

use super::current_user::AdminVisit;
use super::form::ConsoleForm;
use super::guard::Refusal;
use super::saml_panel;

/// `POST /console/organizations/{organization}/sso/{connection}/publish`
pub(super) async fn publish(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let actor = visit.visitor().actor();
    match connection::publish(&app, &actor, place, Some(form.revision())).await {
        Ok(_) => Ok(back(&visit, "draft-published")),
        Err(problem) => saml_panel::again(&app, &visit, problem).await,
    }
}

/// `POST /console/organizations/{organization}/sso/{connection}/discard`
pub(super) async fn discard(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let actor = visit.visitor().actor();
    match connection::discard_draft(&app, &actor, place, Some(form.revision())).await {
        Ok(_) => Ok(back(&visit, "draft-discarded")),
        Err(problem) => saml_panel::again(&app, &visit, problem).await,
    }
}

/// The panel again, with a word about what has been done.
pub(super) fn back(visit: &AdminVisit, done: &str) -> Response {
    let panel = visit.panel_of(visit.connection());
    Redirect::to(&format!("{panel}?done={done}")).into_response()
}
