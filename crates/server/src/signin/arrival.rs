//! What a posted response claims to answer.

use axum::http::HeaderMap;
use store::{Pending, PendingId};

use super::asked::Asked;
use super::destination::Destination;
use super::form::Posted;
use super::refusal::Refusal;
use crate::app::App;
use crate::seal;
use crate::web::Cookie;

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
    pub pending: Pending,
    /// The request that the response has to answer.
    pub authn_request_id: String,
    /// What it is for.
    pub asked: Asked,
}

impl Arrival {
    /// Finds the sign-in that a response came back for.
    ///
    /// # Errors
    ///
    /// When that sign-in is another browser's, is over, or took too long.
    pub(super) async fn of(
        app: &App,
        destination: &Destination,
        posted: &Posted,
        headers: &HeaderMap,
    ) -> Result<Self, Refusal> {
        let Some(handle) = &posted.relay_state else {
            return Ok(Self::Unasked);
        };
        let Some(pending) = find(app, handle).await? else {
            return Ok(Self::Unasked);
        };
        let Some(route) = pending.route.clone() else {
            return Ok(Self::Unasked);
        };
        // A sign-in that was begun at one connection does not end at another; which one it was is nobody's business.
        if route.connection != destination.connection.id {
            return Err(Refusal::OtherConnection);
        }
        if Cookie::Browser.read(app, headers).as_ref() != Some(&pending.browser) {
            return Err(Refusal::OtherBrowser);
        }
        if pending.spent_at.is_some() {
            return Err(Refusal::Replayed);
        }
        if pending.expires_at <= app.clock.now() {
            return Err(Refusal::RequestExpired);
        }
        let asked = Asked::of(&pending)?;
        Ok(Self::Awaited(Box::new(Awaited {
            pending,
            authn_request_id: route.authn_request_id,
            asked,
        })))
    }

    /// What the sign-in is for.
    pub(super) fn asked(&self) -> Asked {
        match self {
            Self::Awaited(awaited) => awaited.asked.clone(),
            Self::Unasked => Asked::Nobody,
        }
    }

    /// The sign-in's row.
    pub(super) fn pending(&self) -> Option<&PendingId> {
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
pub(super) async fn find(app: &App, handle: &str) -> Result<Option<Pending>, Refusal> {
    if handle.len() > LONGEST_HANDLE {
        return Ok(None);
    }
    let hash = seal::hash(handle);
    app.store
        .read(move |tx| Box::pin(async move { Ok(tx.pending_by_handle(&hash).await?) }))
        .await
}
