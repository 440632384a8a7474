//! The keys that sign ID tokens.

use crate::{IdTokenAlgorithm, Sealed, UnixTime};

/// A key of our OpenID provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderKey {
    /// Its name in the JWKS and in token headers.
    pub kid: String,
    /// What it signs with.
    pub algorithm: IdTokenAlgorithm,
    /// The private key, sealed.
    pub private_key: Sealed,
    /// The public key as a JWK, in JSON.
    pub public_jwk: String,
    /// When it was made.
    pub created_at: UnixTime,
    /// Since when the JWKS shows it.
    pub published_at: Option<UnixTime>,
    /// From when it signs.
    pub active_from: Option<UnixTime>,
    /// Since when it does not sign any more.
    pub retired_at: Option<UnixTime>,
}
