//! Deletes a connection, after a page that says what happens.

use axum::extract::State;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use service::connection::{self, ConnectionImpact};

use super::activation::enforcement_warning;
use super::confirmation_page::{ConfirmationPage, FormButton};
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

/// What deleting a connection does, in whole sentences.
pub fn connection_deletion_effects(text: Localizer, effect: &ConnectionImpact) -> Vec<String> {
    let count = |key, count: i64| text.format(key, &[("count", count.into())]);
    let mut effects = vec![
        count("sso-delete-members", effect.usage.accounts),
        count("sso-disable-sessions", effect.usage.sessions),
    ];
    if !effect.domains.is_empty() && effect.other_connections.is_empty() {
        let domains = effect.domains.join(", ");
        effects.push(text.format("sso-disable-domains", &[("domains", domains.into())]));
    }
    if !effect.other_connections.is_empty() {
        let names = effect.other_connections.join(", ");
        effects.push(text.format("sso-disable-others", &[("names", names.into())]));
    }
    effects.push(text.get("sso-delete-settings"));
    effects
}
