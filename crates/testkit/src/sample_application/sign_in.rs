use aws_lc_rs::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::id_token::{self, ExpectedClaims};
use super::openid_provider::OpenIdProvider;
use super::sessions::{PendingSignIn, SignedInUser};
use super::{Inner, SampleApplication};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignInMode {
    /// A member of the configured organization; an existing session at Vestibule is enough.
    ReuseSession,
    /// A member of the configured organization, who has to sign in again (`prompt=login`).
    SwitchAccount,
    /// A member of any organization, found by email address.
    AnyOrganization,
}

/// The query of the redirect URI (RFC 6749, 4.1.2; RFC 9207).
#[derive(Deserialize)]
pub(super) struct CallbackQuery {
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
    #[error("Vestibule returned the error {error}{}", describe(.description))]
    ErrorResponse { error: String, description: String },
    /// The callback belongs to no pending sign-in of this browser.
    #[error(
        "This sign-in was not started in this browser, or it has already ended. Sign in again."
    )]
    StateMismatch,
    #[error("The OpenID provider did not respond as expected: {0}.")]
    InvalidResponse(String),
    #[error("The ID token is invalid: {0}.")]
    InvalidIdToken(String),
}

fn describe(description: &str) -> String {
    if description.is_empty() {
        ".".to_owned()
    } else {
        format!(": {description}")
    }
}

/// A new sign-in, and the URL that the browser is redirected to.
pub(super) struct AuthorizationRequest {
    pub(super) url: String,
    pub(super) pending: PendingSignIn,
}

impl Inner {
    pub(super) async fn start_sign_in(
        &self,
        mode: SignInMode,
    ) -> Result<AuthorizationRequest, SignInError> {
        let provider = OpenIdProvider::discover(&self.config.issuer).await?;
        let pending = PendingSignIn {
            state: self.environment.random_token(),
            nonce: self.environment.random_token(),
            code_verifier: self.environment.random_token(),
        };
        let challenge = digest(&SHA256, pending.code_verifier.as_bytes());
        let mut url = Url::parse(&provider.authorization_endpoint).map_err(|error| {
            SignInError::InvalidResponse(format!(
                "the authorization endpoint is not a URL: {error}"
            ))
        })?;
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.redirect_uri())
            .append_pair("scope", "openid profile email groups")
            .append_pair("state", &pending.state)
            .append_pair("nonce", &pending.nonce)
            .append_pair(
                "code_challenge",
                &base64_simd::URL_SAFE_NO_PAD.encode_to_string(challenge),
            )
            .append_pair("code_challenge_method", "S256");
        if mode != SignInMode::AnyOrganization {
            query.append_pair("organization", &self.config.organization);
        }
        if mode != SignInMode::ReuseSession {
            query.append_pair("prompt", "login");
        }
        drop(query);
        Ok(AuthorizationRequest {
            url: url.into(),
            pending,
        })
    }

    pub(super) async fn complete_sign_in(
        &self,
        callback: CallbackQuery,
        pending: &PendingSignIn,
    ) -> Result<SignedInUser, SignInError> {
        if callback.state.as_deref() != Some(&pending.state) {
            return Err(SignInError::StateMismatch);
        }
        if callback
            .iss
            .as_deref()
            .is_some_and(|issuer| issuer != self.config.issuer)
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
        let provider = OpenIdProvider::discover(&self.config.issuer).await?;
        let tokens = provider
            .exchange_code(
                &self.config,
                &code,
                &self.redirect_uri(),
                &pending.code_verifier,
            )
            .await?;
        let expected = ExpectedClaims {
            issuer: &provider.issuer,
            client_id: &self.config.client_id,
            nonce: &pending.nonce,
            now: self.environment.now(),
        };
        let keys = provider.fetch_keys().await?;
        let id_token = id_token::verify(&tokens.id_token, &keys, &expected)?;
        let userinfo: Map<String, Value> = provider.fetch_userinfo(&tokens.access_token).await?;
        if userinfo.get("sub") != id_token.claims.get("sub") {
            return Err(SignInError::InvalidResponse(
                "the userinfo endpoint returned another subject than the ID token".to_owned(),
            ));
        }
        Ok(SignedInUser {
            id_token: id_token.claims,
            userinfo,
            algorithm: id_token.algorithm,
        })
    }

    fn redirect_uri(&self) -> String {
        SampleApplication::redirect_uri(&self.config.base_url)
    }
}
