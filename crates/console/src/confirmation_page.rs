//! The page that asks before an action with consequences: it names the object, the people and the consequence.
//!
//! It is a page of its own, so that it also asks where scripts do not run. Buttons for such actions are links to it; its
//! form sends the field `confirmed`.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use web::page;

use super::frame::ConsoleFrame;

#[derive(Debug, Template)]
#[template(path = "console/confirm.html")]
pub(super) struct ConfirmationPage<'p> {
    pub(super) frame: ConsoleFrame<'p>,
    /// Names the object, such as *Disable Okta?*
    pub(super) question: String,
    /// Who is affected, and how.
    pub(super) effects: Vec<String>,
    pub(super) warning: Option<Warning>,
    /// What is better done first.
    pub(super) instead: Option<FormButton>,
    pub(super) action: FormButton,
    /// Fields of the action's form besides the token and `confirmed`.
    pub(super) fields: Vec<(&'static str, String)>,
    /// The path of the page before.
    pub(super) cancel: String,
}

/// A reason not to do it.
#[derive(Debug)]
pub(super) struct Warning {
    pub(super) text: String,
    /// The path and the text of a link.
    pub(super) link: Option<(String, String)>,
}

/// A button that posts a form to a path.
#[derive(Debug)]
pub(super) struct FormButton {
    pub(super) path: String,
    pub(super) label: String,
}

impl<'p> ConfirmationPage<'p> {
    /// A page with one button. The names of the fields and their values must be added where the action needs some.
    pub(super) fn new(
        frame: ConsoleFrame<'p>,
        question: String,
        effects: Vec<String>,
        action: FormButton,
        cancel: String,
    ) -> Self {
        Self {
            frame,
            question,
            effects,
            warning: None,
            instead: None,
            action,
            fields: Vec::new(),
            cancel,
        }
    }

    pub(super) fn answer(&self, app: &App) -> Response {
        match self.instead {
            // A test sign-in leads to the identity provider.
            Some(_) => page::answer_with_external_form(app, StatusCode::OK, self),
            None => page::answer(StatusCode::OK, self),
        }
    }
}

/// The field that the form of the page sends.
pub(super) const CONFIRMED: &str = "confirmed";

impl FormButton {
    pub(super) fn new(path: impl Into<String>, label: String) -> Self {
        Self {
            path: path.into(),
            label,
        }
    }
}
