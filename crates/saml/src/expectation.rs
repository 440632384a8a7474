use jiff::{SignedDuration, Timestamp};

use crate::requirements::Requirements;

/// What a response has to say to be accepted: the connection's configuration and the request that it answers.
///
/// No field is optional, so no check can be forgotten.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The identity provider's entity ID.
    pub issuer: String,
    /// Our entity ID.
    pub audience: String,
    /// The assertion consumer service URL that received the response.
    pub recipient: String,
    pub in_response_to: InResponseTo,
    pub name_id: NameIdUse,
    pub now: Timestamp,
    pub tolerance: ClockTolerance,
    pub requirements: Requirements,
}

/// What a response answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InResponseTo {
    /// The request with this ID, sent by the browser that posts the response.
    Request(String),
    /// No request: the sign-in is IdP-initiated.
    Unsolicited,
    /// Like [`InResponseTo::Unsolicited`], but an `InResponseTo` that cannot be the ID of one of our requests is ignored:
    /// some identity providers send a placeholder.
    UnsolicitedOrPlaceholder,
}

/// What a connection uses the NameID for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameIdUse {
    /// It identifies the user, so it has to be usable if there is one.
    Subject,
    /// An attribute identifies the user. A NameID that cannot be used is left out.
    Optional,
}

/// How far the clocks of the identity provider and this service may differ: 180 seconds by default, at most 300.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTolerance(SignedDuration);

impl ClockTolerance {
    pub const MAX: Self = Self(SignedDuration::from_secs(300));

    /// None if the duration is negative or longer than [`ClockTolerance::MAX`].
    #[must_use]
    pub fn new(duration: SignedDuration) -> Option<Self> {
        let is_allowed = !duration.is_negative() && duration <= Self::MAX.0;
        is_allowed.then_some(Self(duration))
    }

    #[must_use]
    pub const fn duration(self) -> SignedDuration {
        self.0
    }
}

impl Default for ClockTolerance {
    fn default() -> Self {
        Self(SignedDuration::from_secs(180))
    }
}

/// An [`Expectation`] of which parts may be unknown, to explain a response outside a sign-in.
///
/// An unknown part is not checked, and the list of checks says so. A verdict reached with it never yields an
/// [`crate::AcceptedAssertion`].
#[derive(Clone, Debug)]
pub struct PartialExpectation {
    pub issuer: Option<String>,
    pub audience: Option<String>,
    pub recipient: Option<String>,
    pub in_response_to: Option<InResponseTo>,
    /// Unknown is like [`NameIdUse::Optional`].
    pub name_id: Option<NameIdUse>,
    pub now: Option<Timestamp>,
    pub tolerance: ClockTolerance,
    pub requirements: Requirements,
}

impl From<&Expectation> for PartialExpectation {
    fn from(expectation: &Expectation) -> Self {
        let Expectation {
            issuer,
            audience,
            recipient,
            in_response_to,
            name_id,
            now,
            tolerance,
            requirements,
        } = expectation.clone();
        Self {
            issuer: Some(issuer),
            audience: Some(audience),
            recipient: Some(recipient),
            in_response_to: Some(in_response_to),
            name_id: Some(name_id),
            now: Some(now),
            tolerance,
            requirements,
        }
    }
}
