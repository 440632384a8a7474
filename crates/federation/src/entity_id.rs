//! What the entity ID of this deployment leads to, when it is a URL of this server without another page.
//!
//! A document with metadata cannot stand there: each connection has an ACS URL and keys of its own, and a list of
//! connections would name the customers.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use runtime::app::App;
use web::RequestLanguage;
use web::page::answer;

use super::pages::{EntityIdPage, Frame};

/// The page for `GET` of the entity ID; `None` for every other request.
pub fn entity_id_page(app: &App, request: &Request) -> Option<Response> {
    let config = &app.config;
    let path = config.entity_id.strip_prefix(config.public_url.as_str())?;
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    if !is_read || request.uri().path() != path {
        return None;
    }
    let language = RequestLanguage::from_headers(request.headers());
    let page = EntityIdPage {
        frame: Frame::new(app, language.localizer(&[])),
        metadata_url: format!("{}/saml/CONNECTION_ID/metadata", config.public_url),
    };
    Some(answer(StatusCode::OK, &page))
}
