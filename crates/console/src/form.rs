//! The forms that the console's pages send.

use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
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
/// A longer form is read next to the threads that serve requests.
const MAX_SHORT_FORM_BYTES: usize = 64 * 1024;
/// Far more than any page has, so that a list which is too long gets the error of its field.
const MAX_FIELDS: usize = 50_000;
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
        let form = if body.len() > MAX_SHORT_FORM_BYTES {
            let app = app.clone();
            blocking::run(move || Self::read(&app, &parts.headers, &body)).await
        } else {
            Self::read(app, &parts.headers, &body)
        };
        Ok(form?)
    }
}

/// The number of fields decides how much memory a form takes, many times its own size.
fn check_field_count(body: &[u8]) -> Result<(), Problem> {
    let separators = body.iter().filter(|octet| **octet == b'&');
    if separators.take(MAX_FIELDS).count() < MAX_FIELDS {
        return Ok(());
    }
    Err(Problem::malformed(format!(
        "the form has more than {MAX_FIELDS} fields"
    )))
}

/// The token that the page put into its form, or nothing.
fn token(body: &[u8]) -> String {
    form_urlencoded::parse(body)
        .find(|(name, _)| name == TOKEN_FIELD)
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

fn secret_problem(field: &str) -> Problem {
    Problem::field(
        field,
        LocalizedText::key("problem-expected-no-secret"),
        LocalizedText::key("problem-received-secret"),
    )
}

impl ConsoleForm {
    /// Reads the fields of a form whose token is valid: nothing is kept or searched before.
    fn read(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Self, Problem> {
        check_field_count(body)?;
        if !csrf::is_valid(app, headers, &token(body)) {
            return Err(Problem::new(ProblemCode::FormExpired));
        }
        let form = Self::parse(body);
        match form.field_with_secret() {
            Some(field) => Err(secret_problem(field)),
            None => Ok(form),
        }
    }

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

    #[test]
    fn the_number_of_fields_is_limited() {
        assert!(check_field_count(b"").is_ok());
        let most = vec!["a"; MAX_FIELDS].join("&");
        assert!(check_field_count(most.as_bytes()).is_ok());
        let problem = check_field_count(format!("{most}&a").as_bytes()).unwrap_err();
        assert_eq!(problem.detail, "the form has more than 50000 fields");
    }

    #[test]
    fn the_token_is_read_without_the_other_fields() {
        assert_eq!(token(b"name=Acme&csrf=+1%32+&csrf=3"), "12");
        assert_eq!(token(b"name=Acme"), "");
    }
}
