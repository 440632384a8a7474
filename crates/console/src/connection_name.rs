//! The pages that ask for the name of a connection: to rename it, and to duplicate it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use service::connection::{self, WorkingCopyView};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::notice::redirect_with_notice;
use super::page_error::PageError;
use super::saml_panel;

#[derive(Debug, Template)]
#[template(path = "console/connection_name.html")]
struct ConnectionNamePage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of the connection's panel.
    panel: String,
    /// The path of this page.
    path: String,
    title: String,
    lead: Option<String>,
    button: String,
    form: FormState<String>,
}

/// What happens with the name.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Rename,
    Duplicate,
}

/// `GET /console/organizations/{organization}/sso/{connection}/rename`
pub(super) async fn ask_new_name(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let form = FormState::new(working.connection.name.clone());
    Ok(name_page(&app, &admin, &working, Purpose::Rename, form))
}

/// `POST /console/organizations/{organization}/sso/{connection}/rename`
pub(super) async fn rename(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    let name = form.text("name");
    match connection::rename(&app, &admin.actor(), target, name).await {
        Ok(()) => Ok(saml_panel::redirect(&admin, "connection-renamed")),
        Err(problem) => {
            let form = FormState::rejected(name.to_owned(), problem)?;
            Ok(name_page(&app, &admin, &working, Purpose::Rename, form))
        }
    }
}

/// `GET /console/organizations/{organization}/sso/{connection}/duplicate`
pub(super) async fn ask_copy_name(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let name = [("connection", working.connection.name.as_str().into())];
    let form = FormState::new(admin.text().format("sso-copy-name", &name));
    Ok(name_page(&app, &admin, &working, Purpose::Duplicate, form))
}

/// `POST /console/organizations/{organization}/sso/{connection}/duplicate`
pub(super) async fn duplicate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let target = admin.connection_ref(&working.connection.id);
    let name = form.text("name");
    match connection::duplicate(&app, &admin.actor(), target, name).await {
        Ok(copy) => {
            let panel = admin.panel_path(Some(&copy.id));
            Ok(redirect_with_notice(&panel, "connection-duplicated"))
        }
        Err(problem) => {
            let form = FormState::rejected(name.to_owned(), problem)?;
            Ok(name_page(&app, &admin, &working, Purpose::Duplicate, form))
        }
    }
}

fn name_page(
    app: &App,
    admin: &RequireOrgAdmin,
    working: &WorkingCopyView,
    purpose: Purpose,
    form: FormState<String>,
) -> Response {
    let text = admin.text();
    let name = [("connection", working.connection.name.as_str().into())];
    let panel = admin.panel_path(Some(&working.connection.id));
    let status = form.status();
    let (part, title, button) = match purpose {
        Purpose::Rename => ("rename", "sso-rename-title", "sso-rename"),
        Purpose::Duplicate => ("duplicate", "sso-duplicate-title", "sso-duplicate"),
    };
    let lead = match purpose {
        Purpose::Rename => None,
        Purpose::Duplicate => Some(text.get("sso-duplicate-lead")),
    };
    let page = ConnectionNamePage {
        frame: admin.frame(app, "sso"),
        path: format!("{panel}/{part}"),
        panel,
        title: text.format(title, &name),
        lead,
        button: text.get(button),
        form,
    };
    page::answer(status, &page)
}
