//! `/token`: an application trades a code for who has signed in.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64_simd::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use oidc::token::{
    ACCESS_TOKEN_LIFETIME, AssertionError, AuthenticatedClient, TokenError, TokenErrorResponse,
    TokenRequest, TokenResponse,
};
use oidc::{AccessToken, FormError, IdToken, StoredHash};
use runtime::app::App;
use runtime::keys::{KeyRingError, signing_algorithm};
use runtime::{random, seal};
use service::application::to_oidc_client;
use service::sign_in::error::Refusal;
use store::{ApplicationId, AuthorizationCode, Redemption, SecretHash, StoreError, Tx};

use super::discovery::failed;
use super::issued_code::bound_to;
use super::posted_form;
use super::redirect::issuer;
use super::token_subject::Speaker;

/// `POST /token`
pub(super) async fn token(State(app): State<App>, posted: Request) -> Response {
    match trade(&app, posted).await {
        Ok(tokens) => Json(tokens).into_response(),
        Err(Failure::Problem(problem)) => refuse(&problem),
        Err(Failure::Broken(refusal)) => failed(&refusal),
    }
}

/// Why an application gets no tokens.
enum Failure {
    /// Because of what it asked.
    Problem(TokenError),
    /// Because of something of ours.
    Broken(Refusal),
}

impl From<TokenError> for Failure {
    fn from(problem: TokenError) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Broken(refusal)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<KeyRingError> for Failure {
    fn from(error: KeyRingError) -> Self {
        Self::Broken(error.into())
    }
}

async fn trade(app: &App, posted: Request) -> Result<TokenResponse, Failure> {
    let request = read(posted).await?;
    let (application, client) = authenticate(app, &request).await?;
    let access_token = AccessToken::from_random(&random::bytes());
    let code = redeem(app, &application.id, (&client, &request), &access_token).await?;
    let speaker = Speaker::of_code(app, &code)
        .await?
        .ok_or(TokenError::CodeNotFound)?;
    let now = app.clock.now();
    let keys = app.keys.provider().await?;
    let algorithm = signing_algorithm(application.id_token_algorithm);
    let key = keys
        .signing_key(algorithm, now)
        .ok_or_else(|| Refusal::Broken("finding a key that signs".to_owned()))?;
    let (issuer, grant) = (issuer(app)?, bound_to(&code));
    let id_token = IdToken {
        issuer: &issuer,
        grant: &grant,
        member: &speaker.member,
        sign_in: &speaker.sign_in,
        access_token: &access_token,
    };
    let signed = id_token
        .sign(key, now)
        .map_err(|error| Refusal::broken("signing an ID token", &error))?;
    Ok(TokenResponse::new(&access_token, signed, &grant.scopes))
}

async fn read(posted: Request) -> Result<TokenRequest, TokenError> {
    let (headers, form) = posted_form::receive(posted)
        .await
        .map_err(|refusal| unreadable(&refusal))?;
    let authorization: Vec<&[u8]> = headers
        .get_all(header::AUTHORIZATION)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    TokenRequest::parse(&authorization, &form)
}

fn unreadable(refusal: &Refusal) -> TokenError {
    TokenError::Form(match refusal {
        // Nobody counts on after the limit.
        Refusal::FormTooLarge => FormError::TooLong {
            limit: posted_form::LIMIT,
            received: posted_form::LIMIT + 1,
        },
        _ => FormError::Malformed,
    })
}

async fn authenticate(
    app: &App,
    request: &TokenRequest,
) -> Result<(store::Application, AuthenticatedClient), Failure> {
    let claimed = request.claimed_client_id();
    let unknown = || TokenError::ClientNotFound {
        received: claimed.to_owned(),
    };
    let id = ApplicationId::parse(claimed).map_err(|_| unknown())?;
    let found = app.store.snapshot().await?.application(&id).await?;
    let application = found.ok_or_else(unknown)?;
    let known = to_oidc_client(&application)
        .map_err(|error| Refusal::broken("reading an application's keys", &error))?;
    let client = request.authenticate(Some(&known), &issuer(app)?, app.clock.now())?;
    if let Some(assertion) = client.assertion().cloned() {
        let id = application.id.clone();
        let until = assertion.expires_at;
        let first = app
            .store
            .write(async move |tx| {
                tx.consume_client_assertion(&id, &assertion.jti, until)
                    .await
            })
            .await?;
        if !first {
            return Err(TokenError::Assertion(AssertionError::Replayed).into());
        }
    }
    Ok((application, client))
}

/// Uses up the code and remembers the token that is given for it. A code that somebody else presents, or with another
/// address or verifier, stays what it was.
async fn redeem(
    app: &App,
    application: &ApplicationId,
    (client, request): (&AuthenticatedClient, &TokenRequest),
    access_token: &AccessToken,
) -> Result<AuthorizationCode, Failure> {
    let hash = secret_hash(&request.code_hash).ok_or(TokenError::CodeNotFound)?;
    let (application, client, request) = (application.clone(), client.clone(), request.clone());
    let (token, now) = (seal::hash(access_token.as_str()), app.clock.now());
    let redeemed = app
        .store
        .write(async move |tx| {
            // An inner error is kept: what a second use has revoked stays revoked.
            let code = match tx.redeem_code(&hash, &application, now).await? {
                Redemption::Redeemed(code) => code,
                Redemption::Replayed { .. } => return Ok(Err(TokenError::CodeAlreadyUsed)),
                Redemption::Expired => {
                    let now = now;
                    return Ok(Err(TokenError::CodeExpired {
                        expires_at: now,
                        now,
                    }));
                }
                Redemption::NotFound | Redemption::SessionEnded => {
                    return Ok(Err(TokenError::CodeNotFound));
                }
            };
            bound_to(&code).check(&client, &request, now)?;
            remember(tx, &code, token, now).await?;
            Ok::<_, Failure>(Ok(*code))
        })
        .await?;
    Ok(redeemed?)
}

async fn remember(
    tx: &mut Tx,
    code: &AuthorizationCode,
    hash: SecretHash,
    now: Timestamp,
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
        created_at: now,
        expires_at: now + ACCESS_TOKEN_LIFETIME,
    })
    .await
}

/// The same SHA-256 in the store's spelling.
fn secret_hash(hash: &StoredHash) -> Option<SecretHash> {
    let digest = URL_SAFE_NO_PAD.decode_to_vec(hash.as_str()).ok()?;
    digest.try_into().ok().map(SecretHash::from_sha256)
}

fn refuse(problem: &TokenError) -> Response {
    tracing::info!(code = problem.code(), "no token");
    let response: TokenErrorResponse = problem.response();
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::BAD_REQUEST);
    let challenge = response.www_authenticate;
    let mut answer = (status, Json(response)).into_response();
    if let Some(challenge) = challenge {
        answer.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(challenge),
        );
    }
    answer
}

#[test]
fn a_code_has_one_hash_in_two_spellings() {
    assert_eq!(
        secret_hash(&StoredHash::from_secret("vsc_1")),
        Some(seal::hash("vsc_1"))
    );
    assert_eq!(secret_hash(&StoredHash::from_stored("?".to_owned())), None);
}
