//! The page of a setup link that cannot be used.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::ProblemCode;
use web::page;

use crate::frame::ConsoleFrame;

/// Why a setup link cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnusableLink {
    Expired,
    Revoked,
    Unknown,
    /// No link was redeemed in this browser, or it has expired since.
    NotRedeemed,
    /// The connection was activated after the link was created.
    SetupComplete,
}

#[derive(Debug, Template)]
#[template(path = "setup/link_expired.html")]
struct LinkExpiredPage<'p> {
    frame: ConsoleFrame<'p>,
    title: String,
    message: String,
}

impl UnusableLink {
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
            Self::Expired => ("setup-link-invalid-title", "setup-link-invalid-expired"),
            Self::Revoked => ("setup-link-invalid-title", "setup-link-invalid-revoked"),
            Self::Unknown => ("setup-link-invalid-title", "setup-link-invalid-unknown"),
            Self::NotRedeemed => ("setup-reopen-link-title", "setup-reopen-link"),
            Self::SetupComplete => ("setup-complete-title", "setup-complete"),
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::Expired | Self::Revoked | Self::Unknown | Self::NotRedeemed => StatusCode::GONE,
            Self::SetupComplete => StatusCode::OK,
        }
    }
}

pub(super) fn page(app: &App, headers: &HeaderMap, reason: UnusableLink) -> Response {
    let frame = ConsoleFrame::signed_out(app, headers);
    let (title, message) = reason.keys();
    let page = LinkExpiredPage {
        title: frame.text.get(title),
        message: frame.text.get(message),
        frame,
    };
    page::answer(reason.status(), &page)
}
