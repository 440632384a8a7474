//! API keys of the operator.

use crate::{ApiKeyId, SecretHash, UnixTime};

/// A key for the REST API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its public name.
    pub id: ApiKeyId,
    /// The hash of the key.
    pub hash: SecretHash,
    /// What it is for, in the operator's words.
    pub name: String,
    /// When it was made.
    pub created_at: UnixTime,
    /// Since when it is refused.
    pub revoked_at: Option<UnixTime>,
}
