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
use crate::seal::{Seal, Unopened};

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

/// Why one of our keys cannot be had.
#[derive(Debug)]
pub enum KeyProblem {
    /// The database failed.
    Store(StoreError),
    /// A sealed key does not open.
    Sealed(Unopened),
    /// A key of the OpenID provider cannot be made or read.
    Provider(SigningKeyError),
    /// A key of a connection cannot be made or read.
    Connection(KeyError),
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("one of the server's own keys cannot be used")
    }
}

impl std::error::Error for KeyProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Sealed(error) => Some(error),
            Self::Provider(error) => Some(error),
            Self::Connection(error) => Some(error),
        }
    }
}

impl From<StoreError> for KeyProblem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unopened> for KeyProblem {
    fn from(error: Unopened) -> Self {
        Self::Sealed(error)
    }
}

impl From<SigningKeyError> for KeyProblem {
    fn from(error: SigningKeyError) -> Self {
        Self::Provider(error)
    }
}

impl From<KeyError> for KeyProblem {
    fn from(error: KeyError) -> Self {
        Self::Connection(error)
    }
}

impl From<KeyProblem> for Problem {
    fn from(problem: KeyProblem) -> Self {
        match problem {
            KeyProblem::Store(error) => error.into(),
            problem => Self::broken("using one of this server's keys", &problem),
        }
    }
}
