//! An application that signs its users in with the crate openidconnect, as the documentation of that crate shows.

use std::collections::HashMap;
use std::error::Error;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse as _, reqwest,
};
use serde_json::{Value, json};
use tiny_http::{Header, Request, Response, Server};
use tokio::runtime::{Builder, Runtime};
use url::Url;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let address = format!("127.0.0.1:{}", variable("PORT")?);
    let mut application = Application::new(format!("http://{address}/"))?;
    let server = Server::http(&address).map_err(|error| error.to_string())?;
    for request in server.incoming_requests() {
        application.respond(request)?;
    }
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    std::env::var(name).map_err(|error| format!("{name}: {error}").into())
}

struct Application {
    url: Url,
    runtime: Runtime,
    http: reqwest::Client,
    client: Client,
    /// The sign-in that was started last: one user at a time.
    pending: Option<PendingSignIn>,
}

struct PendingSignIn {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

impl Application {
    fn new(url: String) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let issuer = IssuerUrl::new(variable("ISSUER")?)?;
        let metadata = runtime.block_on(CoreProviderMetadata::discover_async(issuer, &http))?;
        let id = ClientId::new(variable("CLIENT_ID")?);
        let secret = ClientSecret::new(variable("CLIENT_SECRET")?);
        let client = CoreClient::from_provider_metadata(metadata, id, Some(secret))
            .set_redirect_uri(RedirectUrl::new(format!("{url}callback"))?);
        Ok(Self {
            url: url.parse()?,
            runtime,
            http,
            client,
            pending: None,
        })
    }

    fn respond(&mut self, request: Request) -> Result<()> {
        let url = self.url.join(request.url())?;
        match url.path() {
            "/sign-in" => {
                let location = Header::from_bytes("location", self.start_sign_in().as_str());
                let location = location.map_err(|()| "the URL is no header value")?;
                request.respond(Response::empty(302).with_header(location))?;
            }
            "/callback" => {
                let (status, body) = match self.complete_sign_in(&url) {
                    Ok(member) => (200, member),
                    Err(error) => (400, json!({ "error": format!("{error:?}") })),
                };
                request
                    .respond(Response::from_string(body.to_string()).with_status_code(status))?;
            }
            _ => request.respond(Response::empty(404))?,
        }
        Ok(())
    }

    fn start_sign_in(&mut self) -> Url {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = self
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".into()))
            .add_scope(Scope::new("profile".into()))
            .set_pkce_challenge(challenge)
            .url();
        self.pending = Some(PendingSignIn {
            state,
            nonce,
            verifier,
        });
        url
    }

    fn complete_sign_in(&mut self, url: &Url) -> Result<Value> {
        let pending = self.pending.take().ok_or("no sign-in was started")?;
        let mut parameters: HashMap<_, _> = url.query_pairs().into_owned().collect();
        if parameters.get("state") != Some(pending.state.secret()) {
            return Err("the state is another one".into());
        }
        let code = parameters
            .remove("code")
            .ok_or_else(|| format!("no code: {parameters:?}"))?;
        let exchange = self
            .client
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(pending.verifier);
        let tokens = self.runtime.block_on(exchange.request_async(&self.http))?;
        let id_token = tokens.id_token().ok_or("no ID token")?;
        let subject = id_token
            .claims(&self.client.id_token_verifier(), &pending.nonce)?
            .subject()
            .clone();
        let userinfo = self
            .client
            .user_info(tokens.access_token().clone(), Some(subject))?;
        let userinfo: CoreUserInfoClaims =
            self.runtime.block_on(userinfo.request_async(&self.http))?;
        Ok(json!({ "claims": verified_payload(&id_token.to_string())?, "userinfo": userinfo }))
    }
}

/// All claims of an ID token that the library has verified; its own type has only those of the standard.
fn verified_payload(id_token: &str) -> Result<Value> {
    let payload = id_token.split('.').nth(1).ok_or("no payload")?;
    Ok(serde_json::from_slice(
        &BASE64_URL_SAFE_NO_PAD.decode(payload)?,
    )?)
}
