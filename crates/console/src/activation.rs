//! Activates and disables a connection, after a page that shows the consequences.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use service::connection::{self, ConnectionImpact, WorkingCopyView};
use web::page;

use super::confirmation_page::{ConfirmationPage, FormButton, Warning};
use super::connection_effects::list_effects;
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::page_error::PageError;
use super::saml_panel;

#[derive(Debug, Template)]
#[template(path = "console/activate.html")]
struct ActivatePage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of the connection's panel.
    panel: String,
    effect: ConnectionImpact,
    working: WorkingCopyView,
}

/// `GET /console/organizations/{organization}/sso/{connection}/activate`
pub(super) async fn confirm_activate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let id = &working.connection.id;
    let page = ActivatePage {
        frame: admin.frame(&app, "sso"),
        panel: admin.panel_path(Some(id)),
        effect: connection::impact(&app, admin.connection_ref(id)).await?,
        working,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/{connection}/activate`
pub(super) async fn activate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    admin.user().check_can_confirm(&working.connection.id)?;
    let target = admin.connection_ref(&working.connection.id);
    let actor = admin.actor();
    let mut revision = Some(form.revision());
    if working.is_draft
        && form.has("publish")
        && let Err(problem) = connection::publish(&app, &actor, target, revision.take()).await
    {
        return saml_panel::rerender(&app, &admin, problem).await;
    }
    // After publishing, the active settings are those of the page: a draft that starts now does not affect them.
    match connection::activate(&app, &actor, target, revision).await {
        Ok(_) => Ok(saml_panel::redirect(&admin, "activated")),
        Err(problem) => saml_panel::rerender(&app, &admin, problem).await,
    }
}

/// `POST /console/organizations/{organization}/sso/{connection}/confirm-activation`: confirms what a setup link has
/// requested or activated.
pub(super) async fn confirm_request(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    admin.user().check_can_confirm(&working.connection.id)?;
    let target = admin.connection_ref(&working.connection.id);
    let revision = Some(form.revision());
    match connection::confirm_activation(&app, &admin.actor(), target, revision).await {
        Ok(_) => Ok(saml_panel::redirect(&admin, "activation-confirmed")),
        Err(problem) => saml_panel::rerender(&app, &admin, problem).await,
    }
}

/// `POST /console/organizations/{organization}/sso/{connection}/decline-activation`
pub(super) async fn decline_request(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    match connection::decline_activation(&app, &admin.actor(), target).await {
        Ok(_) => Ok(saml_panel::redirect(&admin, "activation-declined")),
        Err(problem) => saml_panel::rerender(&app, &admin, problem).await,
    }
}

/// `GET /console/organizations/{organization}/sso/{connection}/disable`
pub(super) async fn confirm_disable(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let id = &working.connection.id;
    let text = admin.text();
    let effect = connection::impact(&app, admin.connection_ref(id)).await?;
    let name = working.connection.name.as_str();
    let panel = admin.panel_path(Some(id));
    let mut page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("sso-disable-confirm", &[("connection", name.into())]),
        list_effects(
            text,
            &effect,
            "sso-disable-accounts",
            "sso-disable-keeps-settings",
        ),
        FormButton::new(format!("{panel}/disable"), text.get("sso-disable-button")),
        panel,
    );
    page.warning = enforcement_warning(&admin, &effect);
    Ok(page.answer(&app))
}

/// Enforced SSO locks members out when the last connection stops.
pub(super) fn enforcement_warning(
    admin: &RequireOrgAdmin,
    effect: &ConnectionImpact,
) -> Option<Warning> {
    let text = admin.text();
    let locks_out = effect.is_sso_enforced && effect.other_connections.is_empty();
    locks_out.then(|| Warning {
        text: text.get("sso-disable-enforced"),
        link: Some((
            admin.path("sso-enforcement"),
            text.get("sso-enforcement-view-members"),
        )),
    })
}

/// `GET /console/organizations/{organization}/sso/{connection}/decline-activation`
pub(super) async fn confirm_decline(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let text = admin.text();
    let name = [("connection", working.connection.name.as_str().into())];
    let panel = admin.panel_path(Some(&working.connection.id));
    let page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("sso-request-decline-question", &name),
        vec![text.get("sso-request-decline-effect")],
        FormButton::new(
            format!("{panel}/decline-activation"),
            text.get("sso-request-decline"),
        ),
        panel,
    );
    Ok(page.answer(&app))
}

/// `POST /console/organizations/{organization}/sso/{connection}/disable`
pub(super) async fn disable(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    connection::disable(&app, &admin.actor(), target).await?;
    Ok(saml_panel::redirect(&admin, "disabled"))
}
