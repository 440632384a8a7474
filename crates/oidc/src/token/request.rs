use std::fmt;

use jiff::Timestamp;

use super::client::ClientCredential;
use super::{AuthenticatedClient, TokenError};
use crate::application::Application;
use crate::issuer::Issuer;
use crate::opaque::StoredHash;
use crate::parameters::{Parameter, Parameters};
use crate::pkce::CodeVerifier;
use crate::redirect_uri::MAX_REDIRECT_URI_BYTES;

const GRANT_TYPE: Parameter = Parameter::new("grant_type", 128);
const CODE: Parameter = Parameter::new("code", 256);
const REDIRECT_URI: Parameter = Parameter::new("redirect_uri", MAX_REDIRECT_URI_BYTES);
const CODE_VERIFIER: Parameter = Parameter::new("code_verifier", 256);

/// A request to exchange a code, from a client that is not yet authenticated.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenRequest {
    /// The hash of the code, for looking up the grant.
    pub code_hash: StoredHash,
    /// Only a code without a PKCE challenge needs it (OAuth 2.1 4.1.3).
    pub redirect_uri: Option<String>,
    pub code_verifier: Option<CodeVerifier>,
    credential: ClientCredential,
}

impl TokenRequest {
    /// Parses the form and all `Authorization` headers of the request.
    pub fn parse(authorization: &[&[u8]], form: &str) -> Result<Self, TokenError> {
        let parameters = Parameters::parse(form).map_err(TokenError::Form)?;
        let credential = ClientCredential::parse(authorization, &parameters)?;
        let grant_type = required(&parameters, GRANT_TYPE)?;
        if grant_type != "authorization_code" {
            return Err(TokenError::UnsupportedGrantType {
                received: grant_type.to_owned(),
            });
        }
        let verifier = parameters
            .value(CODE_VERIFIER)
            .map_err(TokenError::Parameter)?;
        let parse = |text| CodeVerifier::parse(text).ok_or(TokenError::MalformedCodeVerifier);
        Ok(Self {
            code_hash: StoredHash::from_secret(required(&parameters, CODE)?),
            redirect_uri: parameters
                .value(REDIRECT_URI)
                .map_err(TokenError::Parameter)?
                .map(str::to_owned),
            code_verifier: verifier.map(parse).transpose()?,
            credential,
        })
    }

    /// The `client_id` by which to look the application up.
    #[must_use]
    pub fn claimed_client_id(&self) -> &str {
        self.credential.claimed_client_id()
    }

    /// Authenticates the client as the application that was found by its `client_id`, if any.
    pub fn authenticate(
        &self,
        application: Option<&Application>,
        issuer: &Issuer,
        now: Timestamp,
    ) -> Result<AuthenticatedClient, TokenError> {
        let claimed = self.claimed_client_id();
        let application = application
            .filter(|application| application.client_id == claimed)
            .ok_or_else(|| TokenError::ClientNotFound {
                received: claimed.to_owned(),
            })?;
        self.credential.verify(application, issuer, now)
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TokenRequest")
            .field("client_id", &self.claimed_client_id())
            .finish_non_exhaustive()
    }
}

fn required(parameters: &Parameters, parameter: Parameter) -> Result<&str, TokenError> {
    parameters
        .value(parameter)
        .map_err(TokenError::Parameter)?
        .ok_or_else(|| TokenError::MissingParameter {
            parameter: parameter.name(),
        })
}
