//! The page that a refusal becomes.

use axum::response::Response;
use runtime::app::App;
use service::sign_in::error::{Refusal, Sentence};
use store::AttemptId;
use web::{RequestLanguage, page};

use super::pages::{ErrorPage, Frame};

/// A sign-in that stopped, with what the person can do about it.
#[derive(Debug)]
pub(super) struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// Under which number the administrator finds the story.
    pub attempt: Option<AttemptId>,
    /// The address by which the application hears of it.
    pub back: Option<String>,
    /// The languages that the application asked for, best first.
    pub languages: Box<[String]>,
}

impl<R: Into<Refusal>> From<R> for Refused {
    fn from(refusal: R) -> Self {
        Self {
            refusal: refusal.into(),
            attempt: None,
            back: None,
            languages: Box::default(),
        }
    }
}

impl Refused {
    /// Writes the log's line and the person's page.
    pub(super) fn response(&self, app: &App, language: RequestLanguage) -> Response {
        let Self {
            refusal,
            attempt,
            back,
            languages,
        } = self;
        let attempt = attempt.as_ref().map(AttemptId::as_str);
        tracing::info!(code = refusal.code(), attempt, "refused");
        let (text, sentence) = (language.localizer(languages), Sentence::of(refusal));
        let page = ErrorPage {
            frame: Frame::new(app, text),
            what_happened: sentence.what_happened(text),
            what_to_do: sentence.what_to_do(text),
            code: refusal.code(),
            attempt,
            back: back.as_deref(),
        };
        page::answer(refusal.status(), &page)
    }
}

/// The answer that a step of the sign-in ends with.
pub(super) fn answer(
    app: &App,
    language: RequestLanguage,
    ended: Result<Response, Refused>,
) -> Response {
    ended.unwrap_or_else(|refused| refused.response(app, language))
}
