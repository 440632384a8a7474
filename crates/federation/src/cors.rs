//! Which pages of other sites may read what the endpoints for programs answer.
//!
//! The documents are for everybody. The token and userinfo endpoints answer pages of public applications alone, which
//! have no server to ask for them; cookies play no part at either. `/authorize` is never read by a page.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use store::{Application, ClientType, Page};
use url::Url;

/// Applications are read in such portions.
const PORTION: u32 = 100;

/// Lets any page read the answer.
pub(super) async fn for_everybody(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

/// Lets pages of public applications read the answer.
pub(super) async fn for_public_applications(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin
        && is_of_public_application(&app, &origin).await
    {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let readable = HeaderValue::from_static("www-authenticate");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, readable);
    }
    response
}

/// `OPTIONS` at any of these addresses: what a page may send. The layer above says whose.
pub(super) async fn preflight() -> Response {
    let mut headers = HeaderMap::new();
    let methods = HeaderValue::from_static("GET, POST");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("authorization, content-type"),
    );
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("3600"),
    );
    headers.insert(
        header::ALLOW,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    );
    (StatusCode::NO_CONTENT, headers).into_response()
}

async fn is_of_public_application(app: &App, origin: &HeaderValue) -> bool {
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let mut page = Page::first(PORTION);
    loop {
        let wanted = page.clone();
        let portion = match app.store.snapshot().await {
            Ok(mut tx) => tx.applications(&wanted).await,
            Err(error) => Err(error),
        };
        // A page that cannot be looked up is one that may not.
        let Ok::<Vec<Application>, store::StoreError>(portion) = portion else {
            return false;
        };
        if portion
            .iter()
            .any(|application| is_origin_of(application, origin))
        {
            return true;
        }
        match portion.last() {
            Some(last) if portion.len() == PORTION as usize => {
                page.after = Some(last.id.to_string());
            }
            Some(_) | None => return false,
        }
    }
}

fn is_origin_of(application: &Application, origin: &str) -> bool {
    let is_its = |uri: &String| {
        Url::parse(uri).is_ok_and(|url| {
            url.origin().is_tuple() && url.origin().ascii_serialization() == origin
        })
    };
    application.client_type == ClientType::Public && application.redirect_uris.iter().any(is_its)
}
