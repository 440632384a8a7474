//! The private keys that the server makes for itself: sealed in the store, kept open for a minute in memory.

mod connection;
mod provider;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use oidc::{KeySet, SigningKeyError};
use saml::key::KeyError;
use store::{ConnectionId, Seconds, StoreError, UnixTime};

pub use connection::{ConnectionKeys, connection_decryption, connection_keys};
pub use provider::provider_keys;

use crate::problem::Problem;
use crate::seal::Unopened;

/// For so long what was read is taken for what is stored; another node's new key is seen after that.
const KEPT_FOR: Seconds = Seconds(60);
/// From so many connections on, those in memory are forgotten and read again.
const MANY: usize = 10_000;

/// Keys that have been opened lately: reading a private key costs as much as using it.
#[derive(Debug, Default)]
pub struct KeyRing {
    provider: Mutex<Option<(UnixTime, KeySet)>>,
    connections: Mutex<HashMap<ConnectionId, (UnixTime, Arc<ConnectionKeys>)>>,
}

impl KeyRing {
    fn provider(&self, now: UnixTime) -> Option<KeySet> {
        let kept = self.provider.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(since, _)| is_fresh(*since, now))
            .map(|(_, keys)| keys.clone())
    }

    fn keep_provider(&self, keys: &KeySet, now: UnixTime) {
        *self.provider.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, keys.clone()));
    }

    fn connection(&self, id: &ConnectionId, now: UnixTime) -> Option<Arc<ConnectionKeys>> {
        let kept = self
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        kept.get(id)
            .filter(|(since, _)| is_fresh(*since, now))
            .map(|(_, keys)| Arc::clone(keys))
    }

    fn keep_connection(&self, id: &ConnectionId, keys: &Arc<ConnectionKeys>, now: UnixTime) {
        let mut kept = self
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MANY {
            kept.clear();
        }
        kept.insert(id.clone(), (now, Arc::clone(keys)));
    }
}

fn is_fresh(since: UnixTime, now: UnixTime) -> bool {
    since <= now && now < since + KEPT_FOR
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
