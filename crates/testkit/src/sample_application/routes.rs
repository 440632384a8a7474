//! What the sample application answers.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::pages::{Claims, Problem, SignedOut, Welcome};
use super::sign_in::{Callback, SignInError, Wanted};
use super::visits::Visit;
use super::{Inner, SampleApplication};
use crate::{look, own_machine};

/// Ports do not keep cookies apart, so its name must be nobody else's on this machine.
const COOKIE: &str = "sample-application";

pub(super) fn routes(application: SampleApplication) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in))
        .route("/sign-in-as-somebody-else", get(sign_in_as_somebody_else))
        .route("/sign-in-by-address", get(sign_in_by_address))
        .route("/callback", get(callback))
        .route("/sign-out", post(sign_out))
        .route("/signed-out", get(signed_out))
        .layer(from_fn(own_machine::guard))
        .with_state(application)
}

async fn home(State(application): State<SampleApplication>, headers: HeaderMap) -> Response {
    let Inner {
        registration,
        visits,
        ..
    } = &*application.0;
    if let Some(Visit::SignedIn(signed_in)) =
        handle(&headers).and_then(|handle| visits.find(handle))
    {
        return look::page(StatusCode::OK, &Claims::new(&signed_in));
    }
    let welcome = Welcome {
        organization: &registration.organization_name,
        issuer: &registration.issuer,
    };
    look::page(StatusCode::OK, &welcome)
}

async fn sign_in(State(application): State<SampleApplication>) -> Response {
    begin(&application.0, Wanted::Anybody).await
}

async fn sign_in_as_somebody_else(State(application): State<SampleApplication>) -> Response {
    begin(&application.0, Wanted::SomebodyElse).await
}

async fn sign_in_by_address(State(application): State<SampleApplication>) -> Response {
    begin(&application.0, Wanted::OfAnyOrganization).await
}

async fn begin(application: &Inner, wanted: Wanted) -> Response {
    match application.begin(wanted).await {
        Ok((address, pending)) => redirect(application, Visit::SigningIn(pending), &address),
        Err(error) => problem(application, &error),
    }
}

async fn callback(
    State(application): State<SampleApplication>,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Response {
    let application = &*application.0;
    let visit = handle(&headers).and_then(|handle| application.visits.take(handle));
    let Some(Visit::SigningIn(pending)) = visit else {
        return problem(application, &SignInError::StateMismatch);
    };
    match application.finish(callback, &pending).await {
        // A handle of its own, so that nobody can have planted the one that is signed in.
        Ok(signed_in) => redirect(application, Visit::SignedIn(signed_in), "/"),
        Err(error) => problem(application, &error),
    }
}

async fn sign_out(State(application): State<SampleApplication>, headers: HeaderMap) -> Response {
    if let Some(handle) = handle(&headers) {
        application.0.visits.take(handle);
    }
    Redirect::to("/signed-out").into_response()
}

async fn signed_out(State(application): State<SampleApplication>) -> Response {
    let page = SignedOut {
        organization: &application.0.registration.organization_name,
    };
    look::page(StatusCode::OK, &page)
}

/// Sends the browser on, with a handle to what is remembered about it.
fn redirect(application: &Inner, visit: Visit, address: &str) -> Response {
    let handle = application.surroundings.handle();
    let cookie = format!("{COOKIE}={handle}; Path=/; HttpOnly; SameSite=Lax");
    application.visits.put(handle, visit);
    ([(header::SET_COOKIE, cookie)], Redirect::to(address)).into_response()
}

fn problem(application: &Inner, error: &SignInError) -> Response {
    let page = Problem {
        sentence: &error.to_string(),
        organization: &application.registration.organization_name,
    };
    look::page(StatusCode::BAD_REQUEST, &page)
}

fn handle(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, handle)| handle)
}
