use base64_simd::STANDARD;

use super::assertion::{self, UnverifiedAssertion};
use super::{AssertionUse, TokenProblem};
use crate::application::{Application, AuthMethod, ClientAuthentication};
use crate::issuer::Issuer;
use crate::opaque::StoredHash;
use crate::parameters::{Parameter, Parameters, decode};
use crate::timestamp::Timestamp;

const CLIENT_ID: Parameter = Parameter::new("client_id", 128);
const CLIENT_SECRET: Parameter = Parameter::new("client_secret", 512);
const CLIENT_ASSERTION: Parameter = Parameter::new("client_assertion", assertion::LONGEST);
const CLIENT_ASSERTION_TYPE: Parameter = Parameter::new("client_assertion_type", 128);
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The most bytes that an `Authorization` header may have.
const LONGEST_HEADER: usize = 2048;

/// An application that has proved who it is; a public one has shown only its name.
///
/// [`TokenRequest::authenticate`](super::TokenRequest::authenticate) alone makes one.
///
/// ```compile_fail
/// let client = oidc::token::AuthenticatedClient { client_id: "app_1".into(), assertion: None };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticatedClient {
    client_id: String,
    assertion: Option<AssertionUse>,
}

impl AuthenticatedClient {
    /// The application.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The assertion that has to be remembered, and the request refused when it already was.
    #[must_use]
    pub const fn assertion(&self) -> Option<&AssertionUse> {
        self.assertion.as_ref()
    }
}

/// What the sender of a token request says to prove who it is.
#[derive(Clone)]
pub(super) enum Credential {
    /// A name alone.
    Name { client_id: String },
    /// A name and a secret in the `Authorization` header.
    Basic { client_id: String, secret: String },
    /// A name and a secret in the form.
    Post { client_id: String, secret: String },
    /// A signed statement.
    Assertion(Box<UnverifiedAssertion>),
}

impl Credential {
    /// Finds the one credential of a request.
    pub(super) fn read(headers: &[&[u8]], parameters: &Parameters) -> Result<Self, TokenProblem> {
        let read = |parameter| parameters.value(parameter).map_err(TokenProblem::Parameter);
        let client_id = read(CLIENT_ID)?;
        let header = match headers {
            [] => None,
            [header] => Some(*header),
            _ => return Err(TokenProblem::SeveralHeaders),
        };
        let assertion = (read(CLIENT_ASSERTION)?, read(CLIENT_ASSERTION_TYPE)?);
        let credential = match (header, read(CLIENT_SECRET)?, assertion) {
            (Some(header), None, (None, None)) => Self::read_basic(header)?,
            (None, Some(secret), (None, None)) => {
                let client_id = client_id.ok_or(TokenProblem::NoClient)?.to_owned();
                let secret = secret.to_owned();
                Self::Post { client_id, secret }
            }
            (None, None, (Some(assertion), Some(JWT_BEARER))) => {
                let read = UnverifiedAssertion::read(assertion);
                Self::Assertion(read.map(Box::new).map_err(TokenProblem::Assertion)?)
            }
            (None, None, (Some(_) | None, Some(_)) | (Some(_), None)) => {
                return Err(TokenProblem::AssertionType);
            }
            (None, None, (None, None)) => {
                let client_id = client_id.ok_or(TokenProblem::NoClient)?.to_owned();
                Self::Name { client_id }
            }
            (Some(_), _, _) | (None, Some(_), _) => return Err(TokenProblem::SeveralMethods),
        };
        if client_id.is_some_and(|client_id| client_id != credential.claimed_client_id()) {
            return Err(TokenProblem::ClientIdsDiffer);
        }
        Ok(credential)
    }

    pub(super) fn claimed_client_id(&self) -> &str {
        match self {
            Self::Name { client_id }
            | Self::Basic { client_id, .. }
            | Self::Post { client_id, .. } => client_id,
            Self::Assertion(assertion) => assertion.claimed_subject(),
        }
    }

    /// Holds the credential against what the application has registered.
    pub(super) fn prove(
        &self,
        application: &Application,
        issuer: &Issuer,
        now: Timestamp,
    ) -> Result<AuthenticatedClient, TokenProblem> {
        let assertion = match (&application.authentication, self) {
            (ClientAuthentication::None, Self::Name { .. }) => None,
            (ClientAuthentication::ClientSecretBasic(hash), Self::Basic { secret, .. })
            | (ClientAuthentication::ClientSecretPost(hash), Self::Post { secret, .. }) => {
                check_secret(hash, secret).map(|()| None)?
            }
            (ClientAuthentication::PrivateKeyJwt(keys), Self::Assertion(assertion)) => {
                let proved = assertion.prove(keys, &application.client_id, issuer, now);
                Some(proved.map_err(TokenProblem::Assertion)?)
            }
            (registered, _) => {
                let (expected, received) = (registered.method(), self.method());
                return Err(TokenProblem::Method { expected, received });
            }
        };
        Ok(AuthenticatedClient {
            client_id: application.client_id.clone(),
            assertion,
        })
    }

    fn method(&self) -> AuthMethod {
        match self {
            Self::Name { .. } => AuthMethod::None,
            Self::Basic { .. } => AuthMethod::ClientSecretBasic,
            Self::Post { .. } => AuthMethod::ClientSecretPost,
            Self::Assertion(_) => AuthMethod::PrivateKeyJwt,
        }
    }

    /// Reads `Basic base64(form(id):form(secret))` (RFC 6749 2.3.1).
    fn read_basic(header: &[u8]) -> Result<Self, TokenProblem> {
        let secret = (header.len() <= LONGEST_HEADER)
            .then_some(header)
            .and_then(|header| str::from_utf8(header).ok())
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|(_, encoded)| STANDARD.decode_to_vec(encoded.trim_matches(' ')).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| {
                let (client_id, secret) = text.split_once(':')?;
                Some((decode(client_id)?, decode(secret)?))
            });
        let (client_id, secret) = secret.ok_or(TokenProblem::HeaderMalformed)?;
        Ok(Self::Basic { client_id, secret })
    }
}

fn check_secret(hash: &StoredHash, presented: &str) -> Result<(), TokenProblem> {
    if hash.matches(presented) {
        Ok(())
    } else {
        Err(TokenProblem::SecretWrong)
    }
}
