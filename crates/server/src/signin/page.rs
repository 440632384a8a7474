//! The pages that people see.

use std::borrow::Cow;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::config::Config;
use crate::page::answer;
use crate::web::{SCRIPT, STYLE};

/// What stands on every page.
#[derive(Clone, Debug)]
pub(super) struct Frame<'p> {
    /// The product that people sign in to.
    pub product: &'p str,
    /// Whom to ask.
    pub support: Option<&'p str>,
    style: Cow<'static, str>,
    script: Cow<'static, str>,
}

impl<'p> Frame<'p> {
    /// The frame that the operator wants.
    pub(super) fn new(config: &'p Config) -> Self {
        Self {
            product: &config.product_name,
            support: config.support_contact.as_deref(),
            style: Cow::Borrowed(&STYLE.path),
            script: Cow::Borrowed(&SCRIPT.path),
        }
    }

    /// The frame of a page that is shown at a foreign host: its style and script are at home.
    pub(super) fn away(config: &'p Config) -> Self {
        let home = &config.public_url;
        Self {
            style: Cow::Owned(format!("{home}{}", STYLE.path)),
            script: Cow::Owned(format!("{home}{}", SCRIPT.path)),
            ..Self::new(config)
        }
    }
}

/// The front page.
#[derive(Debug, Template)]
#[template(path = "status.html")]
pub(super) struct StatusPage<'p> {
    /// See [`Frame`].
    pub frame: Frame<'p>,
}

/// Says that an address leads nowhere.
#[derive(Debug, Template)]
#[template(path = "nothing.html")]
struct NothingPage<'p> {
    frame: Frame<'p>,
}

/// Asks for the e-mail address.
#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
pub(super) struct SignInPage<'p> {
    /// See [`Frame`].
    pub frame: Frame<'p>,
    /// The handle of the sign-in under way.
    pub request: &'p str,
    /// What the field holds already.
    pub email: &'p str,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// Says why a sign-in stopped.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage<'p> {
    /// See [`Frame`].
    pub frame: Frame<'p>,
    /// What happened and what to do.
    pub sentence: &'p str,
    /// The stable code.
    pub code: &'p str,
    /// The attempt's number, when there is one.
    pub attempt: Option<&'p str>,
    /// The way back to the application, when there is one.
    pub back: Option<&'p str>,
}

/// Posts a form on, by itself where scripts run.
#[derive(Debug, Template)]
#[template(path = "post.html")]
pub(super) struct PostPage<'p> {
    /// See [`Frame`].
    pub frame: Frame<'p>,
    /// Where the form goes.
    pub action: &'p str,
    /// Its fields.
    pub fields: &'p [(Cow<'p, str>, Cow<'p, str>)],
}

/// Says that somebody is signed in whom no application had sent.
#[derive(Debug, Template)]
#[template(path = "signed_in.html")]
pub(super) struct SignedInPage<'p> {
    /// See [`Frame`].
    pub frame: Frame<'p>,
    /// Where they can go.
    pub applications: &'p [Onward],
}

/// An application to go on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Onward {
    /// Its name.
    pub name: String,
    /// Its front page.
    pub address: String,
}

/// `GET /`
pub(super) async fn status(axum::extract::State(app): axum::extract::State<App>) -> Response {
    answer(
        StatusCode::OK,
        &StatusPage {
            frame: Frame::new(&app.config),
        },
    )
}

/// The answer to a browser that went to an address that nothing has.
pub(crate) fn nothing(app: &App) -> Response {
    answer(
        StatusCode::NOT_FOUND,
        &NothingPage {
            frame: Frame::new(&app.config),
        },
    )
}

#[cfg(test)]
mod tests;
