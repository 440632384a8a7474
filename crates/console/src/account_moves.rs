//! Moving members to another connection: preview, confirmation, and the moves so far.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::account_move::{self, AccountMovePreview, AccountMoveView, NewAccountMove};
use service::connection;
use store::ConnectionName;
use web::page;

use super::confirmation_page::{ConfirmationPage, FormButton};
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::notice::redirect_with_notice;
use super::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/account_moves.html")]
struct AccountMovesPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    connections: Vec<ConnectionName>,
    moves: Vec<AccountMoveView>,
    form: FormState<MoveQuery>,
    preview: Option<AccountMovePreview>,
}

impl AccountMovesPage<'_> {
    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        let mut connections = self.connections.iter();
        let found = connections.find(|one| one.id.as_str() == id);
        found.map_or(id, |one| one.name.as_str())
    }

    fn problem(&self) -> Option<String> {
        let problem = self.form.problem.as_ref()?;
        Some(problem.localize(self.frame.text))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MoveQuery {
    from: String,
    to: String,
    done: Option<String>,
}

impl MoveQuery {
    fn is_filled(&self) -> bool {
        !self.from.is_empty() && !self.to.is_empty()
    }

    fn to_move(&self) -> NewAccountMove {
        NewAccountMove {
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }
}

/// Why a member is not moved.
fn reason_label(reason: &str, text: &Localizer) -> String {
    text.get(&format!("account-move-{reason}"))
}

/// `GET /console/organizations/{organization}/account-moves`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<MoveQuery>,
) -> Result<Response, PageError> {
    render(&app, &admin, FormState::new(query)).await
}

/// `POST /console/organizations/{organization}/account-moves`
pub(super) async fn start(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let query = MoveQuery {
        from: form.text("from").to_owned(),
        to: form.text("to").to_owned(),
        done: None,
    };
    let slug = &admin.organization().slug;
    match account_move::start(&app, &admin.actor(), slug, &query.to_move()).await {
        Ok(_) => Ok(redirect_with_notice(
            &admin.path("account-moves"),
            "account-move-started",
        )),
        Err(problem) => render(&app, &admin, FormState::rejected(query, problem)?).await,
    }
}

/// `GET …/account-moves/{move}/undo`
pub(super) async fn confirm_undo(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let slug = &admin.organization().slug;
    let moves = account_move::list(&app, slug).await?.items;
    let found = moves.iter().find(|one| one.id == id);
    let found = found.ok_or_else(|| Problem::not_found("move", &id))?;
    let connections = connection::list_names(&app, &admin.organization().id).await?;
    let name = |id: &str| {
        let found = connections.iter().find(|one| one.id.as_str() == id);
        found.map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let route = [
        ("from", name(found.from.as_str()).into()),
        ("to", name(found.to.as_str()).into()),
    ];
    let text = admin.text();
    let path = admin.path("account-moves");
    let page = ConfirmationPage::new(
        admin.frame(&app, "team"),
        text.format("account-move-undo-question", &route),
        vec![
            text.format("account-move-undo-effect", &[("count", found.moved.into())]),
            text.format("account-move-undo-then", &route),
        ],
        FormButton::new(format!("{path}/{id}/undo"), text.get("account-move-undo")),
        path,
    );
    Ok(page.answer(&app))
}

/// `POST …/account-moves/{move}/undo`
pub(super) async fn undo(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let slug = &admin.organization().slug;
    account_move::undo(&app, &admin.actor(), slug, &id).await?;
    let path = admin.path("account-moves");
    Ok(redirect_with_notice(&path, "account-move-undone"))
}

async fn render(
    app: &App,
    admin: &RequireOrgAdmin,
    mut form: FormState<MoveQuery>,
) -> Result<Response, PageError> {
    let slug = &admin.organization().slug;
    let mut preview = None;
    if form.problem.is_none() && form.values.is_filled() {
        match account_move::preview(app, slug, &form.values.to_move()).await {
            Ok(shown) => preview = Some(shown),
            Err(problem) => form = FormState::rejected(form.values, problem)?,
        }
    }
    let done = form.values.done.clone();
    let status = form.status();
    let page = AccountMovesPage {
        frame: admin.frame(app, "team").with_notice(done.as_deref()),
        slug,
        connections: connection::list_names(app, &admin.organization().id).await?,
        moves: account_move::list(app, slug).await?.items,
        form,
        preview,
    };
    Ok(page::answer(status, &page))
}
