//! A setup link that leads nowhere any more says so in clear words.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::ProblemCode;
use web::page;

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
#[template(path = "setup/link_expired.html")]
struct LinkExpiredPage<'p> {
    frame: ConsoleFrame<'p>,
    title: String,
    message: String,
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

    /// The keys of the title and the message.
    const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Expired => ("setup-over-title", "setup-over-expired"),
            Self::Revoked => ("setup-over-title", "setup-over-revoked"),
            Self::Unknown => ("setup-over-title", "setup-over-unknown"),
            Self::Closed => ("setup-closed-title", "setup-closed"),
            Self::Finished => ("setup-finished-title", "setup-finished"),
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
    let frame = ConsoleFrame::signed_out(app, headers);
    let (title, message) = why.keys();
    let page = LinkExpiredPage {
        title: frame.text.get(title),
        message: frame.text.get(message),
        frame,
    };
    page::answer(why.status(), &page)
}
