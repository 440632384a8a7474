//! The browser of a person who signs in to the console.

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::secret_token::SecretToken;
use service::console_session::{self, BeginError, NewSession, SessionScope};
use store::{ConsoleSignInMethod, PersonId, SecretHash};
use web::{Cookie, RequestLanguage, page, user_agent};

use super::csrf;
use super::frame::ConsoleFrame;

/// A browser without a session. Its cookie ties codes, challenges and forms to it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub text: Localizer,
    cookie: SecretToken,
    user_agent: Option<String>,
}

impl Browser {
    /// The hash of the cookie.
    pub(crate) fn hash(&self) -> &SecretHash {
        &self.cookie.hash
    }

    pub(crate) fn frame<'p>(&self, app: &'p App) -> ConsoleFrame<'p> {
        ConsoleFrame::plain(app, self.text, csrf::token(&self.cookie.secret))
    }

    /// Renders a page and gives the browser its cookie.
    pub(crate) fn page(&self, app: &App, status: StatusCode, page: &impl Template) -> Response {
        self.with_cookie(app, page::answer(status, page))
    }

    /// Gives the browser its cookie.
    pub(crate) fn with_cookie(&self, app: &App, mut response: Response) -> Response {
        response
            .headers_mut()
            .append(header::SET_COOKIE, Cookie::Browser.set(app, &self.cookie));
        response
    }

    /// Starts a session in this browser. Returns the session's cookie.
    pub(crate) async fn start_session(
        self,
        app: &App,
        person: PersonId,
        method: ConsoleSignInMethod,
        scope: SessionScope,
    ) -> Result<HeaderValue, BeginError> {
        let session = NewSession {
            person,
            method,
            scope,
            user_agent: self.user_agent,
        };
        let token = console_session::begin(app, session).await?;
        Ok(Cookie::Console.set(app, &token))
    }
}

impl FromRequestParts<App> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        Ok(Self {
            text: RequestLanguage::from_headers(headers).localizer(&[]),
            cookie: Cookie::Browser.get_or_create(app, headers),
            user_agent: user_agent(headers),
        })
    }
}
