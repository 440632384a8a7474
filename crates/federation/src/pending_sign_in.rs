//! What a posted response claims to answer.

use axum::http::HeaderMap;
use runtime::app::App;
use runtime::seal;
use service::sign_in::discovery::Destination;
use service::sign_in::error::Refusal;
use store::{ConnectionId, PendingSignIn, PendingSignInId};
use web::Cookie;

use super::posted_form::Posted;
use super::sign_in_flow::Asked;
use super::test_sign_in::UnderTest;

/// The longest handle that may come back as RelayState (saml-bindings 3.5.3).
const LONGEST_HANDLE: usize = 80;

/// A response, by whether somebody is waiting for it.
#[derive(Debug)]
pub(super) enum Arrival {
    /// It came back with the handle of a sign-in that is under way in this browser.
    Awaited(Box<Awaited>),
    /// Nobody here has asked for it.
    Unasked,
}

/// A sign-in under way in this browser, through this connection.
#[derive(Clone, Debug)]
pub(super) struct Awaited {
    /// Its row.
    pub pending: PendingSignIn,
    /// The connection at which it was begun.
    pub connection: ConnectionId,
    /// The request that the response has to answer.
    pub authn_request_id: String,
    /// What it is for.
    pub asked: Asked,
}

/// The sign-in to which a response claims to belong, before anything about that is checked.
#[derive(Debug)]
pub(super) enum Claimed {
    /// None that is known.
    Nobody,
    /// One that was begun at another connection.
    Elsewhere(Box<Awaited>),
    /// One that was begun at this connection.
    Here(Box<Awaited>),
}

impl Claimed {
    /// Finds the sign-in that a response came back for.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn find(
        app: &App,
        destination: &Destination,
        posted: &Posted,
    ) -> Result<Self, Refusal> {
        let Some(handle) = &posted.relay_state else {
            return Ok(Self::Nobody);
        };
        let Some(pending) = find(app, handle).await? else {
            return Ok(Self::Nobody);
        };
        let Some(route) = pending.authn_request.clone() else {
            return Ok(Self::Nobody);
        };
        let asked = Asked::of(&pending)?;
        let awaited = Box::new(Awaited {
            pending,
            connection: route.connection,
            authn_request_id: route.id,
            asked,
        });
        Ok(if awaited.connection == destination.connection.id {
            Self::Here(awaited)
        } else {
            Self::Elsewhere(awaited)
        })
    }

    /// The test that it is, when it is one. One that was begun elsewhere is told of in the browser alone that began it.
    pub(super) fn test(&self, app: &App, headers: &HeaderMap) -> Option<UnderTest> {
        let awaited = match self {
            Self::Nobody => return None,
            Self::Here(awaited) => awaited,
            Self::Elsewhere(awaited) if awaited.is_of_browser(app, headers) => awaited,
            Self::Elsewhere(_) => return None,
        };
        match &awaited.asked {
            Asked::Test(test) => Some(UnderTest {
                test: test.clone(),
                pending: awaited.pending.id.clone(),
                connection: awaited.connection.clone(),
            }),
            Asked::Application(_) | Asked::Nobody | Asked::Console => None,
        }
    }

    /// What this connection was asked for it, where messages are kept; what was asked of another is not told here.
    pub(super) fn authn_request(&self) -> Option<&str> {
        match self {
            Self::Here(awaited) => awaited.pending.authn_request.as_ref()?.message.as_deref(),
            Self::Nobody | Self::Elsewhere(_) => None,
        }
    }

    /// Holds it against the browser and the time.
    ///
    /// # Errors
    ///
    /// When that sign-in is another connection's or another browser's, is over, or took too long.
    pub(super) fn check(self, app: &App, headers: &HeaderMap) -> Result<Arrival, Refusal> {
        let awaited = match self {
            Self::Nobody => return Ok(Arrival::Unasked),
            // A sign-in that was begun at one connection does not end at another; which one it was is nobody's business.
            Self::Elsewhere(_) => return Err(Refusal::OtherConnection),
            Self::Here(awaited) => awaited,
        };
        if !awaited.is_of_browser(app, headers) {
            return Err(Refusal::OtherBrowser);
        }
        if awaited.pending.consumed_at.is_some() {
            return Err(Refusal::Replayed);
        }
        if awaited.pending.expires_at <= app.clock.now() {
            return Err(Refusal::RequestExpired);
        }
        Ok(Arrival::Awaited(awaited))
    }
}

impl Awaited {
    fn is_of_browser(&self, app: &App, headers: &HeaderMap) -> bool {
        Cookie::Browser.read_hash(app, headers).as_ref() == Some(&self.pending.browser)
    }
}

impl Arrival {
    /// What the sign-in is for.
    pub(super) fn asked(&self) -> Asked {
        match self {
            Self::Awaited(awaited) => awaited.asked.clone(),
            Self::Unasked => Asked::Nobody,
        }
    }

    /// The sign-in's row.
    pub(super) fn pending(&self) -> Option<&PendingSignInId> {
        match self {
            Self::Awaited(awaited) => Some(&awaited.pending.id),
            Self::Unasked => None,
        }
    }

    /// What the response has to say that it answers.
    pub(super) fn in_response_to(&self) -> saml::InResponseTo {
        match self {
            Self::Awaited(awaited) => saml::InResponseTo::Request(awaited.authn_request_id.clone()),
            Self::Unasked => saml::InResponseTo::Unsolicited,
        }
    }
}

/// The sign-in that a handle stands for, whatever has become of it.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn find(app: &App, handle: &str) -> Result<Option<PendingSignIn>, Refusal> {
    if handle.len() > LONGEST_HANDLE {
        return Ok(None);
    }
    let hash = seal::hash(handle);
    Ok(app
        .store
        .snapshot()
        .await?
        .pending_sign_in_by_relay_state(&hash)
        .await?)
}
