//! The sample application's requests to the OpenID provider, server to server.

use hyper::http::request::Builder;
use hyper::{Request, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::{Url, form_urlencoded};

use super::SampleApplicationConfig;
use super::sign_in::SignInError;
use crate::loopback;

/// The part of the discovery document that this application uses (OpenID Connect Discovery 3).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct OpenIdProvider {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) userinfo_endpoint: String,
    pub(super) jwks_uri: String,
}

#[derive(Deserialize)]
pub(super) struct TokenResponse {
    pub(super) access_token: String,
    pub(super) id_token: String,
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl OpenIdProvider {
    /// Fetches the discovery document of `issuer`.
    pub(super) async fn discover(issuer: &str) -> Result<Self, SignInError> {
        let url = format!("{issuer}/.well-known/openid-configuration");
        let provider: Self = get_json(&url, None).await?;
        if provider.issuer != issuer {
            return Err(SignInError::InvalidResponse(format!(
                "the discovery document of {issuer} names the issuer {}",
                provider.issuer
            )));
        }
        Ok(provider)
    }

    /// Authenticates with the client secret (RFC 6749, 2.3.1).
    pub(super) async fn exchange_code(
        &self,
        config: &SampleApplicationConfig,
        code: &str,
        redirect_uri: &str,
        code_verifier: &str,
    ) -> Result<TokenResponse, SignInError> {
        let encode =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let credentials = format!(
            "{}:{}",
            encode(&config.client_id),
            encode(&config.client_secret)
        );
        let credentials = base64_simd::STANDARD.encode_to_string(credentials);
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("code_verifier", code_verifier)
            .finish();
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::AUTHORIZATION, format!("Basic {credentials}"));
        send(&self.token_endpoint, request, body).await
    }

    pub(super) async fn fetch_userinfo<T: DeserializeOwned>(
        &self,
        access_token: &str,
    ) -> Result<T, SignInError> {
        get_json(&self.userinfo_endpoint, Some(access_token)).await
    }

    pub(super) async fn fetch_keys<T: DeserializeOwned>(&self) -> Result<T, SignInError> {
        get_json(&self.jwks_uri, None).await
    }
}

async fn get_json<T: DeserializeOwned>(
    url: &str,
    access_token: Option<&str>,
) -> Result<T, SignInError> {
    let mut request = Request::get("/");
    if let Some(token) = access_token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    send(url, request, String::new()).await
}

async fn send<T: DeserializeOwned>(
    url: &str,
    request: Builder,
    body: String,
) -> Result<T, SignInError> {
    let invalid = |problem: String| SignInError::InvalidResponse(format!("{url} {problem}"));
    let address = Url::parse(url).map_err(|error| invalid(format!("is not a URL: {error}")))?;
    let request = request
        .body(body)
        .map_err(|error| invalid(format!("cannot be requested: {error}")))?;
    let response = loopback::send(&address, request)
        .await
        .map_err(|error| SignInError::InvalidResponse(error.to_string()))?;
    let status = response.status();
    if !status.is_success() {
        return Err(
            match serde_json::from_str::<ErrorResponse>(response.body()) {
                Ok(response) => SignInError::ErrorResponse {
                    error: response.error,
                    description: response.error_description,
                },
                Err(_) => invalid(format!("returned the status {status}")),
            },
        );
    }
    serde_json::from_str(response.body())
        .map_err(|error| invalid(format!("returned an unexpected body: {error}")))
}
