use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

/// More visitors than that, and the demo forgets them all.
const MOST: usize = 1000;

/// What the sample application remembers about each browser, by the handle in its cookie.
#[derive(Debug, Default)]
pub(super) struct Visits(Mutex<HashMap<String, Visit>>);

/// One browser's visit.
#[derive(Clone, Debug)]
pub(super) enum Visit {
    /// It was sent to the OpenID provider.
    SigningIn(Pending),
    /// Somebody is signed in.
    SignedIn(SignedIn),
}

/// What the answer of the OpenID provider is held against.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_verifier: String,
}

/// What was learnt about a person.
#[derive(Clone, Debug)]
pub(super) struct SignedIn {
    /// The claims of the ID token.
    pub(super) id_token: Map<String, Value>,
    /// What the userinfo endpoint said.
    pub(super) userinfo: Map<String, Value>,
    /// How the ID token was signed.
    pub(super) algorithm: String,
}

impl Visits {
    pub(super) fn put(&self, handle: String, visit: Visit) {
        let mut visits = self.lock();
        if visits.len() >= MOST {
            visits.clear();
        }
        visits.insert(handle, visit);
    }

    pub(super) fn find(&self, handle: &str) -> Option<Visit> {
        self.lock().get(handle).cloned()
    }

    pub(super) fn take(&self, handle: &str) -> Option<Visit> {
        self.lock().remove(handle)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Visit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
