//! Publishes or discards the draft of a connection that is in use.

use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use service::connection;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::page_error::PageError;
use super::saml_panel;

/// `POST /console/organizations/{organization}/sso/{connection}/publish`
pub(super) async fn publish(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    let revision = Some(form.revision());
    let published = connection::publish(&app, &admin.actor(), target, revision).await;
    respond(&app, &admin, published, "draft-published").await
}

/// `POST /console/organizations/{organization}/sso/{connection}/discard`
pub(super) async fn discard(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    let revision = Some(form.revision());
    let discarded = connection::discard_draft(&app, &admin.actor(), target, revision).await;
    respond(&app, &admin, discarded, "draft-discarded").await
}

async fn respond<T>(
    app: &App,
    admin: &RequireOrgAdmin,
    result: Result<T, Problem>,
    done: &str,
) -> Result<Response, PageError> {
    match result {
        Ok(_) => Ok(saml_panel::redirect(admin, done)),
        Err(problem) => saml_panel::rerender(app, admin, problem).await,
    }
}
