//! The forms that the console's pages send.

use axum::extract::{FromRequest, Request};
use runtime::app::App;
use runtime::blocking;
use runtime::problem::{Problem, ProblemCode};
use service::connection::ETag;
use url::form_urlencoded;

use super::csrf;
use super::page_error::PageError;

const MAX_FORM_BYTES: usize = 1024 * 1024;
/// The metadata of a federation may be pasted into this form, with its markup percent-encoded.
const MAX_METADATA_FORM_BYTES: usize = 16 * 1024 * 1024;
const METADATA_FORM: &str = "/setup/idp-details";
const TOKEN_FIELD: &str = "csrf";
/// Holds the revision of the connection that the page showed.
const REVISION_FIELD: &str = "revision";

/// The fields of a form whose token is valid: a page of this server sent it, from the browser that the page was for.
#[derive(Clone, Debug)]
pub(crate) struct ConsoleForm(Vec<(String, String)>);

impl FromRequest<App> for ConsoleForm {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let (parts, body) = request.into_parts();
        let limit = if parts.uri.path().ends_with(METADATA_FORM) {
            MAX_METADATA_FORM_BYTES
        } else {
            MAX_FORM_BYTES
        };
        let body = axum::body::to_bytes(body, limit).await;
        let body = body.map_err(|_| {
            let mebibytes = limit / (1024 * 1024);
            Problem::malformed(format!(
                "the form was cut off on its way, or is larger than {mebibytes} MiB"
            ))
        })?;
        let form = if body.len() > MAX_FORM_BYTES {
            blocking::run(move || Self::parse(&body)).await
        } else {
            Self::parse(&body)
        };
        if !csrf::is_valid(app, &parts.headers, form.text(TOKEN_FIELD)) {
            return Err(Problem::new(ProblemCode::FormExpired).into());
        }
        Ok(form)
    }
}

impl ConsoleForm {
    fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// The value of a field without the white space around it; empty when the form has no such field.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// The value of a field that is not empty.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The values of all fields with this name, in the order of the page.
    pub(crate) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.trim())
    }

    /// The revision of the connection that the page showed. A form without one matches no revision.
    pub(crate) fn revision(&self) -> ETag {
        ETag::from_request(self.text(REVISION_FIELD))
    }

    /// Whether a box was checked, or a button with this name was pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }
}
