use crate::algorithm::SigningAlgorithm;
use crate::client_keys::ClientKeys;
use crate::opaque::StoredHash;
use crate::redirect_uri::RedirectUri;

/// An OpenID Connect client, with what the protocol needs.
#[derive(Clone, Debug)]
pub struct Application {
    pub client_id: String,
    /// Registered redirect URIs: texts that [`RedirectUri::parse`] has accepted.
    pub redirect_uris: Vec<String>,
    pub authentication: ClientAuthentication,
    /// Whether each authorization request needs a PKCE challenge. A public client always needs one.
    pub requires_pkce: bool,
    pub id_token_algorithm: SigningAlgorithm,
}

impl Application {
    #[must_use]
    pub const fn client_type(&self) -> ClientType {
        match self.authentication {
            ClientAuthentication::None => ClientType::Public,
            ClientAuthentication::ClientSecret(_)
            | ClientAuthentication::ClientSecretBasic(_)
            | ClientAuthentication::ClientSecretPost(_)
            | ClientAuthentication::PrivateKeyJwt(_) => ClientType::Confidential,
        }
    }

    /// Whether an authorization request without a PKCE challenge is rejected.
    #[must_use]
    pub fn must_send_challenge(&self) -> bool {
        self.requires_pkce || self.client_type() == ClientType::Public
    }

    /// Finds the registered redirect URI that a request claims, compared byte by byte.
    #[must_use]
    pub fn redirect_uri(&self, claimed: &str) -> Option<RedirectUri> {
        let client_type = self.client_type();
        let registered = self.redirect_uris.iter();
        registered
            .filter_map(|text| RedirectUri::parse(text, client_type).ok())
            .find_map(|uri| uri.match_claimed(claimed, client_type))
    }
}

/// Whether an application can keep a credential secret (RFC 6749 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientType {
    /// The application runs on a server and authenticates itself.
    Confidential,
    /// The application runs on the user's device; PKCE is required instead.
    Public,
}

/// The authentication method of an application at the token endpoint, with what credentials are checked against.
///
/// The two methods with a secret are equally strong. An application never has a secret and a key, so that an attacker
/// cannot choose the weaker of the two.
#[derive(Clone, Debug)]
pub enum ClientAuthentication {
    /// For public clients.
    None,
    /// The client secret, in the `Authorization` header or in the form.
    ClientSecret(StoredHash),
    /// The client secret in the `Authorization` header.
    ClientSecretBasic(StoredHash),
    /// The client secret in the form.
    ClientSecretPost(StoredHash),
    /// A JWT that the application signed with its own key (RFC 7523).
    PrivateKeyJwt(ClientKeys),
}

impl ClientAuthentication {
    /// The methods with which the application may authenticate.
    #[must_use]
    pub const fn methods(&self) -> &'static [AuthMethod] {
        match self {
            Self::None => &[AuthMethod::None],
            Self::ClientSecret(_) => &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
            Self::ClientSecretBasic(_) => &[AuthMethod::ClientSecretBasic],
            Self::ClientSecretPost(_) => &[AuthMethod::ClientSecretPost],
            Self::PrivateKeyJwt(_) => &[AuthMethod::PrivateKeyJwt],
        }
    }
}

/// The client metadata `token_endpoint_auth_method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMethod {
    ClientSecretBasic,
    ClientSecretPost,
    PrivateKeyJwt,
    None,
}

impl AuthMethod {
    pub const ALL: [Self; 4] = [
        Self::ClientSecretBasic,
        Self::ClientSecretPost,
        Self::PrivateKeyJwt,
        Self::None,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::None => "none",
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}
