//! The second step: what is done in the other product, one card a page.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::connection;
use service::connection::SetupStep;
use web::page;

use super::progress;
use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::{CardView, Guide, Sentence, Words};
use crate::page_error::PageError;

/// Shows a card.
#[derive(Debug, Template)]
#[template(path = "setup/card.html")]
struct CardPage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    card: CardView,
    /// Which card it is, counted from one.
    at: usize,
    is_done: bool,
    console: String,
    traps: Vec<Sentence>,
}

/// `GET …/setup/cards`: to the first card that is not done.
pub(super) async fn go_on(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::Cards)?;
    let walk = Walk::read(&app, &visitor, Step::Cards).await?;
    let first = walk.cards.iter().position(|card| !walk.is_done(card));
    let address = format!("{}/cards/{}", walk.base, first.unwrap_or_default() + 1);
    Ok(Redirect::to(&address).into_response())
}

/// `GET …/setup/cards/{number}`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
    Path(named): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    visitor.check(Step::Cards)?;
    let walk = Walk::read(&app, &visitor, Step::Cards).await?;
    let at = number(&walk, &named)?;
    let values = progress::values(&app, &visitor).await?;
    let words = Words {
        text: visitor.text,
        values: &values,
    };
    let guide = Guide::of(visitor.connection().settings.provider);
    let card = walk.cards[at - 1].clone();
    let page = CardPage {
        frame: visitor.frame(&app),
        at,
        is_done: walk.is_done(&card),
        card,
        console: guide.console.join(" › "),
        traps: guide.traps(&words),
        walk,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST …/setup/cards/{number}`
pub(super) async fn mark(
    State(app): State<App>,
    visitor: SetupVisitor,
    Path(named): Path<HashMap<String, String>>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Cards)?;
    let walk = Walk::read(&app, &visitor, Step::Cards).await?;
    let at = number(&walk, &named)?;
    let name = walk.cards[at - 1].name.as_str();
    let (card, next) = if form.has("open") {
        (SetupStep::Open(name), at)
    } else {
        (SetupStep::Done(name), at + 1)
    };
    connection::mark_step(&app, visitor.place(), card).await?;
    let base = &walk.base;
    let address = if next > walk.cards.len() {
        format!("{base}/other-side")
    } else {
        format!("{base}/cards/{next}")
    };
    Ok(Redirect::to(&address).into_response())
}

/// Which card an address names, counted from one; there is such a card.
fn number(walk: &Walk, named: &HashMap<String, String>) -> Result<usize, Problem> {
    let written = named.get("number").map_or("", String::as_str);
    let number = written.parse().ok();
    number
        .filter(|number| (1..=walk.cards.len()).contains(number))
        .ok_or_else(|| Problem::not_found("card", written))
}
