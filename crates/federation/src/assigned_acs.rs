//! Assertion consumer service URLs that the operator has assigned to connections: so a connection moves in from another
//! product without its identity provider noticing.

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use runtime::app::App;
use service::connection::acs_address::own_acs_url;
use service::sign_in::error::Refusal;
use store::Connection;
use web::{RequestLanguage, page};

use super::acs::land;
use super::failed_sign_in::{Refused, answer};
use super::pages::{Frame, PostPage};
use super::posted_form::Posted;

/// Where a request was sent, as far as it may be an assigned address.
#[derive(Clone, Debug)]
pub struct Address {
    method: Method,
    host: Option<String>,
    path: String,
}

impl Address {
    /// Where a request was sent: to the one host that it names.
    pub fn of(request: &Request) -> Self {
        let mut named = request.headers().get_all(header::HOST).iter();
        let host = match (named.next(), named.next()) {
            (Some(host), None) => host.to_str().ok().map(str::to_ascii_lowercase),
            _ => None,
        };
        Self {
            method: request.method().clone(),
            host,
            path: request.uri().path().to_owned(),
        }
    }
}

/// Whether this is an assigned address, be it at a foreign host.
pub async fn is_assigned(app: &App, address: &Address) -> bool {
    matches!(connection(app, address).await, Ok(Some(_)))
}

/// Answers a request for an assigned address; gives back any other one.
///
/// # Errors
///
/// With the request, when its address is assigned to no connection.
pub async fn answer_assigned(app: &App, request: Request) -> Result<Response, Request> {
    let (address, language) = (
        Address::of(&request),
        RequestLanguage::from_headers(request.headers()),
    );
    let connection = match connection(app, &address).await {
        Ok(Some(connection)) => connection,
        Ok(None) => return Err(request),
        Err(refusal) => return Ok(Refused::from(refusal).response(app, language)),
    };
    let is_home = address
        .host
        .is_some_and(|host| app.config.public_url.is_host(&host));
    let ended = match is_home {
        true => land(app, connection.id.as_str(), request).await,
        false => bring_home(app, &connection, request).await,
    };
    Ok(answer(app, language, ended))
}

/// The browser keeps the cookie of a sign-in for this server's own host: there the form is posted once more.
async fn bring_home(
    app: &App,
    connection: &Connection,
    request: Request,
) -> Result<Response, Refused> {
    let (headers, posted) = Posted::receive(request).await?;
    let mut fields = vec![("SAMLResponse".into(), posted.response.into())];
    fields.extend(
        posted
            .relay_state
            .map(|relay_state| ("RelayState".into(), relay_state.into())),
    );
    let home = own_acs_url(app, &connection.id);
    let page = PostPage {
        frame: Frame::away(app, RequestLanguage::from_headers(&headers).localizer(&[])),
        action: &home,
        fields: &fields,
    };
    Ok(page::answer_with_external_form(app, StatusCode::OK, &page))
}

async fn connection(app: &App, address: &Address) -> Result<Option<Connection>, Refusal> {
    let Address {
        method,
        host: Some(host),
        path,
    } = address
    else {
        return Ok(None);
    };
    if method != Method::POST {
        return Ok(None);
    }
    let schemes: &[&str] = if app.config.public_url.is_https() {
        &["https"]
    } else {
        &["http", "https"]
    };
    for scheme in schemes {
        let url = format!("{scheme}://{host}{path}");
        let found = app
            .store
            .snapshot()
            .await?
            .connection_by_acs_url(&url)
            .await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
