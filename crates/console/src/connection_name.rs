//! The pages that ask for the name of a connection: to rename it, and to duplicate it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
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

impl Purpose {
    /// The last part of the path.
    const fn path(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Duplicate => "duplicate",
        }
    }

    /// The name that the form shows first.
    fn default_name(self, text: Localizer, current: &str) -> String {
        match self {
            Self::Rename => current.to_owned(),
            Self::Duplicate => text.format("sso-copy-name", &[("connection", current.into())]),
        }
    }

    /// Returns where to go then.
    async fn carry_out(
        self,
        app: &App,
        admin: &RequireOrgAdmin,
        id: &str,
        name: &str,
    ) -> Result<Response, Problem> {
        let target = admin.connection_ref(id);
        Ok(match self {
            Self::Rename => {
                connection::rename(app, &admin.actor(), target, name).await?;
                saml_panel::redirect(admin, "connection-renamed")
            }
            Self::Duplicate => {
                let copy = connection::duplicate(app, &admin.actor(), target, name).await?;
                let panel = admin.panel_path(Some(&copy.id));
                redirect_with_notice(&panel, "connection-duplicated")
            }
        })
    }
}

/// `GET /console/organizations/{organization}/sso/{connection}/rename`
pub(super) async fn ask_new_name(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    ask_name(&app, &admin, Purpose::Rename).await
}

/// `POST /console/organizations/{organization}/sso/{connection}/rename`
pub(super) async fn rename(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    take_name(&app, &admin, &form, Purpose::Rename).await
}

/// `GET /console/organizations/{organization}/sso/{connection}/duplicate`
pub(super) async fn ask_copy_name(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    ask_name(&app, &admin, Purpose::Duplicate).await
}

/// `POST /console/organizations/{organization}/sso/{connection}/duplicate`
pub(super) async fn duplicate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    take_name(&app, &admin, &form, Purpose::Duplicate).await
}

async fn ask_name(
    app: &App,
    admin: &RequireOrgAdmin,
    purpose: Purpose,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(app, admin).await?;
    let name = purpose.default_name(admin.text(), &working.connection.name);
    let form = FormState::new(name);
    Ok(name_page(app, admin, &working, purpose, form))
}

async fn take_name(
    app: &App,
    admin: &RequireOrgAdmin,
    form: &ConsoleForm,
    purpose: Purpose,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(app, admin).await?;
    let name = form.text("name");
    let done = purpose.carry_out(app, admin, &working.connection.id, name);
    match done.await {
        Ok(response) => Ok(response),
        Err(problem) => {
            let form = FormState::rejected(name.to_owned(), problem)?;
            Ok(name_page(app, admin, &working, purpose, form))
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
    let (title, button) = match purpose {
        Purpose::Rename => ("sso-rename-title", "sso-rename"),
        Purpose::Duplicate => ("sso-duplicate-title", "sso-duplicate"),
    };
    let lead = match purpose {
        Purpose::Rename => None,
        Purpose::Duplicate => Some(text.get("sso-duplicate-lead")),
    };
    let page = ConnectionNamePage {
        frame: admin.frame(app, "sso"),
        path: format!("{panel}/{}", purpose.path()),
        panel,
        title: text.format(title, &name),
        lead,
        button: text.get(button),
        form,
    };
    page::answer(status, &page)
}
