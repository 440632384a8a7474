//! An application that signs people in by OpenID Connect, as a customer of Vestibule would write one.
//!
//! Authorization code with PKCE, `state` and `nonce`; the code is exchanged server to server with a client secret;
//! the ID token is verified with the published keys. What it learnt is shown.

mod id_token;
mod pages;
mod provider;
mod routes;
mod sign_in;
mod visits;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use visits::Visits;

use crate::{Surroundings, look};

/// What the sample application is told about itself.
#[derive(Clone)]
pub struct Registration {
    /// Its own scheme, host and port, without a slash at the end.
    pub base_url: String,
    /// The OpenID provider.
    pub issuer: String,
    /// Its name there.
    pub client_id: String,
    /// Its secret there.
    pub client_secret: String,
    /// The organization whose members sign in, by slug.
    pub organization: String,
    /// The organization's name for people.
    pub organization_name: String,
}

/// The sample application. Cheap to clone; clones are one and the same.
#[derive(Clone)]
pub struct SampleApplication(Arc<Inner>);

struct Inner {
    registration: Registration,
    surroundings: Surroundings,
    visits: Visits,
}

impl SampleApplication {
    /// Where an application at `base_url` takes people back.
    pub fn redirect_uri(base_url: &str) -> String {
        format!("{base_url}/callback")
    }

    /// Sets it up.
    pub fn new(registration: Registration, surroundings: Surroundings) -> Self {
        Self(Arc::new(Inner {
            registration,
            surroundings,
            visits: Visits::default(),
        }))
    }

    /// Everything that it answers.
    pub fn router(&self) -> Router {
        look::wrap(routes::routes(self.clone()))
    }
}

impl fmt::Debug for SampleApplication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SampleApplication")
            .field(&self.0.registration)
            .finish()
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("base_url", &self.base_url)
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("organization", &self.organization)
            .finish_non_exhaustive()
    }
}
