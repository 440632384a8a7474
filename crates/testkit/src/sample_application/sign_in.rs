//! A sign-in, from the button to the claims.

use aws_lc_rs::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::id_token::{self, Expected};
use super::provider::Provider;
use super::visits::{Pending, SignedIn};
use super::{Inner, SampleApplication};

/// Whether somebody who is signed in already will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Whoever is there.
    Anybody,
    /// Somebody who proves anew who she is.
    SomebodyElse,
    /// Whoever says by an e-mail address which organization is hers.
    OfAnyOrganization,
}

/// What the browser brings back (RFC 6749, 4.1.2; RFC 9207).
#[derive(Deserialize)]
pub(super) struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    #[serde(default)]
    error_description: String,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum SignInError {
    /// An error response of the OpenID provider (RFC 6749, 4.1.2.1 and 5.2).
    #[error("Vestibule answered {error}{}", describe(.description))]
    ErrorResponse { error: String, description: String },
    /// The callback belongs to no pending sign-in of this browser.
    #[error(
        "What the browser brought back belongs to no sign-in that it began here, or to one that is over."
    )]
    StateMismatch,
    #[error("Something is not as it should be: {0}.")]
    InvalidResponse(String),
    #[error("The ID token is not accepted: {0}.")]
    InvalidIdToken(String),
}

fn describe(description: &str) -> String {
    if description.is_empty() {
        ".".to_owned()
    } else {
        format!(": {description}")
    }
}

impl Inner {
    /// The address to send the browser to, and what its answer is to be held against.
    pub(super) async fn begin(&self, wanted: Wanted) -> Result<(String, Pending), SignInError> {
        let provider = Provider::discover(&self.registration.issuer).await?;
        let pending = Pending {
            state: self.surroundings.handle(),
            nonce: self.surroundings.handle(),
            code_verifier: self.surroundings.handle(),
        };
        let challenge = digest(&SHA256, pending.code_verifier.as_bytes());
        let mut address = Url::parse(&provider.authorization_endpoint).map_err(|error| {
            SignInError::InvalidResponse(format!(
                "the authorization endpoint is no address: {error}"
            ))
        })?;
        let mut query = address.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.registration.client_id)
            .append_pair("redirect_uri", &self.redirect_uri())
            .append_pair("scope", "openid profile email groups")
            .append_pair("state", &pending.state)
            .append_pair("nonce", &pending.nonce)
            .append_pair(
                "code_challenge",
                &base64_simd::URL_SAFE_NO_PAD.encode_to_string(challenge),
            )
            .append_pair("code_challenge_method", "S256");
        if wanted != Wanted::OfAnyOrganization {
            query.append_pair("organization", &self.registration.organization);
        }
        if wanted != Wanted::Anybody {
            query.append_pair("prompt", "login");
        }
        drop(query);
        Ok((address.into(), pending))
    }

    /// Turns what the browser brought back into what is known about the person.
    pub(super) async fn finish(
        &self,
        callback: Callback,
        pending: &Pending,
    ) -> Result<SignedIn, SignInError> {
        if callback.state.as_deref() != Some(&pending.state) {
            return Err(SignInError::StateMismatch);
        }
        if callback
            .iss
            .as_deref()
            .is_some_and(|issuer| issuer != self.registration.issuer)
        {
            return Err(SignInError::StateMismatch);
        }
        if let Some(error) = callback.error {
            return Err(SignInError::ErrorResponse {
                error,
                description: callback.error_description,
            });
        }
        let code = callback.code.ok_or(SignInError::StateMismatch)?;
        let provider = Provider::discover(&self.registration.issuer).await?;
        let tokens = provider
            .exchange(
                &self.registration,
                &code,
                &self.redirect_uri(),
                &pending.code_verifier,
            )
            .await?;
        let expected = Expected {
            issuer: &provider.issuer,
            client_id: &self.registration.client_id,
            nonce: &pending.nonce,
            now: self.surroundings.now(),
        };
        let (claims, algorithm) =
            id_token::verify(&tokens.id_token, &provider.keys().await?, &expected)?;
        let userinfo: Map<String, Value> = provider.userinfo(&tokens.access_token).await?;
        if userinfo.get("sub") != claims.get("sub") {
            return Err(SignInError::InvalidResponse(
                "the userinfo endpoint speaks of somebody else".to_owned(),
            ));
        }
        Ok(SignedIn {
            id_token: claims,
            userinfo,
            algorithm,
        })
    }

    fn redirect_uri(&self) -> String {
        SampleApplication::redirect_uri(&self.registration.base_url)
    }
}
