//! What the sample application asks the OpenID provider, server to server.

use hyper::http::request::Builder;
use hyper::{Method, Request, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::{Url, form_urlencoded};

use super::Registration;
use super::sign_in::SignInError;
use crate::loopback;

/// What discovery says, as far as it is needed here (OpenID Connect Discovery 3).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Provider {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) userinfo_endpoint: String,
    pub(super) jwks_uri: String,
}

/// What a code was exchanged for.
#[derive(Deserialize)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) id_token: String,
}

#[derive(Deserialize)]
struct TokenError {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl Provider {
    /// Reads the discovery document of `issuer`.
    pub(super) async fn discover(issuer: &str) -> Result<Self, SignInError> {
        let provider: Self =
            fetch(&format!("{issuer}/.well-known/openid-configuration"), None).await?;
        if provider.issuer != issuer {
            return Err(SignInError::InvalidResponse(format!(
                "discovery at {issuer} speaks for {}",
                provider.issuer
            )));
        }
        Ok(provider)
    }

    /// Exchanges a code; the client proves itself with its secret (RFC 6749, 2.3.1).
    pub(super) async fn exchange(
        &self,
        registration: &Registration,
        code: &str,
        redirect_uri: &str,
        code_verifier: &str,
    ) -> Result<Tokens, SignInError> {
        let encoded =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let credentials = format!(
            "{}:{}",
            encoded(&registration.client_id),
            encoded(&registration.client_secret)
        );
        let credentials = base64_simd::STANDARD.encode_to_string(credentials);
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("code_verifier", code_verifier)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::AUTHORIZATION, format!("Basic {credentials}"));
        ask(&self.token_endpoint, request, body).await
    }

    /// Asks who the access token speaks of.
    pub(super) async fn userinfo<T: DeserializeOwned>(
        &self,
        access_token: &str,
    ) -> Result<T, SignInError> {
        fetch(&self.userinfo_endpoint, Some(access_token)).await
    }

    /// The keys with which the provider signs.
    pub(super) async fn keys<T: DeserializeOwned>(&self) -> Result<T, SignInError> {
        fetch(&self.jwks_uri, None).await
    }
}

async fn fetch<T: DeserializeOwned>(
    url: &str,
    access_token: Option<&str>,
) -> Result<T, SignInError> {
    let mut request = Request::builder().method(Method::GET);
    if let Some(token) = access_token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    ask(url, request, String::new()).await
}

async fn ask<T: DeserializeOwned>(
    url: &str,
    request: Builder,
    body: String,
) -> Result<T, SignInError> {
    let strange = |what: String| SignInError::InvalidResponse(format!("{url} {what}"));
    let address = Url::parse(url).map_err(|error| strange(format!("is no address: {error}")))?;
    let answer = loopback::send(&address, request, body)
        .await
        .map_err(|error| SignInError::InvalidResponse(error.to_string()))?;
    if !answer.status.is_success() {
        return Err(match serde_json::from_str::<TokenError>(&answer.body) {
            Ok(refusal) => SignInError::ErrorResponse {
                error: refusal.error,
                description: refusal.error_description,
            },
            Err(_) => strange(format!("answered {}", answer.status)),
        });
    }
    serde_json::from_str(&answer.body)
        .map_err(|error| strange(format!("answered something else: {error}")))
}
