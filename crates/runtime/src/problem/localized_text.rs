//! Parts of a problem: English for programs, the language of the reader on a page.

use std::fmt;

use i18n::{Language, Localizer};
use serde::{Serialize, Serializer};

/// Longer literals are replaced by their length.
const MAX_LITERAL_BYTES: usize = 512;
/// Longer values of fields are replaced by their length.
const MAX_QUOTED_BYTES: usize = 100;

/// A text that pages show in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalizedText(Source);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// The same in every language, such as a submitted value.
    Literal(String),
    /// A key of the texts with its variables.
    Keyed {
        key: &'static str,
        variables: Vec<(&'static str, String)>,
    },
    /// A sentence: the message of an error, for whose code the texts may have a key.
    WithFallback { english: String, key: String },
}

impl LocalizedText {
    pub fn key(key: &'static str) -> Self {
        Self::with(key, &[])
    }

    pub fn with(key: &'static str, variables: &[(&'static str, &str)]) -> Self {
        let variables = variables
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        Self(Source::Keyed { key, variables })
    }

    pub fn at_most_bytes(limit: usize) -> Self {
        Self::with(
            "problem-expected-bytes",
            &[("limit", limit.to_string().as_str())],
        )
    }

    /// A submitted text. A long one is replaced by its length.
    pub fn quoted(text: &str) -> Self {
        match text.len() {
            0 => Self::key("problem-received-nothing"),
            1..=MAX_QUOTED_BYTES => format!("{text:?}").into(),
            bytes => Self::with(
                "problem-received-long",
                &[("bytes", bytes.to_string().as_str())],
            ),
        }
    }

    pub fn one_of(names: &[impl AsRef<str>]) -> Self {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        Self::with(
            "problem-expected-one-of",
            &[("names", names.join(", ").as_str())],
        )
    }

    /// Whether nothing was sent, or an empty text.
    pub fn is_missing(&self) -> bool {
        let keys = ["problem-received-nothing", "problem-received-empty"];
        matches!(&self.0, Source::Keyed { key, .. } if keys.contains(key))
    }

    /// Replaces a long literal by its length: it may be a private key in the wrong field.
    pub(super) fn shortened(self) -> Self {
        match self.0 {
            Source::Literal(text) if text.len() > MAX_LITERAL_BYTES => Self::with(
                "problem-received-long",
                &[("bytes", text.len().to_string().as_str())],
            ),
            source => Self(source),
        }
    }

    /// The message of an error, and the key that pages use when the texts have it.
    pub fn with_fallback(english: impl fmt::Display, key: String) -> Self {
        let english = english.to_string();
        Self(Source::WithFallback { english, key })
    }

    /// The message of an error as a sentence, the same in every language.
    pub fn explanation(english: impl fmt::Display) -> Self {
        Self::with_fallback(english, String::new())
    }

    /// Whether it is a sentence, not a noun that continues another sentence.
    pub(super) const fn is_sentence(&self) -> bool {
        matches!(self.0, Source::WithFallback { .. })
    }

    /// The text of the key that has the prefix `to` in place of `from`, if it exists.
    pub fn localize_variant(&self, text: Localizer, from: &str, to: &str) -> Option<String> {
        let Source::Keyed { key, variables } = &self.0 else {
            return None;
        };
        let key = format!("{to}{}", key.strip_prefix(from)?);
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        text.has(&key).then(|| text.format(&key, &variables))
    }

    /// The text for a page when it is a whole sentence with the cause and the next step.
    pub fn sentence(&self, text: Localizer) -> Option<String> {
        match &self.0 {
            Source::WithFallback { english, key } => Some(text.get_or_sentence(key, english)),
            Source::Literal(_) | Source::Keyed { .. } => None,
        }
    }

    /// The text for a page.
    pub fn localize(&self, text: Localizer) -> String {
        match &self.0 {
            Source::Literal(text) => text.clone(),
            Source::Keyed { key, variables } => {
                let variables: Vec<_> = variables
                    .iter()
                    .map(|(name, value)| (*name, value.as_str().into()))
                    .collect();
                text.format(key, &variables)
            }
            Source::WithFallback { key, .. } if text.has(key) => text.get(key),
            Source::WithFallback { english, .. } => english.clone(),
        }
    }
}

impl From<String> for LocalizedText {
    fn from(text: String) -> Self {
        Self(Source::Literal(text))
    }
}

impl From<&str> for LocalizedText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Display for LocalizedText {
    /// In English.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Literal(english) | Source::WithFallback { english, .. } => {
                formatter.write_str(english)
            }
            Source::Keyed { .. } => {
                formatter.write_str(&self.localize(Localizer::new(Language::English)))
            }
        }
    }
}

impl Serialize for LocalizedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const FRENCH: Localizer = Localizer::new(Language::French);

    #[test]
    fn programs_read_english_and_pages_the_language_of_the_reader() {
        let text = LocalizedText::with("problem-expected-one-of", &[("names", "admin, member")]);
        assert_eq!(text.to_string(), "one of admin, member");
        assert_eq!(
            text.localize(FRENCH),
            "l’une de ces valeurs\u{202f}: admin, member"
        );
    }

    #[test]
    fn programs_read_the_fallback_and_pages_the_text_of_the_key() {
        let text =
            LocalizedText::with_fallback("it is a key", "setup-error-paste-fingerprint".to_owned());
        assert_eq!(text.to_string(), "it is a key");
        assert!(
            text.localize(FRENCH)
                .starts_with("Il s’agit de l’empreinte")
        );
    }

    #[test]
    fn pages_show_the_fallback_of_an_unknown_key() {
        let text = LocalizedText::with_fallback("it is odd", "setup-error-odd".to_owned());
        assert_eq!(text.localize(FRENCH), "it is odd");
    }

    #[rstest]
    #[case::empty("", "nothing")]
    #[case::short("ada", "\"ada\"")]
    #[case::long(&"x".repeat(101), "a text of 101 bytes")]
    fn a_submitted_text_is_quoted_unless_it_is_long(#[case] text: &str, #[case] quoted: &str) {
        assert_eq!(LocalizedText::quoted(text).to_string(), quoted);
    }

    #[test]
    fn a_value_is_not_translated() {
        let text = LocalizedText::from("https://idp.example");
        assert_eq!(text.localize(FRENCH), "https://idp.example");
    }
}
