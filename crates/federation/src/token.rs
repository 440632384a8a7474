//! `/token`: an application exchanges a code for tokens about the user.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64_simd::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use oidc::token::{
    ACCESS_TOKEN_LIFETIME, AssertionError, AuthenticatedClient, CodeGrant, TokenError,
    TokenErrorResponse, TokenRequest, TokenResponse,
};
use oidc::{
    AccessToken, ClaimsRequest, CodeChallenge, Email, FormError, IdToken, Scopes, StoredHash,
};
use runtime::app::App;
use runtime::keys::{KeyRingError, signing_algorithm};
use runtime::{random, seal};
use service::application::to_oidc_client;
use service::sign_in::discovery::check_plan;
use service::sign_in::error::SignInError;
use store::{
    ApplicationId, AuthorizationCode, Member, MemberId, Organization, OrganizationId, Redemption,
    SecretHash, StoreError, Tx,
};

use super::posted_form;
use super::responses::{issuer, json_error};

/// `POST /token`
pub(crate) async fn token(State(app): State<App>, request: Request) -> Response {
    match exchange_code(&app, request).await {
        Ok(tokens) => not_cached(Json(tokens).into_response()),
        Err(TokenEndpointError::Rejected(problem)) => error_response(&problem),
        Err(TokenEndpointError::Internal(error)) => json_error(&error),
    }
}

enum TokenEndpointError {
    /// The request was rejected.
    Rejected(TokenError),
    /// This server failed.
    Internal(SignInError),
}

impl From<TokenError> for TokenEndpointError {
    fn from(problem: TokenError) -> Self {
        Self::Rejected(problem)
    }
}

impl From<SignInError> for TokenEndpointError {
    fn from(error: SignInError) -> Self {
        Self::Internal(error)
    }
}

impl From<StoreError> for TokenEndpointError {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<KeyRingError> for TokenEndpointError {
    fn from(error: KeyRingError) -> Self {
        Self::Internal(error.into())
    }
}

/// Adds the header that caches of HTTP/1.0 know (RFC 6749 5.1). `Cache-Control` is added to all responses.
fn not_cached(mut response: Response) -> Response {
    let no_cache = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(header::PRAGMA, no_cache);
    response
}

async fn exchange_code(app: &App, request: Request) -> Result<TokenResponse, TokenEndpointError> {
    let now = app.clock.now();
    let request = read_request(request).await?;
    let (application, client) = authenticate(app, &request, now).await?;
    let redemption = CodeRedemption {
        application: application.id.clone(),
        client,
        request,
        now,
    };
    let access_token = AccessToken::from_random(&random::bytes());
    let Redeemed { code, lifetime } = redemption.redeem(app, &access_token).await?;
    let subject = load_token_subject(app, &code.organization, &code.member)
        .await?
        .ok_or(TokenError::CodeNotFound)?;
    let keys = app.keys.provider().await?;
    let algorithm = signing_algorithm(application.id_token_algorithm);
    let key = keys
        .signing_key(algorithm, now)
        .ok_or_else(|| SignInError::Internal("finding a signing key".to_owned()))?;
    let grant = code_binding(&code);
    let sign_in = oidc::SignIn {
        session: code.session.to_string(),
        connection: code.connection.to_string(),
        auth_time: code.auth_time,
        acr: code.acr.clone(),
    };
    let issuer = issuer(app)?;
    let id_token = IdToken {
        issuer: &issuer,
        grant: &grant,
        member: &subject,
        sign_in: &sign_in,
        access_token: &access_token,
    };
    let signed = id_token
        .sign(key, now)
        .map_err(|error| SignInError::internal("signing an ID token", &error))?;
    Ok(TokenResponse::new(
        &access_token,
        signed,
        &grant.scopes,
        lifetime,
    ))
}

async fn read_request(request: Request) -> Result<TokenRequest, TokenError> {
    let (headers, form) = posted_form::receive(request)
        .await
        .map_err(|error| form_problem(&error))?;
    let authorization: Vec<&[u8]> = headers
        .get_all(header::AUTHORIZATION)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    TokenRequest::parse(&authorization, &form)
}

fn form_problem(error: &SignInError) -> TokenError {
    TokenError::Form(match error {
        // The body is not read beyond the limit.
        SignInError::FormTooLarge => FormError::TooLong {
            limit: posted_form::MAX_FORM_BYTES,
            received: posted_form::MAX_FORM_BYTES + 1,
        },
        _ => FormError::Malformed,
    })
}

async fn authenticate(
    app: &App,
    request: &TokenRequest,
    now: Timestamp,
) -> Result<(store::Application, AuthenticatedClient), TokenEndpointError> {
    let client_id = request.claimed_client_id();
    let unknown = || TokenError::ClientNotFound {
        received: client_id.to_owned(),
    };
    let id = ApplicationId::parse(client_id).map_err(|_| unknown())?;
    let found = app.store.snapshot().await?.application(&id).await?;
    let application = found.ok_or_else(unknown)?;
    let registered = to_oidc_client(&application)
        .map_err(|error| SignInError::internal("reading an application's keys", &error))?;
    let client = request.authenticate(Some(&registered), &issuer(app)?, now)?;
    if let Some(assertion) = client.assertion().cloned() {
        let id = application.id.clone();
        let until = assertion.expires_at;
        let is_first_use = app
            .store
            .write(async move |tx| {
                tx.consume_client_assertion(&id, &assertion.jti, until)
                    .await
            })
            .await?;
        if !is_first_use {
            return Err(TokenError::Assertion(AssertionError::Replayed).into());
        }
    }
    Ok((application, client))
}

#[derive(Clone)]
struct CodeRedemption {
    application: ApplicationId,
    client: AuthenticatedClient,
    request: TokenRequest,
    now: Timestamp,
}

/// A code that is spent, and how long the access token for it is valid.
struct Redeemed {
    code: AuthorizationCode,
    lifetime: SignedDuration,
}

impl CodeRedemption {
    /// Spends the code and stores the access token. A code that another application presents, or that comes with
    /// another redirect URI or verifier, is not spent.
    async fn redeem(
        self,
        app: &App,
        access_token: &AccessToken,
    ) -> Result<Redeemed, TokenEndpointError> {
        let code = secret_hash(&self.request.code_hash).ok_or(TokenError::CodeNotFound)?;
        let token = seal::hash(access_token.as_str());
        let redeemed = app
            .store
            .write(async move |tx| self.redeem_once(tx, &code, token).await)
            .await?;
        Ok(redeemed?)
    }

    /// With an inner error the transaction is committed: what a second use has revoked stays revoked.
    async fn redeem_once(
        &self,
        tx: &mut Tx,
        hash: &SecretHash,
        token: SecretHash,
    ) -> Result<Result<Redeemed, TokenError>, TokenEndpointError> {
        let now = self.now;
        let code = match tx.redeem_code(hash, &self.application, self.now).await? {
            Redemption::Redeemed(code) => code,
            Redemption::Replayed { .. } => return Ok(Err(TokenError::CodeAlreadyUsed)),
            Redemption::Expired => {
                return Ok(Err(TokenError::CodeExpired {
                    expires_at: now,
                    now,
                }));
            }
            Redemption::NotFound | Redemption::SessionEnded => {
                return Ok(Err(TokenError::CodeNotFound));
            }
        };
        code_binding(&code).check(&self.client, &self.request, now)?;
        // A token is valid no longer than its session, and says so.
        let Some(session_expiry) = tx.active_session_expiry(&code.session).await? else {
            return Ok(Err(TokenError::CodeNotFound));
        };
        let lifetime = ACCESS_TOKEN_LIFETIME.min(session_expiry.duration_since(now));
        self.add_access_token(tx, &code, token, now + lifetime)
            .await?;
        Ok(Ok(Redeemed {
            code: *code,
            lifetime,
        }))
    }

    async fn add_access_token(
        &self,
        tx: &mut Tx,
        code: &AuthorizationCode,
        hash: SecretHash,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        tx.add_access_token(&store::AccessToken {
            hash,
            code: code.hash.clone(),
            application: code.application.clone(),
            organization: code.organization.clone(),
            member: code.member.clone(),
            connection: code.connection.clone(),
            session: code.session.clone(),
            scope: code.scope.clone(),
            claims: code.claims.clone(),
            created_at: self.now,
            expires_at,
        })
        .await
    }
}

/// What a stored code is bound to.
fn code_binding(code: &AuthorizationCode) -> CodeGrant {
    CodeGrant {
        client_id: code.application.to_string(),
        redirect_uri: code.redirect_uri.clone(),
        code_challenge: code
            .code_challenge
            .as_deref()
            .and_then(CodeChallenge::parse),
        nonce: code.nonce.clone(),
        scopes: Scopes::parse(&code.scope),
        claims: requested_claims(&code.claims),
        expires_at: code.expires_at,
    }
}

/// The claims that the request named, as this server has stored them.
pub(crate) fn requested_claims(stored: &str) -> ClaimsRequest {
    serde_json::from_str(stored).unwrap_or_default()
}

/// The same SHA-256 as the store encodes it.
fn secret_hash(hash: &StoredHash) -> Option<SecretHash> {
    let digest = URL_SAFE_NO_PAD.decode_to_vec(hash.as_str()).ok()?;
    digest.try_into().ok().map(SecretHash::from_sha256)
}

/// The member that a token is about, read each time so that no outdated profile is handed out. `None` when the member
/// is gone, or the plan of the organization no longer includes SSO.
pub(crate) async fn load_token_subject(
    app: &App,
    organization: &OrganizationId,
    member: &MemberId,
) -> Result<Option<oidc::Member>, SignInError> {
    let mut tx = app.store.snapshot().await?;
    let mut tenant = tx.organization(organization);
    let organization = tenant.read().await?;
    let member = tenant.member(member).await?;
    Ok(match (organization, member) {
        (Some(organization), Some(member)) if check_plan(app, &organization).is_ok() => {
            Some(to_oidc_member(organization, member))
        }
        _ => None,
    })
}

fn to_oidc_member(organization: Organization, member: Member) -> oidc::Member {
    let profile = member.profile;
    let claims = profile.standard_claims;
    let is_verified = profile.email_verified_at.is_some();
    oidc::Member {
        id: member.id.to_string(),
        email: profile.email.map(|address| Email {
            address,
            is_verified,
        }),
        given_name: profile.first_name,
        family_name: profile.last_name,
        name: profile.name,
        preferred_username: claims.preferred_username,
        locale: claims.locale,
        zoneinfo: claims.zoneinfo,
        updated_at: claims.updated_at,
        groups: profile.groups,
        organization: oidc::Organization {
            id: organization.id.to_string(),
            slug: organization.slug,
            name: organization.name,
        },
        role: member.role,
        custom_claims: profile
            .custom_claims
            .into_iter()
            .map(|(name, value)| (name, to_oidc_claim(value)))
            .collect(),
    }
}

fn to_oidc_claim(value: store::ClaimValue) -> oidc::CustomClaimValue {
    match value {
        store::ClaimValue::Text(text) => oidc::CustomClaimValue::Text(text),
        store::ClaimValue::List(list) => oidc::CustomClaimValue::List(list),
    }
}

fn error_response(problem: &TokenError) -> Response {
    tracing::info!(code = problem.code(), "token request rejected");
    let error: TokenErrorResponse = problem.response();
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    let challenge = error.www_authenticate;
    let mut response = not_cached((status, Json(error)).into_response());
    if let Some(challenge) = challenge {
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(challenge),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_same_hash_in_both_encodings() {
        assert_eq!(
            secret_hash(&StoredHash::from_secret("vsc_1")),
            Some(seal::hash("vsc_1"))
        );
        assert_eq!(secret_hash(&StoredHash::from_stored("?".to_owned())), None);
    }
}
