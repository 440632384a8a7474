//! The server's own private keys.

mod connection;
mod provider;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

pub use connection::ConnectionKeys;
use jiff::{SignedDuration, Timestamp};
use oidc::{ProviderKeys, SigningKeyError};
pub use provider::signing_algorithm;
use saml::key::KeyError;
use store::{ConnectionId, Store, StoreError};

use crate::clock::Clock;
use crate::problem::Problem;
use crate::seal::{Seal, UnsealError};

/// How long a node trusts what it has read. Keys created by another node become visible after this.
const CACHE_TTL: SignedDuration = SignedDuration::from_secs(60);
/// The cache of connection keys is cleared when it has reached this size.
const MAX_CACHED_CONNECTIONS: usize = 10_000;

/// The server's own private keys: sealed in the store, and cached in memory, since reading a private key costs as much
/// as using it.
pub struct KeyRing {
    store: Store,
    seal: Seal,
    clock: Clock,
    provider: Mutex<Option<(Timestamp, ProviderKeys)>>,
    connections: Mutex<HashMap<ConnectionId, (Timestamp, Arc<ConnectionKeys>)>>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KeyRing")
    }
}

impl KeyRing {
    pub fn new(store: Store, seal: Seal, clock: Clock) -> Self {
        Self {
            store,
            seal,
            clock,
            provider: Mutex::default(),
            connections: Mutex::default(),
        }
    }

    /// Makes this node read the keys of the OpenID provider again.
    pub fn forget_provider(&self) {
        *self.provider.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Makes this node read the keys of a connection again.
    pub fn forget_connection(&self, id: &ConnectionId) {
        let mut cached = self
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        cached.remove(id);
    }

    fn cached_provider(&self, now: Timestamp) -> Option<ProviderKeys> {
        let cached = self.provider.lock().unwrap_or_else(PoisonError::into_inner);
        cached
            .as_ref()
            .filter(|(since, _)| is_fresh(*since, now))
            .map(|(_, keys)| keys.clone())
    }

    fn cache_provider(&self, keys: &ProviderKeys, now: Timestamp) {
        *self.provider.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, keys.clone()));
    }

    fn cached_connection(&self, id: &ConnectionId, now: Timestamp) -> Option<Arc<ConnectionKeys>> {
        let cached = self
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        cached
            .get(id)
            .filter(|(since, _)| is_fresh(*since, now))
            .map(|(_, keys)| Arc::clone(keys))
    }

    fn cache_connection(&self, id: &ConnectionId, keys: &Arc<ConnectionKeys>, now: Timestamp) {
        let mut cached = self
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if cached.len() >= MAX_CACHED_CONNECTIONS {
            cached.clear();
        }
        cached.insert(id.clone(), (now, Arc::clone(keys)));
    }
}

fn is_fresh(since: Timestamp, now: Timestamp) -> bool {
    since <= now && now < since + CACHE_TTL
}

/// Why one of the server's own keys cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("one of the server's own keys cannot be used")]
pub enum KeyRingError {
    Store(#[from] StoreError),
    Unseal(#[from] UnsealError),
    /// A key of the OpenID provider cannot be generated or parsed.
    Provider(#[from] SigningKeyError),
    /// A key of a connection cannot be generated or parsed.
    Connection(#[from] KeyError),
}

impl From<KeyRingError> for Problem {
    fn from(error: KeyRingError) -> Self {
        match error {
            KeyRingError::Store(error) => error.into(),
            error => Self::internal_error("using one of the server's own keys", &error),
        }
    }
}
