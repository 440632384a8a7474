//! The pages that people see.

use std::borrow::Cow;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use web::page::answer;
use web::{CONSOLE_SCRIPT, RequestLanguage, SCRIPT, STYLE};

/// What stands on every page.
#[derive(Clone, Debug)]
pub(super) struct Frame<'p> {
    /// The words.
    pub text: Localizer,
    /// The product that people sign in to.
    pub product: &'p str,
    /// Whom to ask.
    pub support: Option<&'p str>,
    styles: Vec<Cow<'p, str>>,
    logo: Option<Cow<'p, str>>,
    script: Cow<'static, str>,
    copy_script: &'static str,
}

impl<'p> Frame<'p> {
    /// The frame that the operator wants.
    pub(super) fn new(app: &'p App, text: Localizer) -> Self {
        Self {
            text,
            product: &app.config.product_name,
            support: app.config.support_contact.as_deref(),
            styles: [STYLE.path.as_str()]
                .into_iter()
                .chain(app.brand.style_path())
                .map(Cow::Borrowed)
                .collect(),
            logo: app.brand.logo_path().map(Cow::Borrowed),
            script: Cow::Borrowed(&SCRIPT.path),
            copy_script: &CONSOLE_SCRIPT.path,
        }
    }

    /// The frame of a page that is shown at a foreign host: its style and script are at home.
    pub(super) fn away(app: &'p App, text: Localizer) -> Self {
        let home = &app.config.public_url;
        let at_home = |path: Cow<'p, str>| Cow::Owned(format!("{home}{path}"));
        let frame = Self::new(app, text);
        Self {
            styles: frame.styles.into_iter().map(at_home).collect(),
            logo: frame.logo.map(at_home),
            script: Cow::Owned(format!("{home}{}", SCRIPT.path)),
            ..Self::new(app, text)
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
    /// What happened.
    pub what_happened: String,
    /// What to do, and whom to ask.
    pub what_to_do: String,
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
pub(super) async fn status(State(app): State<App>, language: RequestLanguage) -> Response {
    let frame = Frame::new(&app, language.localizer(&[]));
    answer(StatusCode::OK, &StatusPage { frame })
}

/// The answer to a browser that went to an address that nothing has.
pub fn nothing(app: &App, language: RequestLanguage) -> Response {
    let frame = Frame::new(app, language.localizer(&[]));
    answer(StatusCode::NOT_FOUND, &NothingPage { frame })
}

#[cfg(test)]
mod tests;
