//! Sign-ins under way.

use crate::{ApplicationId, ConnectionId, OrganizationId, PendingId, SecretHash, UnixTime};

/// A sign-in that has begun and not yet come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its identifier, which may be shown and logged.
    pub id: PendingId,
    /// The hash of the handle that travels as RelayState.
    pub handle: SecretHash,
    /// The hash of the cookie of the browser that asked.
    pub browser: SecretHash,
    /// The application that asked; nobody did when a connection is being tested.
    pub application: Option<ApplicationId>,
    /// The application's request, as JSON of the server's own.
    pub request: String,
    /// Where the person was sent; unknown while the e-mail page is being shown.
    pub route: Option<Route>,
    /// When it began.
    pub created_at: UnixTime,
    /// From when it is too late.
    pub expires_at: UnixTime,
    /// When it was answered.
    pub spent_at: Option<UnixTime>,
}

/// The way a sign-in has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The organization.
    pub organization: OrganizationId,
    /// The connection.
    pub connection: ConnectionId,
    /// The ID of our AuthnRequest, which the response must repeat.
    pub authn_request_id: String,
}
