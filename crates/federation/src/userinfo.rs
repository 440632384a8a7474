//! `/userinfo`: what an access token lets an application know.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oidc::bearer::{self, BearerError};
use oidc::{MemberClaims, Scopes};
use runtime::app::App;
use runtime::seal;
use service::sign_in::error::Refusal;

use super::discovery::failed;
use super::token_subject::Speaker;

/// `GET /userinfo` and `POST /userinfo`
pub(super) async fn userinfo(State(app): State<App>, headers: HeaderMap) -> Response {
    match tell(&app, &headers).await {
        Ok(Ok(claims)) => Json(claims).into_response(),
        Ok(Err(problem)) => refuse(problem),
        Err(refusal) => failed(&refusal),
    }
}

async fn tell(
    app: &App,
    headers: &HeaderMap,
) -> Result<Result<MemberClaims, BearerError>, Refusal> {
    let authorization: Vec<&[u8]> = headers
        .get_all(header::AUTHORIZATION)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    let token = match bearer::extract_token(&authorization) {
        Ok(token) => seal::hash(token.as_str()),
        Err(problem) => return Ok(Err(problem)),
    };
    let now = app.clock.now();
    let found = app
        .store
        .snapshot()
        .await?
        .access_token(&token, now)
        .await?;
    let Some(token) = found else {
        return Ok(Err(BearerError::TokenNotFound));
    };
    let speaker = Speaker::of_token(app, &token).await?;
    Ok(match speaker {
        Some(speaker) => Ok(MemberClaims::new(
            &speaker.member,
            &speaker.sign_in,
            &Scopes::parse(&token.scope),
        )),
        None => Err(BearerError::TokenNotFound),
    })
}

fn refuse(problem: BearerError) -> Response {
    tracing::info!(code = problem.code(), "no claims");
    let response = problem.response();
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut answer = status.into_response();
    if let Ok(challenge) = HeaderValue::from_str(&response.www_authenticate) {
        answer
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}
