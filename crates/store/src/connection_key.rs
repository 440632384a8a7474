//! Our key pairs toward one identity provider.

use crate::{ConnectionId, ConnectionKeyId, KeyPurpose, Sealed, UnixTime};

/// One of a connection's own key pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionKey {
    /// Its identifier.
    pub id: ConnectionKeyId,
    /// The connection.
    pub connection: ConnectionId,
    /// What it is for.
    pub purpose: KeyPurpose,
    /// The private key, sealed.
    pub private_key: Sealed,
    /// Our self-signed certificate: DER in base64.
    pub certificate: String,
    /// When it was made.
    pub created_at: UnixTime,
    /// Since when our metadata shows it.
    pub published_at: Option<UnixTime>,
    /// From when it is used.
    pub active_from: Option<UnixTime>,
    /// Since when it is not used any more.
    pub retired_at: Option<UnixTime>,
}
