//! Identities: which account at which identity provider is which member.

use crate::{ConnectionId, MemberId, UnixTime};

/// The account key: what must be equal for two sign-ins to be the same member.
///
/// The organization is the place from which it is looked up. The issuer is in
/// it so that a connection that is pointed at another identity provider does
/// not hand the old accounts to whoever has the same subject there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The connection.
    pub connection: ConnectionId,
    /// The identity provider's entity ID at the time.
    pub issuer: String,
    /// NameID with its qualifiers, or the attribute that the connection names.
    pub subject: String,
}

/// An account that belongs to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: Account,
    /// Whose it is.
    pub member: MemberId,
    /// When it was first seen.
    pub created_at: UnixTime,
}
