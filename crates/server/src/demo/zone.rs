//! The demo's domain name system, as a page: whoever proves a domain in the demo publishes its record here.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{Redirect, Response};
use axum::routing::get;
use axum::{Extension, Form, Router};
use serde::Deserialize;

use crate::app::App;
use crate::dns::Records;
use crate::web::{CONSOLE_STYLE, STYLE};
use crate::{console, page};

/// The longest text that is published.
const LONGEST: usize = 255;

/// Lists records and publishes others.
#[derive(Debug, Template)]
#[template(path = "demo/zone.html")]
struct ZonePage<'p> {
    product: &'p str,
    styles: [&'p str; 2],
    records: BTreeMap<String, Vec<String>>,
}

/// A record that is to be published.
#[derive(Debug, Deserialize)]
struct Record {
    name: String,
    value: String,
}

/// The routes of the page.
pub(super) fn routes(records: Records) -> Router<App> {
    Router::new()
        .route("/dns", get(show).post(publish))
        .route_layer(from_fn(console::same_origin))
        .layer(Extension(records))
}

async fn show(State(app): State<App>, Extension(records): Extension<Records>) -> Response {
    let page = ZonePage {
        product: &app.config.product_name,
        styles: [&STYLE.path, &CONSOLE_STYLE.path],
        records: records.all(),
    };
    page::answer(StatusCode::OK, &page)
}

async fn publish(
    Extension(records): Extension<Records>,
    Form(Record { name, value }): Form<Record>,
) -> Redirect {
    let is_record = |text: &str| !text.is_empty() && text.len() <= LONGEST;
    let (name, value) = (name.trim(), value.trim());
    // The fields of the page ask for both; whoever sends something else publishes nothing.
    if is_record(name) && is_record(value) {
        records.publish(name, value);
    }
    Redirect::to("/dns")
}
