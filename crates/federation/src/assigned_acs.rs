//! Assertion consumer service URLs that the operator assigned to connections. With them a connection moves here from
//! another product, and nothing changes at its identity provider.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use runtime::app::App;
use service::connection::acs_address::own_acs_url;
use service::sign_in::error::SignInError;
use store::Connection;
use web::{ClientAddress, RequestLanguage, page};

use super::acs::{handle_response, reject_redirected};
use super::pages::{AutoPostPage, Frame};
use super::posted_form::PostedResponse;
use super::rate_limit::{count_failure, turn_away};
use super::responses::{FailedSignIn, respond, see_other};

/// Where a request was sent, as far as an assigned URL depends on it.
#[derive(Clone, Debug)]
pub struct RequestAddress {
    method: Method,
    host: Option<String>,
    path: String,
    /// Whether the query has a response, as the HTTP-Redirect binding sends it.
    has_response: bool,
}

impl RequestAddress {
    /// A request with several `Host` headers has no host.
    pub fn from_request(request: &Request) -> Self {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().ok().map(str::to_ascii_lowercase),
            _ => None,
        };
        Self {
            method: request.method().clone(),
            host,
            path: request.uri().path().to_owned(),
            has_response: PostedResponse::from_query(request).is_some(),
        }
    }
}

/// Whether this is an assigned URL. It may be at a host that is not the server's own.
pub async fn is_assigned(app: &App, address: &RequestAddress) -> bool {
    matches!(find_connection(app, address).await, Ok(Some(_)))
}

/// Handles a request for an assigned URL.
///
/// # Errors
///
/// The request, when its URL is assigned to no connection.
pub async fn answer_assigned(app: &App, request: Request) -> Result<Response, Request> {
    let address = RequestAddress::from_request(&request);
    let language = RequestLanguage::from_headers(request.headers());
    let connection = match find_connection(app, &address).await {
        Ok(Some(connection)) => connection,
        Ok(None) => return Err(request),
        Err(error) => return Ok(FailedSignIn::from(error).response(app, language)),
    };
    let client = request.extensions().get::<ClientAddress>().copied();
    let client = client.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0);
    if !app.limits.may_finish_sign_in(client) {
        return Ok(turn_away(app, request.method(), request.headers()));
    }
    let is_own_host = address
        .host
        .is_some_and(|host| app.config.public_url.is_host(&host));
    let redirected = (address.method == Method::GET)
        .then(|| PostedResponse::from_query(&request))
        .flatten();
    let result = if let Some(redirected) = redirected {
        if is_own_host {
            reject_redirected(app, connection.id.as_str(), redirected).await
        } else {
            Ok(redirect_to_own_host(app, &connection, &request))
        }
    } else if is_own_host {
        handle_response(app, connection.id.as_str(), request).await
    } else {
        forward_to_own_host(app, &connection, request).await
    };
    let response = respond(app, language, result);
    count_failure(app, client, &response);
    Ok(response)
}

/// Posts the form once more to this server's own host: the browser sends the cookie of the sign-in only there.
async fn forward_to_own_host(
    app: &App,
    connection: &Connection,
    request: Request,
) -> Result<Response, FailedSignIn> {
    let posted = PostedResponse::receive(request).await?;
    let text = RequestLanguage::from_headers(&posted.headers).localizer(&[]);
    let mut fields = vec![("SAMLResponse".into(), posted.response.into())];
    fields.extend(
        posted
            .relay_state
            .map(|relay_state| ("RelayState".into(), relay_state.into())),
    );
    let own_url = own_acs_url(app, &connection.id);
    let page = AutoPostPage {
        frame: Frame::with_external_url(app, text),
        action: &own_url,
        fields: &fields,
    };
    Ok(page::answer_with_external_form(app, StatusCode::OK, &page))
}

/// As for a posted form. The response is rejected there, and the application can be told.
fn redirect_to_own_host(app: &App, connection: &Connection, request: &Request) -> Response {
    let own_url = own_acs_url(app, &connection.id);
    let query = request.uri().query().unwrap_or_default();
    see_other(&format!("{own_url}?{query}"))
}

async fn find_connection(
    app: &App,
    address: &RequestAddress,
) -> Result<Option<Connection>, SignInError> {
    let RequestAddress {
        method,
        host: Some(host),
        path,
        has_response,
    } = address
    else {
        return Ok(None);
    };
    if method != Method::POST && !(method == Method::GET && *has_response) {
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
