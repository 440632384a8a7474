//! The pages of a sign-in.

use std::borrow::Cow;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use web::page::answer;
use web::{CONSOLE_SCRIPT, ICON, RequestLanguage, SCRIPT, STYLE};

use super::application_return::ApplicationReturn;

/// What every page has.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'p> {
    pub text: Localizer,
    pub product_name: &'p str,
    pub support_contact: Option<&'p str>,
    styles: Vec<Cow<'p, str>>,
    logo: Option<Cow<'p, str>>,
    icon: Cow<'p, str>,
    script: Cow<'static, str>,
    copy_script: &'static str,
}

impl<'p> Frame<'p> {
    pub(crate) fn new(app: &'p App, text: Localizer) -> Self {
        Self {
            text,
            product_name: &app.config.product_name,
            support_contact: app.config.support_contact(),
            styles: [STYLE.path.as_str()]
                .into_iter()
                .chain(app.brand.style_path())
                .map(Cow::Borrowed)
                .collect(),
            logo: app.brand.logo_path().map(Cow::Borrowed),
            icon: Cow::Borrowed(app.brand.logo_path().unwrap_or(&ICON.path)),
            script: Cow::Borrowed(&SCRIPT.path),
            copy_script: &CONSOLE_SCRIPT.path,
        }
    }

    /// The frame of a page at a host that is not the server's own: styles and scripts have absolute URLs.
    pub(crate) fn with_external_url(app: &'p App, text: Localizer) -> Self {
        let public_url = &app.config.public_url;
        let absolute = |path: Cow<'p, str>| Cow::Owned(format!("{public_url}{path}"));
        let frame = Self::new(app, text);
        Self {
            styles: frame.styles.into_iter().map(absolute).collect(),
            logo: frame.logo.map(absolute),
            icon: absolute(frame.icon),
            script: Cow::Owned(format!("{public_url}{}", SCRIPT.path)),
            ..Self::new(app, text)
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage<'p> {
    pub frame: Frame<'p>,
}

/// Says that the URL is a name, and where the metadata of a connection is.
#[derive(Debug, Template)]
#[template(path = "entity_id.html")]
pub(crate) struct EntityIdPage<'p> {
    pub frame: Frame<'p>,
    pub metadata_url: String,
}

#[derive(Debug, Template)]
#[template(path = "not_found.html")]
struct NotFoundPage<'p> {
    frame: Frame<'p>,
}

#[derive(Debug, Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    frame: Frame<'p>,
    lead: String,
}

/// Asks for the email address.
#[derive(Debug, Template)]
#[template(path = "email.html")]
pub(crate) struct EmailPage<'p> {
    pub frame: Frame<'p>,
    /// The handle of the pending sign-in.
    pub request: &'p str,
    /// What the field contains.
    pub email: &'p str,
    pub error: Option<String>,
}

/// Asks for the connection.
#[derive(Debug, Template)]
#[template(path = "connection_chooser.html")]
pub(crate) struct ConnectionChooserPage<'p> {
    pub frame: Frame<'p>,
    /// The handle of the pending sign-in.
    pub request: &'p str,
    /// The email address that led to the choice, if one did.
    pub email: &'p str,
    pub connections: Vec<ConnectionButton>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConnectionButton {
    pub id: String,
    pub name: String,
    pub is_last_choice: bool,
}

/// Asks the user before an unsolicited response signs them in.
#[derive(Debug, Template)]
#[template(path = "confirm_sign_in.html")]
pub(crate) struct ConfirmSignInPage<'p> {
    pub frame: Frame<'p>,
    /// The handle of the pending sign-in.
    pub request: &'p str,
    /// As whom the user would be signed in.
    pub user: String,
    /// The only application, if there is no choice.
    pub application: Option<&'p str>,
    pub organization: &'p str,
}

impl ConfirmSignInPage<'_> {
    fn title(&self) -> String {
        let application = self.application.unwrap_or(self.frame.product_name);
        let variables = [
            ("user", self.user.as_str().into()),
            ("application", application.into()),
        ];
        self.frame.text.format("signin-confirm-title", &variables)
    }
}

/// Says why a sign-in failed.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage<'p> {
    pub frame: Frame<'p>,
    pub message: String,
    /// What the user can do.
    pub remedy: String,
    pub code: &'p str,
    /// The reference ID.
    pub attempt: Option<&'p str>,
    /// The way back to the application.
    pub application_return: Option<&'p ApplicationReturn>,
}

impl ErrorPage<'_> {
    /// Whether the button of the page is a form that leads to another site.
    pub(crate) fn posts_to_application(&self) -> bool {
        let way_back = self.application_return;
        way_back.is_some_and(|way_back| way_back.url().is_none())
    }
}

/// Posts a form: by itself where scripts run, with a button elsewhere.
#[derive(Debug, Template)]
#[template(path = "auto_post.html")]
pub(crate) struct AutoPostPage<'p> {
    pub frame: Frame<'p>,
    pub action: &'p str,
    pub fields: &'p [(Cow<'p, str>, Cow<'p, str>)],
}

/// Lists the applications for a signed-in user whom no application sent.
#[derive(Debug, Template)]
#[template(path = "app_picker.html")]
pub(crate) struct AppPickerPage<'p> {
    pub frame: Frame<'p>,
    pub applications: &'p [AppLink],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AppLink {
    pub name: String,
    pub url: String,
}

/// `GET /`
pub(crate) async fn home(State(app): State<App>, language: RequestLanguage) -> Response {
    let frame = Frame::new(&app, language.localizer(&[]));
    answer(StatusCode::OK, &HomePage { frame })
}

/// The page for a URL that does not exist.
pub fn not_found(app: &App, language: RequestLanguage) -> Response {
    let frame = Frame::new(app, language.localizer(&[]));
    answer(StatusCode::NOT_FOUND, &NotFoundPage { frame })
}

/// A problem with a URL that no page answers, such as a method that it does not support.
pub fn problem_page(app: &App, language: RequestLanguage, problem: &Problem) -> Response {
    let text = language.localizer(&[]);
    let page = ProblemPage {
        frame: Frame::new(app, text),
        lead: problem.localize(text),
    };
    answer(problem.status, &page)
}

#[cfg(test)]
mod tests;
