use crate::algorithm::SigningAlgorithm;
use crate::client_keys::ClientKeys;
use crate::opaque::StoredHash;
use crate::redirect_uri::RedirectUri;

/// An OpenID Connect client, as far as the protocol needs to know it.
#[derive(Clone, Debug)]
pub struct Application {
    /// Its `client_id`.
    pub client_id: String,
    /// Where it may be answered: texts that [`RedirectUri::register`] has let pass.
    pub redirect_uris: Vec<String>,
    /// How it proves at the token endpoint who it is.
    pub authentication: ClientAuthentication,
    /// What its ID tokens are signed with.
    pub id_token_algorithm: SigningAlgorithm,
}

impl Application {
    /// Whether it can keep a secret.
    #[must_use]
    pub const fn client_type(&self) -> ClientType {
        match self.authentication {
            ClientAuthentication::None => ClientType::Public,
            ClientAuthentication::ClientSecretBasic(_)
            | ClientAuthentication::ClientSecretPost(_)
            | ClientAuthentication::PrivateKeyJwt(_) => ClientType::Confidential,
        }
    }

    /// Trusts a redirect URI that is one of the registered ones, byte by byte.
    #[must_use]
    pub fn redirect_uri(&self, claimed: &str) -> Option<RedirectUri> {
        let registered = self.redirect_uris.iter();
        registered
            .filter_map(|text| RedirectUri::register(text, self.client_type()).ok())
            .find_map(|uri| uri.admit(claimed, self.client_type()))
    }
}

/// Whether an application can keep a secret (RFC 6749 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientType {
    /// It runs on a server of its own and authenticates itself.
    Confidential,
    /// It runs on the person's device and cannot: PKCE stands in.
    Public,
}

/// How an application authenticates itself at the token endpoint, and what that is checked against.
///
/// An application has exactly one way: a second one would be the weaker one to attack.
#[derive(Clone, Debug)]
pub enum ClientAuthentication {
    /// Not at all: a public client.
    None,
    /// By its secret in the `Authorization` header.
    ClientSecretBasic(StoredHash),
    /// By its secret in the form.
    ClientSecretPost(StoredHash),
    /// By a JWT that a key of its own has signed (RFC 7523).
    PrivateKeyJwt(ClientKeys),
}

impl ClientAuthentication {
    /// Which way this is.
    #[must_use]
    pub const fn method(&self) -> AuthMethod {
        match self {
            Self::None => AuthMethod::None,
            Self::ClientSecretBasic(_) => AuthMethod::ClientSecretBasic,
            Self::ClientSecretPost(_) => AuthMethod::ClientSecretPost,
            Self::PrivateKeyJwt(_) => AuthMethod::PrivateKeyJwt,
        }
    }
}

/// The name of a way to authenticate, as metadata calls it (`token_endpoint_auth_method`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMethod {
    /// `client_secret_basic`
    ClientSecretBasic,
    /// `client_secret_post`
    ClientSecretPost,
    /// `private_key_jwt`
    PrivateKeyJwt,
    /// `none`
    None,
}

impl AuthMethod {
    /// All that discovery announces.
    pub const ALL: [Self; 4] = [
        Self::ClientSecretBasic,
        Self::ClientSecretPost,
        Self::PrivateKeyJwt,
        Self::None,
    ];

    /// The word in the protocol.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::None => "none",
        }
    }

    /// Reads the word; nothing for one that we do not offer.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }
}
