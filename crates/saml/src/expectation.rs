use crate::timestamp::Timestamp;

/// What a response has to say to be accepted: the connection's configuration and the request that is open.
///
/// Every part is there, so no check can be forgotten.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The identity provider's entity ID.
    pub issuer: String,
    /// Our entity ID.
    pub audience: String,
    /// The assertion consumer service URL at which the response arrived.
    pub recipient: String,
    /// The request that it has to answer.
    pub in_response_to: InResponseTo,
    /// The time of the check.
    pub now: Timestamp,
    /// By how much clocks may differ.
    pub tolerance: Tolerance,
}

/// What a response answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InResponseTo {
    /// The request with this ID, sent by the browser that posts the response.
    Request(String),
    /// No request: the identity provider began.
    Unsolicited,
}

/// By how many seconds the clocks of two computers may differ: 60 unless somebody says otherwise, at most 300.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance(u16);

impl Tolerance {
    /// The most that is allowed.
    pub const MAX: Self = Self(300);

    /// As many seconds, unless that is more than [`Tolerance::MAX`].
    #[must_use]
    pub const fn from_seconds(seconds: u16) -> Option<Self> {
        if seconds <= Self::MAX.0 {
            Some(Self(seconds))
        } else {
            None
        }
    }

    /// The seconds.
    #[must_use]
    pub const fn seconds(self) -> u16 {
        self.0
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Self(60)
    }
}

/// The same for somebody who examines a response from outside and may not know everything.
///
/// A verdict reached with it is an opinion, never an [`crate::Accepted`].
#[derive(Clone, Debug)]
pub struct Question {
    /// See [`Expectation::issuer`].
    pub issuer: Known<String>,
    /// See [`Expectation::audience`].
    pub audience: Known<String>,
    /// See [`Expectation::recipient`].
    pub recipient: Known<String>,
    /// See [`Expectation::in_response_to`].
    pub in_response_to: Known<InResponseTo>,
    /// See [`Expectation::now`].
    pub now: Known<Timestamp>,
    /// See [`Expectation::tolerance`].
    pub tolerance: Tolerance,
}

/// A thing that whoever asks may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// It has to be this.
    Is(T),
    /// Nobody said, so it cannot be checked, and the list of checks says so.
    NotGiven,
}

impl<T> Known<T> {
    pub(crate) fn as_ref(&self) -> Known<&T> {
        match self {
            Self::Is(value) => Known::Is(value),
            Self::NotGiven => Known::NotGiven,
        }
    }
}

impl<T> From<Option<T>> for Known<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::NotGiven, Self::Is)
    }
}

impl From<&Expectation> for Question {
    fn from(expectation: &Expectation) -> Self {
        let Expectation {
            issuer,
            audience,
            recipient,
            in_response_to,
            now,
            tolerance,
        } = expectation.clone();
        Self {
            issuer: Known::Is(issuer),
            audience: Known::Is(audience),
            recipient: Known::Is(recipient),
            in_response_to: Known::Is(in_response_to),
            now: Known::Is(now),
            tolerance,
        }
    }
}
