//! The OpenID Connect face of Vestibule, without a network, a database, a clock or a random source.

mod algorithm;
mod application;
pub mod authorization;
mod issuer;
mod jwk;
mod opaque;
mod parameters;
mod pkce;
mod prompt;
mod redirect_uri;
mod scope;
mod timestamp;

pub use algorithm::SigningAlgorithm;
pub use application::{Application, AuthMethod, ClientAuthentication, ClientType};
pub use issuer::{Issuer, IssuerError};
pub use jwk::{AssertionAlgorithm, ClientKeys, ClientKeysError, PublicKey};
pub use opaque::{AccessToken, AuthorizationCode, ClientSecret, RANDOM_BYTES, StoredHash};
pub use parameters::{ParameterFault, Parameters, Unreadable};
pub use pkce::{CodeChallenge, CodeVerifier};
pub use prompt::{Prompt, Prompts};
pub use redirect_uri::{RedirectUri, RedirectUriError};
pub use scope::{Scope, Scopes};
pub use timestamp::Timestamp;
