//! Authorization codes.

use crate::{
    ApplicationId, ConnectionId, MemberId, OrganizationId, SecretHash, SessionId, UnixTime,
};

/// An authorization code: what the application turns into tokens, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The hash of the code.
    pub hash: SecretHash,
    /// Whom it was granted to.
    pub application: ApplicationId,
    /// The organization.
    pub organization: OrganizationId,
    /// Who signed in.
    pub member: MemberId,
    /// Through which connection.
    pub connection: ConnectionId,
    /// The session it was granted from; it must be live when the code is granted.
    pub session: SessionId,
    /// Where it was sent; the token request must repeat it.
    pub redirect_uri: String,
    /// The PKCE challenge (S256).
    pub code_challenge: Option<String>,
    /// The application's nonce.
    pub nonce: Option<String>,
    /// The granted scope.
    pub scope: String,
    /// When the identity provider authenticated the person.
    pub auth_time: UnixTime,
    /// How it did.
    pub acr: Option<String>,
    /// When it was granted.
    pub created_at: UnixTime,
    /// From when it is worthless.
    pub expires_at: UnixTime,
}

/// What became of a code that was presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redemption {
    /// It was good, and is spent now.
    Redeemed(Code),
    /// There is no such code for this application.
    Unknown,
    /// It came too late.
    Expired,
    /// It was redeemed before; the tokens issued from it have been revoked.
    ///
    /// The unit of work must end well for the revocation to last.
    Replayed {
        /// How many tokens were revoked.
        revoked: u64,
    },
}
