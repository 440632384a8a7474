//! The demo's domain name system, as a page: whoever proves a domain in the demo publishes its record here.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{Redirect, Response};
use axum::routing::get;
use axum::{Extension, Form, Router};
use runtime::app::App;
use runtime::dns::{RECORDS_PAGE, Records};
use serde::Deserialize;
use url::form_urlencoded;
use web::{CONSOLE_STYLE, STYLE, page};

/// The longest text that is published.
const LONGEST: usize = 255;

/// Lists records and publishes others.
#[derive(Debug, Template)]
#[template(path = "demo/zone.html")]
struct ZonePage<'p> {
    product: &'p str,
    styles: [&'p str; 2],
    records: BTreeMap<String, Vec<String>>,
    asked: Asked,
}

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The record that stands in the form at first.
    name: String,
    value: String,
    /// Where whoever publishes it came from.
    back: String,
    /// Whether a record has just been published.
    published: bool,
}

impl Asked {
    /// The way back, where it leads to a page of this server.
    fn way_back(&self) -> Option<&str> {
        let is_ours = self.back.starts_with("/console/") || self.back.starts_with("/setup/");
        is_ours.then_some(self.back.as_str())
    }
}

/// A record that is to be published.
#[derive(Debug, Deserialize)]
struct Record {
    name: String,
    value: String,
    #[serde(default)]
    back: String,
}

/// The routes of the page.
pub(super) fn routes(records: Records) -> Router<App> {
    Router::new()
        .route(RECORDS_PAGE, get(show).post(publish))
        .route_layer(from_fn(console::same_origin))
        .layer(Extension(records))
}

async fn show(
    State(app): State<App>,
    Extension(records): Extension<Records>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = ZonePage {
        product: &app.config.product_name,
        styles: [&STYLE.path, &CONSOLE_STYLE.path],
        records: records.all(),
        asked,
    };
    page::answer(StatusCode::OK, &page)
}

async fn publish(
    Extension(records): Extension<Records>,
    Form(Record { name, value, back }): Form<Record>,
) -> Redirect {
    let is_record = |text: &str| !text.is_empty() && text.len() <= LONGEST;
    let (name, value) = (name.trim(), value.trim());
    // The fields of the page ask for both; whoever sends something else publishes nothing.
    if is_record(name) && is_record(value) {
        records.publish(name, value);
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("published", "true")
        .append_pair("back", &back);
    Redirect::to(&format!("{RECORDS_PAGE}?{}", query.finish()))
}
