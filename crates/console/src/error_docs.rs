//! The page behind the code of a refusal, for whoever has one before them and no attempt.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use service::sign_in::error::Code;
use store::Provider;
use web::{RequestLanguage, page};

use super::form::token_of;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use crate::diagnosis::{Diagnosis, Facts};
use crate::guide::{Guide, Values, Words};

/// Says what is behind a code with every identity provider.
#[derive(Debug, Template)]
#[template(path = "console/refusal.html")]
struct RefusalPage<'p> {
    frame: ConsoleFrame<'p>,
    diagnosis: Diagnosis,
}

/// `GET /console/refusals/{code}`
///
/// It tells of no organization, so nobody needs to be signed in: members see the code on their page.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let text = RequestLanguage::from_headers(&headers).text(&[]);
    let values = Values::of_nobody(&app);
    let words = Words {
        text,
        values: &values,
    };
    let guide = Guide::of(Provider::Other);
    let code: Code = code
        .parse()
        .map_err(|_| Problem::not_found("code", &code))?;
    let diagnosis = Diagnosis::of(code, Facts::default(), (guide, &words));
    let frame = ConsoleFrame::outside(&app, text, token_of(&app, &headers));
    Ok(page::answer(
        StatusCode::OK,
        &RefusalPage { frame, diagnosis },
    ))
}
