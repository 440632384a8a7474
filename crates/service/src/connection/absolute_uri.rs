//! URIs that SAML uses as names: formats, contexts, entity IDs.

use runtime::problem::{FieldProblem, LocalizedText};
use url::Url;

pub(super) fn uri_problem(field: String, value: &str) -> Option<FieldProblem> {
    (!is_absolute_uri(value)).then(|| {
        FieldProblem::new(
            field,
            LocalizedText::key("problem-expected-uri"),
            format!("{value:?}"),
        )
    })
}

/// A URN or another URI with a scheme (RFC 3986), as SAML identifies formats and contexts.
pub(super) fn is_absolute_uri(text: &str) -> bool {
    let is_uri_character = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    text.bytes().all(is_uri_character) && Url::parse(text).is_ok()
}
