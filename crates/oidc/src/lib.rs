//! The OpenID Connect provider of Vestibule, without a network, a database or a clock.
//!
//! A sign-in from the authorization request to the ID token, without the store and the identity provider:
//!
//! ```
//! # use oidc::{*, authorization::*, token::*};
//! # use jiff::Timestamp;
//! # fn member() -> Member {
//! #     let organization = Organization { id: "org_1".into(), slug: "acme".into(), name: "Acme".into() };
//! #     Member { id: "mem_1".into(), email: None, given_name: None, family_name: None, name: None,
//! #         preferred_username: None, locale: None, zoneinfo: None, updated_at: None,
//! #         groups: vec![], custom_claims: CustomClaims::default(), organization, role: "member".into() }
//! # }
//! # let issuer = Issuer::parse("https://sso.example.com")?;
//! # let application = Application {
//! #     client_id: "app_1".into(), redirect_uris: vec!["https://app.example.com/cb".into()],
//! #     authentication: ClientAuthentication::None, requires_pkce: true, id_token_algorithm: SigningAlgorithm::Es256,
//! # };
//! # let now = Timestamp::constant(1_800_000_000, 0);
//! # let random = [7; RANDOM_BYTES];
//! # let key = SigningKey::generate(SigningAlgorithm::Es256)?;
//! # let keys = ProviderKeys::new(vec![ProviderKey::first(key, now)]);
//! # let query = "response_type=code&client_id=app_1&redirect_uri=https://app.example.com/cb&scope=openid\
//! # &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
//! // GET /authorize: look the application up by `claimed_client_id`, then validate the request.
//! let parameters = Parameters::parse(query)?;
//! let client_id = claimed_client_id(&parameters)?;
//! # assert_eq!(client_id, application.client_id);
//! let request = AuthorizationRequest::parse(&parameters, Some(&application))?;
//!
//! // The user returns from the identity provider: store the grant under `code.hash()`, and redirect the browser.
//! let code = AuthorizationCode::from_random(&random);
//! let grant = CodeGrant::new(&request, now);
//! let location = AuthorizationResponse::with_code(&request, &code, &issuer).location();
//! # assert!(location.starts_with("https://app.example.com/cb?code=vsc_"));
//! # let form = format!("grant_type=authorization_code&client_id=app_1&code={}\
//! # &redirect_uri=https://app.example.com/cb&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", code.as_str());
//!
//! // POST /token: look the application up, authenticate it, mark the code as used, check its grant.
//! let request = TokenRequest::parse(&[], &form)?;
//! let client = request.authenticate(Some(&application), &issuer, now)?;
//! assert_eq!(request.code_hash, code.hash());
//! grant.check(&client, &request, now)?;
//!
//! let access_token = AccessToken::from_random(&random);
//! let (member, sign_in) = (member(), SignIn {
//!     session: "ses_1".into(), connection: "con_1".into(), auth_time: Some(now), acr: None,
//! });
//! let id_token = IdToken {
//!     issuer: &issuer, grant: &grant, member: &member, sign_in: &sign_in, access_token: &access_token,
//! };
//! let key = keys.signing_key(application.id_token_algorithm, now).ok_or("no key")?;
//! let response = TokenResponse::new(&access_token, id_token.sign(key, now)?, &grant.scopes, ACCESS_TOKEN_LIFETIME);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod algorithm;
mod application;
pub mod authorization;
pub mod bearer;
mod claims;
mod claims_request;
mod client_keys;
mod custom_claims;
mod discovery;
mod id_token;
mod id_token_hint;
mod issuer;
mod opaque;
mod parameters;
mod pkce;
mod prompt;
mod provider_keys;
mod public_key;
mod redirect_uri;
mod reserved_claims;
mod scope;
mod signing_key;
mod time;
pub mod token;

pub use algorithm::{AssertionAlgorithm, SigningAlgorithm};
pub use application::{Application, AuthMethod, ClientAuthentication, ClientType};
pub use claims::{Email, Member, MemberClaims, Organization, SignIn};
pub use claims_request::{ClaimsRequest, RequestedClaims};
pub use client_keys::{ClientKeys, ClientKeysError};
pub use custom_claims::{CustomClaimValue, CustomClaims};
pub use discovery::ProviderMetadata;
pub use id_token::{ID_TOKEN_LIFETIME, IdToken};
pub use issuer::{Issuer, IssuerError};
pub use opaque::{AccessToken, AuthorizationCode, ClientSecret, RANDOM_BYTES, StoredHash};
pub use parameters::{FormError, ParameterError, Parameters};
pub use pkce::{CodeChallenge, CodeVerifier};
pub use prompt::{Prompt, Prompts};
pub use provider_keys::{Jwk, JwkSet, KEY_LEAD_TIME, ProviderKey, ProviderKeys};
pub use public_key::PublicKey;
pub use redirect_uri::{RedirectUri, RedirectUriError};
pub use reserved_claims::{MAPPABLE_CLAIMS, RESERVED_CLAIMS, reserved_claim};
pub use scope::{Scope, Scopes};
pub use signing_key::{SigningKey, SigningKeyError};
