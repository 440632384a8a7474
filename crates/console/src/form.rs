//! The forms that the console's pages send.

use axum::extract::{FromRequest, Request};
use runtime::app::App;
use runtime::blocking;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use saml::paste::has_private_key;
use service::connection::ETag;
use url::form_urlencoded;

use super::csrf;
use super::page_error::PageError;

const MAX_FORM_BYTES: usize = 1024 * 1024;
/// The metadata of a federation may be pasted into this form, with its markup percent-encoded.
const MAX_METADATA_FORM_BYTES: usize = 16 * 1024 * 1024;
const METADATA_FORM: &str = "/setup/idp-details";
/// The pages with these fields clear them and explain what was given instead.
const CHECKED_BY_PAGE: [&str; 5] = [
    "pasted",
    "certificate",
    "certificates",
    "issuer",
    "sign_on_url",
];
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
        match form.field_with_secret() {
            Some(field) => Err(secret_problem(field).into()),
            None => Ok(form),
        }
    }
}

fn secret_problem(field: &str) -> Problem {
    Problem::field(
        field,
        LocalizedText::key("problem-expected-no-secret"),
        LocalizedText::key("problem-received-secret"),
    )
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

    /// A field with a private key, which no page may store or show again.
    fn field_with_secret(&self) -> Option<&str> {
        self.0
            .iter()
            .filter(|(field, _)| !CHECKED_BY_PAGE.contains(&field.as_str()))
            .find_map(|(field, value)| has_private_key(value).then_some(field.as_str()))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// An Ed25519 key of no one, as PKCS#8.
    const KEY: &str = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    const HEXADECIMAL: &str = "302e020100300506032b657004220420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    fn form(field: &str, value: &str) -> ConsoleForm {
        let fields = [("csrf", "1"), (field, value)];
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        ConsoleForm::parse(body.as_bytes())
    }

    #[test]
    fn a_private_key_in_any_field_is_found() {
        for key in [
            KEY,
            HEXADECIMAL,
            &format!("-----BEGIN PRIVATE KEY-----\n{KEY}"),
        ] {
            assert_eq!(form("name", key).field_with_secret(), Some("name"));
            let problem = secret_problem("name");
            assert!(!format!("{problem:?}").contains(key));
            // These pages say what to enter instead.
            assert_eq!(form("issuer", key).field_with_secret(), None);
        }
        assert_eq!(form("name", "Acme").field_with_secret(), None);
    }
}
