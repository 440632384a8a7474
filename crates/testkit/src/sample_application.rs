//! An application that signs its users in with OpenID Connect, as a customer of Vestibule would write one.
//!
//! It uses the authorization code flow with PKCE, `state` and `nonce`, exchanges the code with a client secret,
//! verifies the ID token with the published keys, and shows the claims.

mod id_token;
mod openid_provider;
mod pages;
mod routes;
mod sessions;
mod sign_in;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use sessions::Sessions;

use crate::{Environment, theme};

#[derive(Clone)]
pub struct SampleApplicationConfig {
    /// Scheme, host and port, without a trailing slash.
    pub base_url: String,
    /// The issuer URL of the OpenID provider.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// The slug of the organization whose members sign in.
    pub organization: String,
    pub organization_name: String,
}

/// The sample application. Clones share their state.
#[derive(Clone)]
pub struct SampleApplication(Arc<Inner>);

struct Inner {
    config: SampleApplicationConfig,
    environment: Environment,
    sessions: Sessions,
}

impl SampleApplication {
    /// The redirect URI of an application at `base_url`.
    pub fn redirect_uri(base_url: &str) -> String {
        format!("{base_url}/callback")
    }

    pub fn new(config: SampleApplicationConfig, environment: Environment) -> Self {
        Self(Arc::new(Inner {
            config,
            environment,
            sessions: Sessions::default(),
        }))
    }

    pub fn router(&self) -> Router {
        theme::apply(routes::routes(self.clone()))
    }
}

impl fmt::Debug for SampleApplication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SampleApplication")
            .field(&self.0.config)
            .finish()
    }
}

impl fmt::Debug for SampleApplicationConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SampleApplicationConfig")
            .field("base_url", &self.base_url)
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("organization", &self.organization)
            .finish_non_exhaustive()
    }
}
