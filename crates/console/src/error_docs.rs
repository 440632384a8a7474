//! The page that explains the code of a failed sign-in, without an attempt.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use guide::diagnosis::{Diagnosis, ErrorFacts};
use guide::{Guide, GuideContext, SpValues};
use runtime::app::App;
use runtime::problem::Problem;
use service::sign_in::error::Code;
use store::Provider;
use web::page;

use super::frame::ConsoleFrame;
use super::page_error::PageError;

/// Lists the causes of a code for every identity provider.
#[derive(Debug, Template)]
#[template(path = "console/error_docs.html")]
struct ErrorDocsPage<'p> {
    frame: ConsoleFrame<'p>,
    diagnosis: Diagnosis,
}

/// `GET /console/error-codes/{code}`
///
/// Needs no session: members see the code on the page of their failed sign-in, and this page names no organization.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let frame = ConsoleFrame::signed_out(&app, &headers);
    let values = SpValues::without_connection(&app);
    let context = GuideContext {
        text: frame.text,
        values: &values,
    };
    let guide = Guide::for_provider(Provider::Other);
    let code: Code = code
        .parse()
        .map_err(|_| Problem::not_found("code", &code))?;
    let diagnosis = Diagnosis::for_code(code, ErrorFacts::default(), guide, &context);
    let page = ErrorDocsPage { frame, diagnosis };
    Ok(page::answer(StatusCode::OK, &page))
}
