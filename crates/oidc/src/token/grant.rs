use serde::{Deserialize, Serialize};

use super::{AuthenticatedClient, TokenProblem, TokenRequest};
use crate::authorization::AuthorizationRequest;
use crate::pkce::CodeChallenge;
use crate::scope::Scopes;
use crate::timestamp::Timestamp;

/// How many seconds a code lives (RFC 6749 4.1.2 allows ten minutes; a browser needs one).
pub const CODE_LIFETIME: i64 = 60;

/// What a store keeps with the hash of a code: all that the code is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeGrant {
    /// The application that the code was given to.
    pub client_id: String,
    /// The address that the code was sent to.
    pub redirect_uri: String,
    /// What the application committed itself to.
    pub code_challenge: Option<CodeChallenge>,
    /// What the ID token repeats.
    pub nonce: Option<String>,
    /// What the application asked to know.
    pub scopes: Scopes,
    /// The first second at which the code is worth nothing.
    pub expires_at: Timestamp,
}

impl CodeGrant {
    /// Binds a code to the request that it answers.
    #[must_use]
    pub fn new(request: &AuthorizationRequest, now: Timestamp) -> Self {
        Self {
            client_id: request.client_id.clone(),
            redirect_uri: request.redirect_uri.as_str().to_owned(),
            code_challenge: request.code_challenge.clone(),
            nonce: request.nonce.clone(),
            scopes: request.scopes.clone(),
            expires_at: now.after(CODE_LIFETIME),
        }
    }

    /// Judges whether this client may trade the code with this request.
    ///
    /// That it does so once is for the store to see to.
    pub fn check(
        &self,
        client: &AuthenticatedClient,
        request: &TokenRequest,
        now: Timestamp,
    ) -> Result<(), TokenProblem> {
        if client.client_id() != self.client_id {
            return Err(TokenProblem::ForeignCode);
        }
        if now >= self.expires_at {
            return Err(TokenProblem::CodeExpired {
                until: self.expires_at,
                now,
            });
        }
        if request.redirect_uri != self.redirect_uri {
            let (expected, received) = (self.redirect_uri.clone(), request.redirect_uri.clone());
            return Err(TokenProblem::RedirectUri { expected, received });
        }
        match (&self.code_challenge, &request.code_verifier) {
            (Some(challenge), Some(verifier)) if challenge.is_met_by(verifier) => Ok(()),
            (Some(_), Some(_)) => Err(TokenProblem::VerifierWrong),
            (Some(_), None) => Err(TokenProblem::VerifierMissing),
            // The challenge may have been stripped on its way to us (RFC 9700 2.1.1).
            (None, Some(_)) => Err(TokenProblem::VerifierUnexpected),
            (None, None) => Ok(()),
        }
    }
}
