//! Publishes or discards the draft of a connection that is in use, after a page that shows the consequences.

use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::{self, WorkingCopyView};

use super::confirmation_page::{CONFIRMED, ConfirmationPage, FormButton, Warning};
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::page_error::PageError;
use super::saml_panel;

/// `GET /console/organizations/{organization}/sso/{connection}/publish`
pub(super) async fn confirm_publish(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    publish_page(&app, &admin, &working).await
}

/// `POST /console/organizations/{organization}/sso/{connection}/publish`
///
/// Settings that have not passed a test are published after a confirmation.
pub(super) async fn publish(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let revision = form.revision();
    let is_untested = working.is_draft && working.connection.tested_at.is_none();
    if is_untested && working.revision == revision && !form.has(CONFIRMED) {
        return publish_page(&app, &admin, &working).await;
    }
    let target = admin.connection_ref(&working.connection.id);
    let published = connection::publish(&app, &admin.actor(), target, Some(revision)).await;
    respond(&app, &admin, published, "draft-published").await
}

/// `GET /console/organizations/{organization}/sso/{connection}/discard`
pub(super) async fn confirm_discard(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let text = admin.text();
    let name = [("connection", working.connection.name.as_str().into())];
    let panel = admin.panel_path(Some(&working.connection.id));
    let mut page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("sso-discard-question", &name),
        vec![text.get("sso-discard-effect")],
        FormButton::new(format!("{panel}/discard"), text.get("sso-discard")),
        panel,
    );
    page.fields = vec![("revision", working.revision.to_string())];
    Ok(page.answer(&app))
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

async fn publish_page(
    app: &App,
    admin: &RequireOrgAdmin,
    working: &WorkingCopyView,
) -> Result<Response, PageError> {
    let text = admin.text();
    let id = &working.connection.id;
    let effect = connection::impact(app, admin.connection_ref(id)).await?;
    let name = [("connection", working.connection.name.as_str().into())];
    let accounts = [("count", effect.usage.accounts.into())];
    let panel = admin.panel_path(Some(id));
    let mut page = ConfirmationPage::new(
        admin.frame(app, "sso"),
        text.format("sso-publish-question", &name),
        vec![
            text.format("sso-publish-accounts", &accounts),
            text.get("sso-activate-sessions"),
            text.get("sso-publish-undo"),
        ],
        FormButton::new(format!("{panel}/publish"), text.get("sso-publish")),
        panel,
    );
    page.fields = vec![("revision", working.revision.to_string())];
    if working.connection.tested_at.is_none() {
        page.warning = Some(Warning {
            text: text.get("sso-publish-untested"),
            link: None,
        });
        page.action.label = text.get("sso-publish-without-test");
        page.instead = Some(FormButton::new(
            admin.path(&format!("connections/{id}/test")),
            text.get("sso-draft-test"),
        ));
    }
    Ok(page.answer(app))
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
