//! What a problem says of a field: in English to programs, and in the reader's language on a page.

use std::fmt;

use i18n::{Language, Localizer};
use serde::{Serialize, Serializer};

/// What is longer is not repeated.
const MAX_LITERAL_BYTES: usize = 512;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalizedText(Words);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Words {
    /// The same everywhere: what somebody wrote, or what no page shows.
    Literal(String),
    /// From the files of words, with what varies in them.
    Keyed {
        key: &'static str,
        variables: Vec<(&'static str, String)>,
    },
    /// English from elsewhere, for which pages may have words of their own.
    WithFallback { english: String, key: String },
}

impl LocalizedText {
    /// The words of a key.
    pub fn key(key: &'static str) -> Self {
        Self::with(key, &[])
    }

    /// The words of a key, with what varies in them.
    pub fn with(key: &'static str, variables: &[(&'static str, &str)]) -> Self {
        let variables = variables
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        Self(Words::Keyed { key, variables })
    }

    /// The limit of a text.
    pub fn at_most_bytes(limit: usize) -> Self {
        Self::with(
            "problem-expected-bytes",
            &[("limit", limit.to_string().as_str())],
        )
    }

    /// The same, but of a long text that somebody wrote only its length: it may be a key that went into the wrong field.
    pub(super) fn shortened(self) -> Self {
        match self.0 {
            Words::Literal(words) if words.len() > MAX_LITERAL_BYTES => Self::with(
                "problem-received-long",
                &[("bytes", words.len().to_string().as_str())],
            ),
            words => Self(words),
        }
    }

    /// What an error says, for whose code pages may have words of their own.
    pub fn with_fallback(english: impl fmt::Display, key: String) -> Self {
        let english = english.to_string();
        Self(Words::WithFallback { english, key })
    }

    /// The words of another key about the same, where pages have them: with `to` in front instead of `from`.
    pub fn localize_variant(&self, text: Localizer, from: &str, to: &str) -> Option<String> {
        let Words::Keyed { key, variables } = &self.0 else {
            return None;
        };
        let key = format!("{to}{}", key.strip_prefix(from)?);
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        text.has(&key).then(|| text.format(&key, &variables))
    }

    /// The words for a page, when they are whole sentences that say what is wrong and what to do.
    pub fn sentence(&self, text: Localizer) -> Option<String> {
        match &self.0 {
            Words::WithFallback { key, .. } if text.has(key) => Some(text.get(key)),
            Words::WithFallback { .. } | Words::Literal(_) | Words::Keyed { .. } => None,
        }
    }

    /// The words for a page.
    pub fn localize(&self, text: Localizer) -> String {
        match &self.0 {
            Words::Literal(words) => words.clone(),
            Words::Keyed { key, variables } => {
                let variables: Vec<_> = variables
                    .iter()
                    .map(|(name, value)| (*name, value.as_str().into()))
                    .collect();
                text.format(key, &variables)
            }
            Words::WithFallback { key, .. } if text.has(key) => text.get(key),
            Words::WithFallback { english, .. } => english.clone(),
        }
    }
}

impl From<String> for LocalizedText {
    fn from(words: String) -> Self {
        Self(Words::Literal(words))
    }
}

impl From<&str> for LocalizedText {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl fmt::Display for LocalizedText {
    /// In English.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Words::Literal(english) | Words::WithFallback { english, .. } => {
                formatter.write_str(english)
            }
            Words::Keyed { .. } => {
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

#[test]
fn programs_read_english_and_people_their_own_language() {
    let french = Localizer::new(Language::French);
    let keyed = LocalizedText::with("problem-expected-one-of", &[("names", "admin, member")]);
    assert_eq!(keyed.to_string(), "one of admin, member");
    assert_eq!(
        keyed.localize(french),
        "l’une de ces valeurs : admin, member".replace(" :", "\u{a0}:")
    );
    let coded =
        LocalizedText::with_fallback("it is a key", "setup-fault-paste-fingerprint".to_owned());
    assert_eq!(coded.to_string(), "it is a key");
    assert!(coded.localize(french).starts_with("C’est l’empreinte"));
    let unknown = LocalizedText::with_fallback("it is odd", "setup-fault-odd".to_owned());
    assert_eq!(unknown.localize(french), "it is odd");
    assert_eq!(
        LocalizedText::from("https://idp.example").localize(french),
        "https://idp.example"
    );
}
