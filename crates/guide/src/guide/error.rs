//! Error messages of a product.

use serde::Deserialize;

use super::context::GuideContext;
use super::sentence::Sentence;

/// An error that users see while the setup is incomplete.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownError {
    /// Codes, or the distinctive parts of messages. Any of them identifies the error.
    pub messages: Vec<String>,
    /// The key of the cause.
    pub cause: String,
    /// The key of the fix.
    pub fix: String,
}

/// An error in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorView {
    pub messages: &'static [String],
    pub cause: Sentence,
    pub fix: Sentence,
}

impl KnownError {
    /// Whether a message of the product is about this error. A code does not match inside a longer code.
    pub(super) fn matches(&self, message: &str) -> bool {
        self.messages.iter().any(|shown| {
            message.match_indices(shown.as_str()).any(|(at, _)| {
                let before = message[..at].chars().next_back();
                let after = message[at + shown.len()..].chars().next();
                let goes_on =
                    |one: Option<char>| one.is_some_and(|one| one == '_' || one.is_alphanumeric());
                !goes_on(before) && !goes_on(after)
            })
        })
    }

    pub(super) fn view(&'static self, context: &GuideContext<'_>) -> ErrorView {
        ErrorView {
            messages: &self.messages,
            cause: context.sentence(&self.cause, ""),
            fix: context.sentence(&self.fix, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::at_the_start("AADSTS50011: The redirect URI", true)]
    #[case::at_the_end("Error: app_not_configured", true)]
    #[case::longer_number("AADSTS500112: Reply address", false)]
    #[case::longer_word("403 app_not_configured_for_user", false)]
    #[case::empty("", false)]
    fn a_code_is_not_found_inside_a_longer_one(#[case] message: &str, #[case] is_found: bool) {
        let known = KnownError {
            messages: vec!["AADSTS50011".to_owned(), "app_not_configured".to_owned()],
            cause: String::new(),
            fix: String::new(),
        };
        assert_eq!(known.matches(message), is_found);
    }
}
