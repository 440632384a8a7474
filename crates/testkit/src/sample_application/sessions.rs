use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

/// All sessions are dropped when this many exist.
const MAX_SESSIONS: usize = 1000;

/// Sessions by the ID in their browser's cookie.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<HashMap<String, Session>>);

#[derive(Clone, Debug)]
pub(super) enum Session {
    SigningIn(PendingSignIn),
    SignedIn(SignedInUser),
}

/// What the callback of a sign-in is checked against.
#[derive(Clone, Debug)]
pub(super) struct PendingSignIn {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_verifier: String,
}

#[derive(Clone, Debug)]
pub(super) struct SignedInUser {
    pub(super) id_token: Map<String, Value>,
    pub(super) userinfo: Map<String, Value>,
    /// The signature algorithm of the ID token.
    pub(super) algorithm: String,
}

impl Sessions {
    pub(super) fn insert(&self, id: String, session: Session) {
        let mut sessions = self.lock();
        if sessions.len() >= MAX_SESSIONS {
            sessions.clear();
        }
        sessions.insert(id, session);
    }

    pub(super) fn find(&self, id: &str) -> Option<Session> {
        self.lock().get(id).cloned()
    }

    pub(super) fn remove(&self, id: &str) -> Option<Session> {
        self.lock().remove(id)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
