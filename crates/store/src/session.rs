//! Browsers' sessions at Vestibule.

use crate::{ConnectionId, MemberId, OrganizationId, SecretHash, SessionId, UnixTime};

/// A member who is signed in at Vestibule in one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier; the `sid` that the application sees.
    pub id: SessionId,
    /// The hash of its cookie.
    pub cookie: SecretHash,
    /// The organization.
    pub organization: OrganizationId,
    /// Who is signed in.
    pub member: MemberId,
    /// Through which connection.
    pub connection: ConnectionId,
    /// When the identity provider authenticated the person.
    pub auth_time: UnixTime,
    /// How it did.
    pub acr: Option<String>,
    /// When it began.
    pub created_at: UnixTime,
    /// From when it is over.
    pub expires_at: UnixTime,
    /// When it was ended before that.
    pub ended_at: Option<UnixTime>,
}
