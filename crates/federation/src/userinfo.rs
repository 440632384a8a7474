//! `/userinfo`: the claims that an access token gives an application.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oidc::bearer::{self, BearerError};
use oidc::{MemberClaims, Scopes, SignIn};
use runtime::app::App;
use runtime::seal;
use service::sign_in::error::SignInError;
use store::StoreError;

use super::posted_form;
use super::responses::json_error;
use super::token::{load_token_subject, requested_claims};

/// `GET /userinfo`
pub(crate) async fn userinfo_get(State(app): State<App>, headers: HeaderMap) -> Response {
    answer(load_claims(&app, &headers, None).await)
}

/// `POST /userinfo`: the token may also be in the form.
pub(crate) async fn userinfo_post(State(app): State<App>, request: Request) -> Response {
    if !posted_form::is_form(request.headers()) {
        return answer(load_claims(&app, request.headers(), None).await);
    }
    answer(match posted_form::receive(request).await {
        Ok((headers, form)) => load_claims(&app, &headers, Some(&form)).await,
        Err(_) => Err(BearerError::MalformedForm.into()),
    })
}

fn answer(loaded: Result<MemberClaims, UserinfoError>) -> Response {
    match loaded {
        Ok(claims) => Json(claims).into_response(),
        Err(UserinfoError::Rejected(problem)) => error_response(problem),
        Err(UserinfoError::Internal(error)) => json_error(&error),
    }
}

enum UserinfoError {
    /// The token was rejected.
    Rejected(BearerError),
    /// This server failed.
    Internal(SignInError),
}

impl From<BearerError> for UserinfoError {
    fn from(problem: BearerError) -> Self {
        Self::Rejected(problem)
    }
}

impl From<StoreError> for UserinfoError {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<SignInError> for UserinfoError {
    fn from(error: SignInError) -> Self {
        Self::Internal(error)
    }
}

async fn load_claims(
    app: &App,
    headers: &HeaderMap,
    form: Option<&str>,
) -> Result<MemberClaims, UserinfoError> {
    let authorization: Vec<&[u8]> = headers
        .get_all(header::AUTHORIZATION)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    let token = seal::hash(bearer::extract_token(&authorization, form)?.as_str());
    let now = app.clock.now();
    let found = app
        .store
        .snapshot()
        .await?
        .access_token(&token, now)
        .await?;
    let token = found.ok_or(BearerError::TokenNotFound)?;
    let subject = load_token_subject(app, &token.organization, &token.member)
        .await?
        .ok_or(BearerError::TokenNotFound)?;
    // Only the ID token tells when and how the user signed in.
    let sign_in = SignIn {
        session: token.session.to_string(),
        connection: token.connection.to_string(),
        auth_time: None,
        acr: None,
    };
    let scopes = Scopes::parse(&token.scope);
    let requested = requested_claims(&token.claims).userinfo;
    Ok(MemberClaims::new(&subject, &sign_in, &scopes, &requested))
}

fn error_response(problem: BearerError) -> Response {
    tracing::info!(code = problem.code(), "userinfo request rejected");
    let error = problem.response();
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = status.into_response();
    if let Ok(challenge) = HeaderValue::from_str(&error.www_authenticate) {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}
