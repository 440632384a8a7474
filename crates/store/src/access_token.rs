//! Access tokens, for the userinfo endpoint.

use crate::{
    ApplicationId, ConnectionId, MemberId, OrganizationId, SecretHash, SessionId, UnixTime,
};

/// An access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// The hash of the token.
    pub hash: SecretHash,
    /// The hash of the code it was issued from.
    pub code: SecretHash,
    /// Whom it was issued to.
    pub application: ApplicationId,
    /// The organization.
    pub organization: OrganizationId,
    /// Whom it speaks of.
    pub member: MemberId,
    /// Through which connection they signed in.
    pub connection: ConnectionId,
    /// The session it ends with.
    pub session: SessionId,
    /// The granted scope.
    pub scope: String,
    /// When it was issued.
    pub created_at: UnixTime,
    /// From when it is worthless.
    pub expires_at: UnixTime,
}
