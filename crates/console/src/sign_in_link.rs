//! Signs in to the console with a link. Opening the link changes nothing, because mail scanners open links too.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use runtime::app::App;
use serde::Deserialize;
use service::console_session::SessionScope;
use service::{operator, sign_in_link};
use store::{ConsoleSignInMethod, SignInLinkPurpose};

use super::browser::Browser;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::page_error::PageError;
use super::sign_in::{console_path, signed_in};

/// Shows the button that signs in.
#[derive(Debug, Template)]
#[template(path = "console/sign_in_link.html")]
struct LinkPage<'p> {
    frame: ConsoleFrame<'p>,
    token: &'p str,
    purpose: SignInLinkPurpose,
    next: &'p str,
    email: &'p str,
    error: Option<String>,
}

#[derive(Clone, Copy, Debug)]
struct LinkForm<'f> {
    token: &'f str,
    /// The page to open afterwards.
    next: &'f str,
    /// The address of the first operator.
    email: &'f str,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinkQuery {
    /// The page to open afterwards.
    next: String,
}

/// `GET /console/sign-in/link/{token}`
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(query): Query<LinkQuery>,
    browser: Browser,
) -> Result<Response, PageError> {
    let link = sign_in_link::peek(&app, &token).await?;
    let form = LinkForm {
        token: &token,
        next: &query.next,
        email: "",
    };
    let form = FormState::new(form);
    Ok(link_page(&app, &browser, link.purpose, &form))
}

/// `POST /console/sign-in/link/{token}`
pub(super) async fn sign_in(
    State(app): State<App>,
    Path(token): Path<String>,
    browser: Browser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let link = sign_in_link::peek(&app, &token).await?;
    let values = LinkForm {
        token: &token,
        next: form.text("next"),
        email: form.text("email"),
    };
    let person = match link.purpose {
        SignInLinkPurpose::FirstOperator => operator::claim_first(&app, &token, values.email).await,
        SignInLinkPurpose::Operator | SignInLinkPurpose::Invitation | SignInLinkPurpose::SignIn => {
            sign_in_link::consume(&app, &token).await
        }
    };
    match person {
        Ok(person) => {
            let cookie = browser
                .start_session(
                    &app,
                    person,
                    ConsoleSignInMethod::Link,
                    SessionScope::Person,
                )
                .await?;
            Ok(signed_in(cookie, values.next))
        }
        Err(problem) => {
            let form = FormState::invalid(values, problem)?;
            Ok(link_page(&app, &browser, link.purpose, &form))
        }
    }
}

fn link_page(
    app: &App,
    browser: &Browser,
    purpose: SignInLinkPurpose,
    form: &FormState<LinkForm<'_>>,
) -> Response {
    let invalid = |_| browser.text.get("console-error-invalid-fields");
    let page = LinkPage {
        frame: browser.frame(app),
        token: form.values.token,
        purpose,
        next: console_path(form.values.next),
        email: form.values.email,
        error: form.problem.as_ref().map(invalid),
    };
    browser.page(app, form.unprocessable_status(), &page)
}
