//! Confirms on the next page what was just done: the redirect names it as `?done=…`, the frame shows it in words.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// The query of a page that can show a notice.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NoticeQuery {
    /// The rest of the text's key after `done-`.
    pub done: Option<String>,
}

pub(crate) fn redirect_with_notice(path: &str, done: &str) -> Response {
    Redirect::to(&format!("{path}?done={done}")).into_response()
}
