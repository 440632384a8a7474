//! A setup link that leads nowhere any more says so in clear words.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use i18n::Text;
use runtime::app::App;
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
    /// The reason that a problem's code names.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        match code {
            "setup-link-expired" => Some(Self::Expired),
            "setup-link-revoked" => Some(Self::Revoked),
            "setup-link-unknown" => Some(Self::Unknown),
            _ => None,
        }
    }

    fn words(self, text: Text) -> (String, String) {
        match self {
            Self::Expired => (text.say("setup-over-title"), text.say("setup-over-expired")),
            Self::Revoked => (text.say("setup-over-title"), text.say("setup-over-revoked")),
            Self::Unknown => (text.say("setup-over-title"), text.say("setup-over-unknown")),
            Self::Closed => (text.say("setup-closed-title"), text.say("setup-closed")),
            Self::Finished => (text.say("setup-finished-title"), text.say("setup-finished")),
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
    let text = RequestLanguage::from_headers(headers).text(&[]);
    let (title, sentence) = why.words(text);
    let frame = ConsoleFrame::plain(app, text, csrf::token_for_request(app, headers));
    let page = OverPage {
        frame,
        title,
        sentence,
    };
    page::answer(why.status(), &page)
}
