//! A SAML 2.0 identity provider whose users sign in without passwords.

mod add_application;
mod assertion;
mod authn_request;
mod behavior;
mod key;
mod metadata;
mod pages;
mod response;
mod routes;
mod service_provider_metadata;
mod signature;
mod user;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
pub use behavior::{IdpBehavior, SignatureScope};
pub use key::{PracticeKey, PracticeKeyError};
pub use response::{ErrorStatus, ResponseBuilder, ResponseTarget};
use saml::write::ForbiddenCharacter;
pub use user::User;

use crate::{Environment, theme};

/// A service provider that has been added to the practice identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    /// The name that the pages show.
    pub name: String,
    pub entity_id: String,
    /// Compared byte by byte with the URL in a request.
    pub acs_url: String,
}

#[derive(Debug)]
pub struct IdentityProviderConfig {
    /// Scheme, host and port, without a trailing slash.
    pub base_url: String,
    pub signing_key: PracticeKey,
    /// Signs instead of `signing_key` for [`IdpBehavior::UntrustedKey`]; the metadata does not contain it.
    pub untrusted_key: PracticeKey,
    pub users: &'static [User],
}

/// The practice identity provider. Clones share their state.
#[derive(Clone)]
pub struct IdentityProvider(Arc<Inner>);

struct Inner {
    config: IdentityProviderConfig,
    environment: Environment,
    service_providers: Mutex<Vec<ServiceProvider>>,
    last_response: Mutex<Option<String>>,
}

impl IdentityProvider {
    pub fn new(config: IdentityProviderConfig, environment: Environment) -> Self {
        Self(Arc::new(Inner {
            config,
            environment,
            service_providers: Mutex::default(),
            last_response: Mutex::default(),
        }))
    }

    /// The entity ID, which is also the metadata URL.
    pub fn entity_id(&self) -> String {
        format!("{}/metadata", self.0.config.base_url)
    }

    pub fn sign_on_url(&self) -> String {
        format!("{}/sso", self.0.config.base_url)
    }

    /// The metadata document.
    ///
    /// # Errors
    ///
    /// When the base URL contains a character that XML forbids.
    pub fn metadata(&self) -> Result<String, ForbiddenCharacter> {
        let signing_key = &self.0.config.signing_key;
        metadata::metadata(&self.entity_id(), &self.sign_on_url(), signing_key)
    }

    pub fn certificate_der(&self) -> &[u8] {
        self.0.config.signing_key.certificate_der()
    }

    fn certificate_pem(&self) -> String {
        let base64 = base64_simd::STANDARD.encode_to_string(self.certificate_der());
        let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
        for (index, letter) in base64.chars().enumerate() {
            if index > 0 && index % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem + "\n-----END CERTIFICATE-----\n"
    }

    /// Adds a service provider unless it has been added before, and returns its index.
    pub fn register(&self, service_provider: ServiceProvider) -> usize {
        let mut registered = self.service_providers();
        let index = registered
            .iter()
            .position(|existing| *existing == service_provider);
        index.unwrap_or_else(|| {
            registered.push(service_provider);
            registered.len() - 1
        })
    }

    pub fn router(&self) -> Router {
        theme::apply(routes::routes(self.clone()))
    }

    /// The service provider with this entity ID: the one with `acs_url`, or the first one if there is no `acs_url`.
    fn service_provider(&self, entity_id: &str, acs_url: Option<&str>) -> Option<ServiceProvider> {
        let matches = |registered: &&ServiceProvider| {
            registered.entity_id == entity_id
                && acs_url.is_none_or(|acs_url| registered.acs_url == acs_url)
        };
        self.service_providers().iter().find(matches).cloned()
    }

    fn user(&self, username: &str) -> Option<&'static User> {
        self.0
            .config
            .users
            .iter()
            .find(|user| user.username == username)
    }

    fn success_response(
        &self,
        target: &ResponseTarget,
        user: &User,
        behavior: IdpBehavior,
        signature_scope: SignatureScope,
    ) -> Result<String, ForbiddenCharacter> {
        if behavior == IdpBehavior::Replayed
            && let Some(last) = self.last_response().clone()
        {
            return Ok(last);
        }
        let response = self.build(target, behavior, signature_scope, |builder| {
            builder.build_success(user, behavior)
        })?;
        *self.last_response() = Some(response.clone());
        Ok(response)
    }

    fn error_response(
        &self,
        target: &ResponseTarget,
        status: ErrorStatus,
        signature_scope: SignatureScope,
    ) -> Result<String, ForbiddenCharacter> {
        self.build(target, IdpBehavior::Valid, signature_scope, |builder| {
            builder.build_error(status)
        })
    }

    fn build<T>(
        &self,
        target: &ResponseTarget,
        behavior: IdpBehavior,
        signature_scope: SignatureScope,
        build: impl FnOnce(&ResponseBuilder<'_>) -> T,
    ) -> T {
        let config = &self.0.config;
        build(&ResponseBuilder {
            issuer: &self.entity_id(),
            target,
            key: if behavior == IdpBehavior::UntrustedKey {
                &config.untrusted_key
            } else {
                &config.signing_key
            },
            signature_scope,
            now: self.0.environment.now(),
            id: &self.0.environment.xml_id(),
        })
    }

    fn service_providers(&self) -> MutexGuard<'_, Vec<ServiceProvider>> {
        self.0
            .service_providers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn last_response(&self) -> MutexGuard<'_, Option<String>> {
        self.0
            .last_response
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for IdentityProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IdentityProvider")
            .field(&self.0.config)
            .finish()
    }
}
