//! Applications: the OpenID Connect clients.

use crate::{
    ApplicationId, ClientType, IdTokenAlgorithm, SecretHash, TokenEndpointAuthMethod, UnixTime,
};

/// An OpenID Connect client: the SaaS product itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its identifier; its `client_id`.
    pub id: ApplicationId,
    /// Its name for people.
    pub name: String,
    /// Whether it can keep a secret.
    pub client_type: ClientType,
    /// How it proves itself at the token endpoint.
    pub auth_method: TokenEndpointAuthMethod,
    /// The hash of its secret.
    pub secret: Option<SecretHash>,
    /// Its public keys, as JSON.
    pub jwks: Option<String>,
    /// Where people may be sent back to; compared byte by byte.
    pub redirect_uris: Vec<String>,
    /// How its ID tokens are signed.
    pub id_token_algorithm: IdTokenAlgorithm,
    /// When it was added.
    pub created_at: UnixTime,
}
