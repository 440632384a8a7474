//! The advanced settings of a connection: every setting that has no page of its own.
//!
//! Administrators open the page from the SAML SSO panel and from guided setup, the recipient of a setup link from guided
//! setup. Like the steps, it changes the working copy.

mod form;
mod setting;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use form::{AdvancedForm, CustomClaimRow};
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use service::connection::{self, ETag, sp_metadata_url};
use service::json::Patch;
use setting::{Control, SettingGroup, SettingView};
use web::page;

use super::setup_user::SetupUser;
use super::step::Step;
use super::test_step;
use crate::form::ConsoleForm;
use crate::form_state::{self, FormState};
use crate::frame::ConsoleFrame;
use crate::notice::{NoticeQuery, redirect_with_notice};
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/advanced.html")]
struct AdvancedPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of this page, to which its form is sent.
    path: String,
    /// The path of the page before.
    back: String,
    /// The connection's name.
    connection: String,
    /// Whether changes are saved as a draft.
    is_in_use: bool,
    revision: ETag,
    groups: Vec<GroupView>,
    form: FormState<AdvancedForm>,
    /// The names of the attributes that the newest test has received.
    sent_attributes: Vec<String>,
    has_own_entity_id: bool,
}

#[derive(Debug)]
struct GroupView {
    id: &'static str,
    title: String,
    settings: Vec<SettingView>,
}

impl GroupView {
    fn has_open_setting(&self) -> bool {
        self.settings.iter().any(|setting| setting.locked.is_none())
    }
}

impl AdvancedPage<'_> {
    /// What is wrong with the form as a whole.
    fn form_error(&self) -> Option<String> {
        let problem = self.form.problem.as_ref()?;
        if problem.errors.is_empty() {
            Some(form_state::message(
                self.frame.text,
                "sso-advanced",
                problem,
            ))
        } else {
            Some(self.frame.text.get("sso-advanced-invalid"))
        }
    }

    fn claim_error(&self, index: &usize, part: &str) -> Option<String> {
        let path = format!("custom_claims[{index}].{part}");
        self.form.path_message(self.frame.text, &path)
    }

    fn claims(&self) -> &[CustomClaimRow] {
        &self.form.values.claims
    }

    fn claims_error(&self) -> Option<String> {
        self.form.path_message(self.frame.text, "custom_claims")
    }
}

/// `GET …/advanced`
pub(super) async fn show(
    State(app): State<App>,
    user: SetupUser,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    user.check_can_open(Step::Attributes)?;
    let form = FormState::new(AdvancedForm::from_connection(user.connection()));
    let frame = user.frame(&app).with_notice(query.done.as_deref());
    render(&app, &user, frame, form).await
}

/// `POST …/advanced`
///
/// The buttons that add or remove a row of custom claims show the page again and save nothing.
pub(super) async fn save(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Attributes)?;
    let saved = AdvancedForm::from_connection(user.connection());
    let mut values = AdvancedForm::from_submission(&form, &saved, &user);
    if values.edit_rows(&form) {
        return render(&app, &user, user.frame(&app), FormState::new(values)).await;
    }
    if form.has("own_entity_id") {
        values.set("entity_id", sp_metadata_url(&app, user.connection()));
    }
    let changes = values.changes(&saved);
    let result = if form.revision() == user.working.etag() {
        let change = Patch::new(changes);
        connection::update_working_copy(&app, &user.actor(), user.connection_ref(), change).await
    } else {
        Err(connection::edit_conflict())
    };
    match result {
        Ok(saved) if saved.is_draft => Ok(redirect_with_notice(&user.advanced(), "draft-saved")),
        Ok(_) => Ok(redirect_with_notice(&user.advanced(), "saved")),
        Err(problem) => {
            let form = FormState::rejected(values, problem)?;
            render(&app, &user, user.frame(&app), form).await
        }
    }
}

/// `POST …/setup/own-entity-id`: the URL of the connection's metadata becomes its entity ID. Goes back to the
/// instruction with the number in the field `instruction`.
pub(super) async fn use_own_entity_id(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Instructions)?;
    let entity_id = sp_metadata_url(&app, user.connection());
    let change = Patch::new(json!({ "entity_id": entity_id }));
    connection::update_working_copy(&app, &user.actor(), user.connection_ref(), change).await?;
    let number: u16 = form.text("instruction").parse().unwrap_or(1);
    Ok(Redirect::to(&format!("{}/instructions/{number}", user.base())).into_response())
}

async fn render(
    app: &App,
    user: &SetupUser,
    frame: ConsoleFrame<'_>,
    mut form: FormState<AdvancedForm>,
) -> Result<Response, PageError> {
    let connection = user.connection();
    let status = form.status();
    form.values.add_empty_row();
    let page = AdvancedPage {
        frame,
        path: user.advanced(),
        back: user.before_advanced(),
        connection: connection.settings.name.clone(),
        is_in_use: connection.lifecycle.activated_at.is_some(),
        revision: user.working.etag(),
        groups: groups(user, &form),
        form,
        sent_attributes: sent_attributes(app, user).await?,
        has_own_entity_id: connection.settings.entity_id.as_ref()
            == Some(&sp_metadata_url(app, connection)),
    };
    Ok(page::answer(status, &page))
}

fn groups(user: &SetupUser, form: &FormState<AdvancedForm>) -> Vec<GroupView> {
    let view = |group: &SettingGroup| GroupView {
        id: group.id,
        title: user.text.get(group.title),
        settings: group
            .settings
            .iter()
            .map(|setting| SettingView::new(setting, form, user))
            .collect(),
    };
    setting::GROUPS.iter().map(view).collect()
}

async fn sent_attributes(app: &App, user: &SetupUser) -> Result<Vec<String>, Problem> {
    let result = test_step::latest(app, user).await?;
    let attributes = result.into_iter().flat_map(|result| result.attributes);
    Ok(attributes.map(|attribute| attribute.name).collect())
}
