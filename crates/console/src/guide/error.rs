//! What a product says when something is not right yet.

use serde::Deserialize;

use super::context::Words;
use super::sentence::Sentence;

/// An error that people meet while they set a connection up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownError {
    /// What is shown, letter by letter: a code, or the telling part of a message. Any of them.
    pub shows: Vec<String>,
    /// The key of what causes it.
    pub cause: String,
    /// The key of how it is repaired.
    pub repair: String,
}

/// An error, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorView {
    /// What is shown there.
    pub shows: &'static [String],
    /// What causes it.
    pub cause: Sentence,
    /// How it is repaired.
    pub repair: Sentence,
}

impl KnownError {
    /// Whether a message of the product is this one. A code is not found inside a longer one.
    pub(super) fn is_in(&self, message: &str) -> bool {
        self.shows.iter().any(|shown| {
            message.match_indices(shown.as_str()).any(|(at, _)| {
                let before = message[..at].chars().next_back();
                let after = message[at + shown.len()..].chars().next();
                let goes_on =
                    |one: Option<char>| one.is_some_and(|one| one == '_' || one.is_alphanumeric());
                !goes_on(before) && !goes_on(after)
            })
        })
    }

    pub(super) fn view(&'static self, words: &Words<'_>) -> ErrorView {
        ErrorView {
            shows: &self.shows,
            cause: words.about(&self.cause, ""),
            repair: words.about(&self.repair, ""),
        }
    }
}

#[test]
fn a_code_is_not_found_inside_a_longer_one() {
    let known = KnownError {
        shows: vec!["AADSTS50011".to_owned(), "app_not_configured".to_owned()],
        cause: String::new(),
        repair: String::new(),
    };
    assert!(known.is_in("AADSTS50011: The redirect URI"));
    assert!(known.is_in("Error: app_not_configured"));
    assert!(!known.is_in("AADSTS500112: Reply address"));
    assert!(!known.is_in("403 app_not_configured_for_user"));
    assert!(!known.is_in(""));
}
