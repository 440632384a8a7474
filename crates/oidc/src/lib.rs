//! The OpenID Connect face of Vestibule, without a network, a database, a clock or a random source.

mod algorithm;
mod application;
pub mod authorization;
pub mod bearer;
mod claims;
mod discovery;
mod id_token;
mod issuer;
mod jwk;
mod key_set;
mod opaque;
mod parameters;
mod pkce;
mod prompt;
mod redirect_uri;
mod scope;
mod signing_key;
mod timestamp;
pub mod token;

pub use algorithm::SigningAlgorithm;
pub use application::{Application, AuthMethod, ClientAuthentication, ClientType};
pub use claims::{Email, Member, MemberClaims, Organization, SignIn};
pub use discovery::ProviderMetadata;
pub use id_token::{ID_TOKEN_LIFETIME, IdToken};
pub use issuer::{Issuer, IssuerError};
pub use jwk::{AssertionAlgorithm, ClientKeys, ClientKeysError, PublicKey};
pub use key_set::{JwkSet, KeySet, PUBLISHED_BEFORE_USE, ProviderKey, PublishedKey};
pub use opaque::{AccessToken, AuthorizationCode, ClientSecret, RANDOM_BYTES, StoredHash};
pub use parameters::{ParameterFault, Parameters, Unreadable};
pub use pkce::{CodeChallenge, CodeVerifier};
pub use prompt::{Prompt, Prompts};
pub use redirect_uri::{RedirectUri, RedirectUriError};
pub use scope::{Scope, Scopes};
pub use signing_key::{SigningKey, SigningKeyError};
pub use timestamp::Timestamp;
