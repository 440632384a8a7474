use std::fmt;

use super::client::Credential;
use super::{AuthenticatedClient, TokenProblem};
use crate::application::Application;
use crate::issuer::Issuer;
use crate::opaque::StoredHash;
use crate::parameters::{Parameter, Parameters};
use crate::pkce::CodeVerifier;
use crate::redirect_uri;
use crate::timestamp::Timestamp;

const GRANT_TYPE: Parameter = Parameter::new("grant_type", 128);
const CODE: Parameter = Parameter::new("code", 256);
const REDIRECT_URI: Parameter = Parameter::new("redirect_uri", redirect_uri::LONGEST);
const CODE_VERIFIER: Parameter = Parameter::new("code_verifier", 256);

/// A request to trade a code, whose sender nobody has looked at yet.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenRequest {
    /// The hash of the presented code, to look it up by.
    pub code_hash: StoredHash,
    /// The address that the code is said to have been sent to.
    pub redirect_uri: String,
    /// The other half of the challenge.
    pub code_verifier: Option<CodeVerifier>,
    credential: Credential,
}

impl TokenRequest {
    /// Reads the form, and every `Authorization` header that came with it.
    pub fn read(authorization: &[&[u8]], form: &str) -> Result<Self, TokenProblem> {
        let parameters = Parameters::read(form).map_err(TokenProblem::Unreadable)?;
        let credential = Credential::read(authorization, &parameters)?;
        let grant_type = required(&parameters, GRANT_TYPE)?;
        if grant_type != "authorization_code" {
            return Err(TokenProblem::GrantType {
                received: grant_type.to_owned(),
            });
        }
        let verifier = parameters
            .value(CODE_VERIFIER)
            .map_err(TokenProblem::Parameter)?;
        let read = |text| CodeVerifier::read(text).ok_or(TokenProblem::VerifierMalformed);
        Ok(Self {
            code_hash: StoredHash::of(required(&parameters, CODE)?),
            redirect_uri: required(&parameters, REDIRECT_URI)?.to_owned(),
            code_verifier: verifier.map(read).transpose()?,
            credential,
        })
    }

    /// The application that the sender claims to be, to look it up by.
    #[must_use]
    pub fn claimed_client_id(&self) -> &str {
        self.credential.claimed_client_id()
    }

    /// Judges whether the sender is the application that has the claimed id, if there is one.
    pub fn authenticate(
        &self,
        application: Option<&Application>,
        issuer: &Issuer,
        now: Timestamp,
    ) -> Result<AuthenticatedClient, TokenProblem> {
        let claimed = self.claimed_client_id();
        let application = application
            .filter(|application| application.client_id == claimed)
            .ok_or_else(|| TokenProblem::UnknownClient {
                received: claimed.to_owned(),
            })?;
        self.credential.prove(application, issuer, now)
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TokenRequest")
            .field("client_id", &self.claimed_client_id())
            .finish_non_exhaustive()
    }
}

fn required(parameters: &Parameters, parameter: Parameter) -> Result<&str, TokenProblem> {
    parameters
        .value(parameter)
        .map_err(TokenProblem::Parameter)?
        .ok_or_else(|| TokenProblem::Missing {
            parameter: parameter.name(),
        })
}
