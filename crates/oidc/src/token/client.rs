use base64_simd::STANDARD;
use jiff::Timestamp;

use super::assertion::{MAX_ASSERTION_BYTES, UnverifiedAssertion};
use super::{TokenError, UsedAssertion};
use crate::application::{Application, AuthMethod, ClientAuthentication};
use crate::issuer::Issuer;
use crate::opaque::StoredHash;
use crate::parameters::{Parameter, Parameters, form_decode};

const CLIENT_ID: Parameter = Parameter::new("client_id", 128);
const CLIENT_SECRET: Parameter = Parameter::new("client_secret", 512);
const CLIENT_ASSERTION: Parameter = Parameter::new("client_assertion", MAX_ASSERTION_BYTES);
const CLIENT_ASSERTION_TYPE: Parameter = Parameter::new("client_assertion_type", 128);
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const MAX_AUTHORIZATION_HEADER_BYTES: usize = 2048;

/// An authenticated application; a public one has sent only its `client_id`.
///
/// Only [`TokenRequest::authenticate`](super::TokenRequest::authenticate) returns one.
///
/// ```compile_fail
/// let client = oidc::token::AuthenticatedClient { client_id: "app_1".into(), assertion: None };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticatedClient {
    client_id: String,
    assertion: Option<UsedAssertion>,
}

impl AuthenticatedClient {
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The assertion to store; the caller rejects the request when the store has it already.
    #[must_use]
    pub const fn assertion(&self) -> Option<&UsedAssertion> {
        self.assertion.as_ref()
    }
}

/// The credential of a token request, not yet verified.
#[derive(Clone)]
pub(super) enum ClientCredential {
    ClientIdOnly {
        client_id: String,
    },
    /// In the `Authorization` header.
    Basic {
        client_id: String,
        secret: String,
    },
    /// In the form.
    Post {
        client_id: String,
        secret: String,
    },
    Assertion(Box<UnverifiedAssertion>),
}

impl ClientCredential {
    /// Extracts the credential of a request; exactly one is allowed.
    pub(super) fn parse(headers: &[&[u8]], parameters: &Parameters) -> Result<Self, TokenError> {
        let value = |parameter| parameters.value(parameter).map_err(TokenError::Parameter);
        let client_id = value(CLIENT_ID)?;
        let header = match headers {
            [] => None,
            [header] => Some(*header),
            _ => return Err(TokenError::MultipleAuthorizationHeaders),
        };
        let assertion = (value(CLIENT_ASSERTION)?, value(CLIENT_ASSERTION_TYPE)?);
        let credential = match (header, value(CLIENT_SECRET)?, assertion) {
            (Some(header), None, (None, None)) => Self::parse_basic(header)?,
            (None, Some(secret), (None, None)) => {
                let client_id = client_id.ok_or(TokenError::MissingClientId)?.to_owned();
                let secret = secret.to_owned();
                Self::Post { client_id, secret }
            }
            (None, None, (Some(assertion), Some(JWT_BEARER))) => {
                let assertion = UnverifiedAssertion::parse(assertion);
                Self::Assertion(assertion.map(Box::new).map_err(TokenError::Assertion)?)
            }
            (None, None, (Some(_) | None, Some(_)) | (Some(_), None)) => {
                return Err(TokenError::UnsupportedAssertionType);
            }
            (None, None, (None, None)) => {
                let client_id = client_id.ok_or(TokenError::MissingClientId)?.to_owned();
                Self::ClientIdOnly { client_id }
            }
            (Some(_), _, _) | (None, Some(_), _) => return Err(TokenError::MultipleAuthMethods),
        };
        if client_id.is_some_and(|client_id| client_id != credential.claimed_client_id()) {
            return Err(TokenError::ClientIdMismatch);
        }
        Ok(credential)
    }

    pub(super) fn claimed_client_id(&self) -> &str {
        match self {
            Self::ClientIdOnly { client_id }
            | Self::Basic { client_id, .. }
            | Self::Post { client_id, .. } => client_id,
            Self::Assertion(assertion) => assertion.claimed_subject(),
        }
    }

    /// Verifies the credential with the registered authentication method of the application.
    pub(super) fn verify(
        &self,
        application: &Application,
        issuer: &Issuer,
        now: Timestamp,
    ) -> Result<AuthenticatedClient, TokenError> {
        let assertion = match (&application.authentication, self) {
            (ClientAuthentication::None, Self::ClientIdOnly { .. }) => None,
            (
                ClientAuthentication::ClientSecret(hash)
                | ClientAuthentication::ClientSecretBasic(hash),
                Self::Basic { secret, .. },
            )
            | (
                ClientAuthentication::ClientSecret(hash)
                | ClientAuthentication::ClientSecretPost(hash),
                Self::Post { secret, .. },
            ) => check_secret(hash, secret).map(|()| None)?,
            (ClientAuthentication::PrivateKeyJwt(keys), Self::Assertion(assertion)) => {
                let verified = assertion.verify(keys, &application.client_id, issuer, now);
                Some(verified.map_err(TokenError::Assertion)?)
            }
            (registered, _) => {
                return Err(TokenError::AuthMethodMismatch {
                    expected: registered.methods(),
                    received: self.method(),
                });
            }
        };
        Ok(AuthenticatedClient {
            client_id: application.client_id.clone(),
            assertion,
        })
    }

    fn method(&self) -> AuthMethod {
        match self {
            Self::ClientIdOnly { .. } => AuthMethod::None,
            Self::Basic { .. } => AuthMethod::ClientSecretBasic,
            Self::Post { .. } => AuthMethod::ClientSecretPost,
            Self::Assertion(_) => AuthMethod::PrivateKeyJwt,
        }
    }

    /// Parses `Basic base64(form(id):form(secret))` (RFC 6749 2.3.1).
    ///
    /// Some libraries do not encode id and secret. That is the same for the ones that this provider generates, which
    /// have unreserved characters only.
    fn parse_basic(header: &[u8]) -> Result<Self, TokenError> {
        let credentials = (header.len() <= MAX_AUTHORIZATION_HEADER_BYTES)
            .then_some(header)
            .and_then(|header| str::from_utf8(header).ok())
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|(_, encoded)| STANDARD.decode_to_vec(encoded.trim_matches(' ')).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| {
                let (client_id, secret) = text.split_once(':')?;
                Some((form_decode(client_id)?, form_decode(secret)?))
            });
        let (client_id, secret) = credentials.ok_or(TokenError::MalformedAuthorizationHeader)?;
        Ok(Self::Basic { client_id, secret })
    }
}

fn check_secret(hash: &StoredHash, presented: &str) -> Result<(), TokenError> {
    if hash.matches(presented) {
        Ok(())
    } else {
        Err(TokenError::InvalidClientSecret)
    }
}
