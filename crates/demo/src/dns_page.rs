//! The DNS page of the demo, where the user adds the TXT record that verifies a domain.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Form, Router};
use runtime::app::App;
use runtime::dns::{RECORDS_PAGE, Records};
use serde::Deserialize;
use url::form_urlencoded;
use web::page;

use super::frame::DemoFrame;

const MAX_TEXT_BYTES: usize = 255;

#[derive(Debug, Template)]
#[template(path = "demo/dns.html")]
struct DnsPage<'p> {
    frame: DemoFrame<'p>,
    records: BTreeMap<String, Vec<String>>,
    query: PageQuery,
    /// What is wrong with the name and with the value.
    name_error: Option<&'static str>,
    value_error: Option<&'static str>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PageQuery {
    /// Fills in the form, like `value`.
    name: String,
    value: String,
    /// The path of the page to return to.
    back: String,
    published: bool,
}

impl PageQuery {
    /// The path of the page to return to, unless it is a foreign one.
    fn back_path(&self) -> Option<&str> {
        let is_allowed = self.back.starts_with("/console/") || self.back.starts_with("/setup/");
        is_allowed.then_some(self.back.as_str())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RecordForm {
    name: String,
    value: String,
    back: String,
}

pub(super) fn routes(records: Records) -> Router<App> {
    Router::new()
        .route(RECORDS_PAGE, get(show).post(publish))
        .route_layer(from_fn(console::same_origin))
        .layer(Extension(records))
}

async fn show(
    State(app): State<App>,
    Extension(records): Extension<Records>,
    Query(query): Query<PageQuery>,
) -> Response {
    let page = DnsPage {
        frame: DemoFrame::new(&app),
        records: records.all(),
        query,
        name_error: None,
        value_error: None,
    };
    page::answer(StatusCode::OK, &page)
}

async fn publish(
    State(app): State<App>,
    Extension(records): Extension<Records>,
    Form(form): Form<RecordForm>,
) -> Response {
    let name = form.name.trim();
    let value = form.value.trim();
    let (name_error, value_error) = (field_error(name), field_error(value));
    if name_error.is_some() || value_error.is_some() {
        let page = DnsPage {
            frame: DemoFrame::new(&app),
            records: records.all(),
            query: PageQuery {
                name: form.name,
                value: form.value,
                back: form.back,
                published: false,
            },
            name_error,
            value_error,
        };
        return page::answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    records.publish(name, value);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("published", "true")
        .append_pair("back", &form.back);
    Redirect::to(&format!("{RECORDS_PAGE}?{}", query.finish())).into_response()
}

fn field_error(text: &str) -> Option<&'static str> {
    match text.len() {
        0 => Some("This field is required."),
        1..=MAX_TEXT_BYTES => None,
        _ => Some("Enter at most 255 bytes."),
    }
}
