//! Which pages of other sites may read the responses of the endpoints for programs.
//!
//! The documents are public. The token and userinfo endpoints answer pages of public applications only, which have no
//! server of their own; neither uses cookies. `/authorize` is never read by a page.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use store::{Application, ClientType, Page};
use url::Url;

const PAGE_SIZE: u32 = 100;

/// Lets any page read the response.
pub(crate) async fn allow_any_origin(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

/// Lets pages of public applications read the response.
pub(crate) async fn allow_public_applications(
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

/// `OPTIONS` at any of these URLs: what a page may send. The layer above says which pages.
pub(crate) async fn preflight() -> Response {
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
    let mut page = Page::first(PAGE_SIZE);
    loop {
        let requested = page.clone();
        let found = match app.store.snapshot().await {
            Ok(mut tx) => tx.applications(&requested).await,
            Err(error) => Err(error),
        };
        // An origin that cannot be looked up is not allowed.
        let Ok::<Vec<Application>, store::StoreError>(found) = found else {
            return false;
        };
        if found
            .iter()
            .any(|application| has_origin(application, origin))
        {
            return true;
        }
        match found.last() {
            Some(last) if found.len() == PAGE_SIZE as usize => {
                page.after = Some(last.id.to_string());
            }
            Some(_) | None => return false,
        }
    }
}

fn has_origin(application: &Application, origin: &str) -> bool {
    let is_same = |uri: &String| {
        Url::parse(uri).is_ok_and(|url| {
            url.origin().is_tuple() && url.origin().ascii_serialization() == origin
        })
    };
    application.client_type == ClientType::Public && application.redirect_uris.iter().any(is_same)
}
