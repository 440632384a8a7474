//! A SAML 2.0 identity provider with people to choose from, and no passwords.

mod authn_request;
mod conduct;
mod key;
mod metadata;
mod pages;
mod person;
mod registration;
mod response;
mod routes;
mod service_provider_metadata;
mod signature;
mod statement;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
pub use conduct::{Conduct, Signed};
pub use key::{PracticeKey, PracticeKeyError};
pub use person::Person;
pub use response::{Addressee, Answer, Failure};
use saml::write::ForbiddenCharacter;

use crate::{Surroundings, look};

/// A service provider that the practice identity provider knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    /// What people know it as.
    pub name: String,
    /// Its entity ID.
    pub entity_id: String,
    /// Where answers to it are posted. Compared byte by byte.
    pub acs_url: String,
}

/// Who the practice identity provider is.
#[derive(Debug)]
pub struct Identity {
    /// Scheme, host and port, without a slash at the end.
    pub base_url: String,
    /// The key with which it signs.
    pub key: PracticeKey,
    /// The key with which it signs when it is to use one that nobody knows.
    pub other_key: PracticeKey,
    /// Who can sign in.
    pub people: &'static [Person],
}

/// The practice identity provider. Cheap to clone; clones are one and the same.
#[derive(Clone)]
pub struct IdentityProvider(Arc<Inner>);

struct Inner {
    identity: Identity,
    surroundings: Surroundings,
    service_providers: Mutex<Vec<ServiceProvider>>,
    last_answer: Mutex<Option<String>>,
}

impl IdentityProvider {
    /// Sets it up; it knows no service provider yet.
    pub fn new(identity: Identity, surroundings: Surroundings) -> Self {
        Self(Arc::new(Inner {
            identity,
            surroundings,
            service_providers: Mutex::default(),
            last_answer: Mutex::default(),
        }))
    }

    /// Its entity ID, which is where its metadata is.
    pub fn entity_id(&self) -> String {
        format!("{}/metadata", self.0.identity.base_url)
    }

    /// Where people are sent to sign in.
    pub fn sign_on_url(&self) -> String {
        format!("{}/sso", self.0.identity.base_url)
    }

    /// What a service provider needs to know of it.
    ///
    /// # Errors
    ///
    /// When its address cannot be written as XML.
    pub fn metadata(&self) -> Result<String, ForbiddenCharacter> {
        metadata::metadata(&self.entity_id(), &self.sign_on_url(), &self.0.identity.key)
    }

    /// Its certificate.
    pub fn certificate_der(&self) -> &[u8] {
        self.0.identity.key.certificate_der()
    }

    /// Its certificate as administrators paste it: PEM.
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

    /// Makes a service provider known to it, once, and gives its place in the list.
    pub fn register(&self, service_provider: ServiceProvider) -> usize {
        let mut known = self.service_providers();
        let there = known.iter().position(|one| *one == service_provider);
        there.unwrap_or_else(|| {
            known.push(service_provider);
            known.len() - 1
        })
    }

    /// Everything that it answers.
    pub fn router(&self) -> Router {
        look::wrap(routes::routes(self.clone()))
    }

    /// The service provider of this name, with the address that a request asks for, or its first one.
    fn service_provider(&self, entity_id: &str, acs_url: Option<&str>) -> Option<ServiceProvider> {
        let is_meant = |known: &&ServiceProvider| {
            known.entity_id == entity_id && acs_url.is_none_or(|acs_url| known.acs_url == acs_url)
        };
        self.service_providers().iter().find(is_meant).cloned()
    }

    fn person(&self, key: &str) -> Option<&'static Person> {
        self.0
            .identity
            .people
            .iter()
            .find(|person| person.key == key)
    }

    /// The answer about a person, as `conduct` makes it.
    fn answer(
        &self,
        to: &Addressee,
        person: &Person,
        conduct: Conduct,
        signed: Signed,
    ) -> Result<String, ForbiddenCharacter> {
        if conduct == Conduct::Replayed
            && let Some(last) = self.last_answer().clone()
        {
            return Ok(last);
        }
        let answer =
            self.with_answer(to, conduct, signed, |answer| answer.about(person, conduct))?;
        *self.last_answer() = Some(answer.clone());
        Ok(answer)
    }

    /// The answer that nobody signed in.
    fn failure(
        &self,
        to: &Addressee,
        failure: Failure,
        signed: Signed,
    ) -> Result<String, ForbiddenCharacter> {
        self.with_answer(to, Conduct::Honest, signed, |answer| {
            answer.failure(failure)
        })
    }

    fn with_answer<T>(
        &self,
        to: &Addressee,
        conduct: Conduct,
        signed: Signed,
        write: impl FnOnce(&Answer<'_>) -> T,
    ) -> T {
        let Identity { key, other_key, .. } = &self.0.identity;
        write(&Answer {
            issuer: &self.entity_id(),
            to,
            key: if conduct == Conduct::OtherKey {
                other_key
            } else {
                key
            },
            signed,
            now: self.0.surroundings.now(),
            id: &self.0.surroundings.xml_id(),
        })
    }

    fn service_providers(&self) -> MutexGuard<'_, Vec<ServiceProvider>> {
        self.0
            .service_providers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn last_answer(&self) -> MutexGuard<'_, Option<String>> {
        self.0
            .last_answer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for IdentityProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IdentityProvider")
            .field(&self.0.identity)
            .finish()
    }
}
