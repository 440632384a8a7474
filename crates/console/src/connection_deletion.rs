//! Deletes a connection, after a page that says what happens.

use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use service::connection;

use super::activation::enforcement_warning;
use super::confirmation_page::{ConfirmationPage, FormButton};
use super::connection_effects::connection_deletion_effects;
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::notice::redirect_with_notice;
use super::page_error::PageError;
use super::saml_panel;

/// `GET /console/organizations/{organization}/sso/{connection}/delete`
pub(super) async fn confirm(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let id = &working.connection.id;
    let text = admin.text();
    let effect = connection::impact(&app, admin.connection_ref(id)).await?;
    let name = [("connection", working.connection.name.as_str().into())];
    let panel = admin.panel_path(Some(id));
    let mut page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("sso-delete-question", &name),
        connection_deletion_effects(text, &effect),
        FormButton::new(format!("{panel}/delete"), text.get("sso-delete")),
        panel,
    );
    page.warning = enforcement_warning(&admin, &effect);
    Ok(page.answer(&app))
}

/// `POST /console/organizations/{organization}/sso/{connection}/delete`
pub(super) async fn delete(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    connection::delete(&app, &admin.actor(), target).await?;
    let panel = admin.panel_path(None);
    Ok(redirect_with_notice(&panel, "connection-deleted"))
}
