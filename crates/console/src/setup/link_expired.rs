//! A setup link that leads nowhere any more says so in clear words.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::ProblemCode;
use web::{RequestLanguage, page};

use crate::csrf;
use crate::frame::ConsoleFrame;

/// Why it leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It is over.
    Expired,
    /// It was withdrawn.
    Revoked,
    /// There is none with this address.
    Unknown,
    /// Nobody has opened one in this browser, or the one that was opened is over.
    Closed,
    /// What it was made for is done.
    Finished,
}

/// Says so.
#[derive(Debug, Template)]
#[template(path = "setup/over.html")]
struct OverPage<'p> {
    frame: ConsoleFrame<'p>,
    title: String,
    sentence: String,
}

impl Why {
    pub(super) fn from_code(code: ProblemCode) -> Option<Self> {
        match code {
            ProblemCode::SetupLinkExpired => Some(Self::Expired),
            ProblemCode::SetupLinkRevoked => Some(Self::Revoked),
            ProblemCode::SetupLinkUnknown => Some(Self::Unknown),
            _ => None,
        }
    }

    fn words(self, text: Localizer) -> (String, String) {
        match self {
            Self::Expired => (text.get("setup-over-title"), text.get("setup-over-expired")),
            Self::Revoked => (text.get("setup-over-title"), text.get("setup-over-revoked")),
            Self::Unknown => (text.get("setup-over-title"), text.get("setup-over-unknown")),
            Self::Closed => (text.get("setup-closed-title"), text.get("setup-closed")),
            Self::Finished => (text.get("setup-finished-title"), text.get("setup-finished")),
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::Expired | Self::Revoked | Self::Unknown | Self::Closed => StatusCode::GONE,
            Self::Finished => StatusCode::OK,
        }
    }
}

/// The page that says so.
pub(super) fn page(app: &App, headers: &HeaderMap, why: Why) -> Response {
    let text = RequestLanguage::from_headers(headers).localizer(&[]);
    let (title, sentence) = why.words(text);
    let frame = ConsoleFrame::plain(app, text, csrf::token_for_request(app, headers));
    let page = OverPage {
        frame,
        title,
        sentence,
    };
    page::answer(why.status(), &page)
}
