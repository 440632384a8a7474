//! The service provider's entity ID: what a new one must be.

use runtime::problem::{FieldProblem, LocalizedText};
use saml::has_blank_or_invisible;

use super::absolute_uri::is_absolute_uri;

/// saml-core 8.3.6 permits 1024 characters; deployment profiles permit these, and so do products.
const MAX_ENTITY_ID_CHARS: usize = 256;

/// Whether every identity provider can be expected to take this entity ID: an absolute URI of at most 256 characters.
pub fn is_portable_entity_id(text: &str) -> bool {
    is_absolute_uri(text) && text.chars().count() <= MAX_ENTITY_ID_CHARS
}

/// Checks the entity ID of a connection. One that it has already is known at its identity provider, and stays.
pub(super) fn problem(entity_id: &str, before: Option<&str>) -> Option<FieldProblem> {
    let is_valid = match before {
        Some(before) if before == entity_id => !has_blank_or_invisible(entity_id),
        _ => is_portable_entity_id(entity_id),
    };
    (!is_valid).then(|| {
        FieldProblem::new(
            "entity_id",
            LocalizedText::key("problem-expected-own-entity-id"),
            LocalizedText::quoted(entity_id),
        )
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::url("https://auth.example.com/saml", true)]
    #[case::urn("urn:acme:sso", true)]
    #[case::no_scheme("acme-portal", false)]
    #[case::relative("/saml", false)]
    #[case::blank("urn:acme sso", false)]
    #[case::invisible("urn:o\u{200b}wn", false)]
    #[case::beyond_ascii("https://auth.example.com/ä", false)]
    #[case::empty("", false)]
    fn an_entity_id_is_an_absolute_uri(#[case] text: &str, #[case] is_portable: bool) {
        assert_eq!(is_portable_entity_id(text), is_portable);
    }

    #[test]
    fn an_entity_id_has_at_most_256_characters() {
        let of_length = |length: usize| format!("urn:{}", "a".repeat(length - 4));
        assert!(is_portable_entity_id(&of_length(256)));
        assert!(!is_portable_entity_id(&of_length(257)));
    }

    #[test]
    fn an_entity_id_that_is_in_use_stays() {
        assert!(problem("acme-portal", Some("acme-portal")).is_none());
        assert!(problem("acme-portal", Some("acme")).is_some());
        assert!(problem("acme-portal", None).is_some());
    }
}
