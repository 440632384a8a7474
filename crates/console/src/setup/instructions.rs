//! The second step: the instructions for the identity provider, one on each page.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guide::{Guide, GuideContext, InstructionView, Sentence};
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::{self, SetupStep};
use web::page;

use super::progress::SetupProgress;
use super::setup_user::SetupUser;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/instruction.html")]
struct InstructionPage<'p> {
    frame: ConsoleFrame<'p>,
    progress: SetupProgress,
    instruction: InstructionView,
    /// Counted from 1.
    number: usize,
    is_done: bool,
    /// Whether the connection has an entity ID that no other connection has.
    has_own_entity_id: bool,
    console_path: String,
    common_problems: Vec<Sentence>,
}

/// `GET …/setup/instructions`: redirects to the first instruction that is not done.
pub(super) async fn first_open(
    State(app): State<App>,
    user: SetupUser,
) -> Result<Response, PageError> {
    user.check_can_open(Step::Instructions)?;
    let progress = SetupProgress::load(&app, &user, Step::Instructions).await?;
    let first = progress
        .instructions
        .iter()
        .position(|instruction| !progress.is_done(instruction));
    let address = format!(
        "{}/instructions/{}",
        progress.base,
        first.unwrap_or_default() + 1
    );
    Ok(Redirect::to(&address).into_response())
}

/// `GET …/setup/instructions/{number}`
pub(super) async fn show(
    State(app): State<App>,
    user: SetupUser,
    Path(named): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    user.check_can_open(Step::Instructions)?;
    let progress = SetupProgress::load(&app, &user, Step::Instructions).await?;
    let number = parse_number(&progress, &named)?;
    let values = user.sp_values(&app).await?;
    let context = GuideContext {
        text: user.text,
        values: &values,
    };
    let guide = Guide::for_provider(user.connection().settings.provider);
    let instruction = progress.instructions[number - 1].clone();
    let page = InstructionPage {
        frame: user.frame(&app),
        number,
        is_done: progress.is_done(&instruction),
        instruction,
        has_own_entity_id: values.entity_id == values.metadata_url,
        console_path: guide.console.join(" › "),
        common_problems: guide.common_problems(&context),
        progress,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST …/setup/instructions/{number}`
pub(super) async fn mark(
    State(app): State<App>,
    user: SetupUser,
    Path(named): Path<HashMap<String, String>>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Instructions)?;
    let progress = SetupProgress::load(&app, &user, Step::Instructions).await?;
    let number = parse_number(&progress, &named)?;
    let name = progress.instructions[number - 1].name.as_str();
    let (step, next) = if form.has("reopen") {
        (SetupStep::Open(name), number)
    } else {
        (SetupStep::Done(name), number + 1)
    };
    connection::mark_step(&app, user.connection_ref(), step).await?;
    let base = &progress.base;
    let address = if next > progress.instructions.len() {
        format!("{base}/idp-details")
    } else {
        format!("{base}/instructions/{next}")
    };
    Ok(Redirect::to(&address).into_response())
}

/// The number of an instruction in the URL, counted from 1. It exists.
fn parse_number(
    progress: &SetupProgress,
    named: &HashMap<String, String>,
) -> Result<usize, Problem> {
    let value = named.get("number").map_or("", String::as_str);
    let number = value.parse().ok();
    number
        .filter(|number| (1..=progress.instructions.len()).contains(number))
        .ok_or_else(|| Problem::not_found("instruction", value))
}
