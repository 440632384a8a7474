use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{AuthenticatedClient, TokenError, TokenRequest};
use crate::authorization::AuthorizationRequest;
use crate::claims_request::ClaimsRequest;
use crate::pkce::CodeChallenge;
use crate::scope::Scopes;
use crate::time::saturating_add;

/// How long a code is valid. RFC 6749 4.1.2 allows ten minutes; one is enough for a redirect.
pub const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(1);

/// What an authorization code is bound to; a store keeps it with the hash of the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeGrant {
    pub client_id: String,
    pub redirect_uri: String,
    pub code_challenge: Option<CodeChallenge>,
    pub nonce: Option<String>,
    pub scopes: Scopes,
    pub claims: ClaimsRequest,
    /// The code is invalid from this second on.
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    pub expires_at: Timestamp,
}

impl CodeGrant {
    /// Binds a code to its authorization request.
    #[must_use]
    pub fn new(request: &AuthorizationRequest, now: Timestamp) -> Self {
        Self {
            client_id: request.client_id.clone(),
            redirect_uri: request.redirect_uri.as_str().to_owned(),
            code_challenge: request.code_challenge.clone(),
            nonce: request.nonce.clone(),
            scopes: request.scopes.clone(),
            claims: request.claims.clone(),
            expires_at: saturating_add(now, CODE_LIFETIME),
        }
    }

    /// Checks whether this client may exchange the code with this request.
    ///
    /// The store ensures that a code is used only once.
    pub fn check(
        &self,
        client: &AuthenticatedClient,
        request: &TokenRequest,
        now: Timestamp,
    ) -> Result<(), TokenError> {
        if client.client_id() != self.client_id {
            return Err(TokenError::CodeIssuedToOtherClient);
        }
        if now >= self.expires_at {
            return Err(TokenError::CodeExpired {
                expires_at: self.expires_at,
                now,
            });
        }
        self.check_redirect_uri(request.redirect_uri.as_deref())?;
        match (&self.code_challenge, &request.code_verifier) {
            (Some(challenge), Some(verifier)) if challenge.matches(verifier) => Ok(()),
            (Some(_), Some(_)) => Err(TokenError::CodeVerifierMismatch),
            (Some(_), None) => Err(TokenError::MissingCodeVerifier),
            // An attacker may have removed the challenge from the authorization request (RFC 9700 2.1.1).
            (None, Some(_)) => Err(TokenError::UnexpectedCodeVerifier),
            (None, None) => Ok(()),
        }
    }

    /// The PKCE challenge binds the code to its client as well, so that the redirect URI may be omitted with it
    /// (OAuth 2.1 10.2).
    fn check_redirect_uri(&self, received: Option<&str>) -> Result<(), TokenError> {
        match received {
            Some(received) if received == self.redirect_uri => Ok(()),
            Some(received) => Err(TokenError::RedirectUriMismatch {
                expected: self.redirect_uri.clone(),
                received: received.to_owned(),
            }),
            None if self.code_challenge.is_some() => Ok(()),
            None => Err(TokenError::MissingParameter {
                parameter: "redirect_uri",
            }),
        }
    }
}
