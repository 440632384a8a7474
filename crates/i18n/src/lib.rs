//! The words of the pages, in every language that we ship.
//!
//! Words live in `crates/server/text/LANGUAGE/AREA.ftl` (Project Fluent), one file for each part of the program. A page
//! carries a [`Text`] and asks it by key; a test proves that each language has every key, with the same variables, and
//! that every key that a template or the code names exists.

mod language;
mod local_time;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
pub use language::Language;
pub use local_time::Sentence;

/// The words in one language. Cheap to copy; every page has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

/// The files of every language, by area.
macro_rules! areas {
    ($($area:literal)*) => {
        fn files(language: Language) -> Vec<&'static str> {
            match language {
                Language::English => vec![$(include_str!(concat!("../text/en/", $area, ".ftl")),)* OPERATOR],
                Language::French => vec![$(include_str!(concat!("../text/fr/", $area, ".ftl"))),*],
                Language::Dutch => vec![$(include_str!(concat!("../text/nl/", $area, ".ftl"))),*],
                Language::German => vec![$(include_str!(concat!("../text/de/", $area, ".ftl"))),*],
            }
        }
    };
}

areas! {
    "frame"
    "problem"
    "signin"
    "console"
    "team"
    "sso"
    "test"
    "require"
    "domain"
    "mail"
    "guide"
    "guide-entra"
    "guide-okta"
    "guide-onelogin"
    "guide-pingone"
    "guide-pingfederate"
    "guide-google"
    "guide-adfs"
    "guide-jumpcloud"
    "guide-auth0"
    "guide-keycloak"
    "guide-shibboleth"
    "guide-other"
    "passkey"
    "attempt"
    "diagnosis"
    "diagnosis-cause"
    "diagnosis-status"
    "setup"
}

/// What operators alone see is in English.
const OPERATOR: &str = include_str!("../text/en/operator.ftl");

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(read));

fn read(language: Language) -> Bundle {
    let tag = language
        .tag()
        .parse()
        .expect("the tags of our languages are valid");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // The marks that keep a right-to-left name apart would be shown as boxes in plain-text mail.
    bundle.set_use_isolating(false);
    for file in files(language) {
        // A test reads every file strictly; here what can be read is used.
        let resource = FluentResource::try_new(file.to_owned());
        bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
    }
    bundle
}

impl Text {
    /// The words in this language.
    pub const fn in_language(language: Language) -> Self {
        Self { language }
    }

    /// The language, as `lang` and `hreflang` name it.
    pub const fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// The words of a key.
    pub fn say(self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words of a key, with what varies in them.
    pub fn with(self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = variables.iter().cloned().collect();
        self.format(key, Some(&arguments))
    }

    /// Whether there are words for a key.
    pub fn has(self, key: &str) -> bool {
        self.bundles()
            .into_iter()
            .any(|bundle| bundle.has_message(key))
    }

    /// The words of a key, or else an English detail as a sentence of its own.
    pub fn sentence_or(self, key: &str, detail: &str) -> String {
        if self.has(key) {
            self.say(key)
        } else {
            sentence(detail)
        }
    }

    fn format(self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        for bundle in self.bundles() {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                let mut unset = Vec::new();
                let words = bundle.format_pattern(pattern, arguments, &mut unset);
                return words.into_owned();
            }
        }
        tracing::error!(key, "there are no words for a key");
        key.to_owned()
    }

    /// This language, then English, in which the operators' words are.
    fn bundles(self) -> [&'static Bundle; 2] {
        let [english, french, dutch, german] = &*BUNDLES;
        let bundle = match self.language {
            Language::English => english,
            Language::French => french,
            Language::Dutch => dutch,
            Language::German => german,
        };
        [bundle, english]
    }
}

/// A detail that programs read, with a capital letter and a full stop.
pub fn sentence(detail: &str) -> String {
    let mut letters = detail.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let end = if detail.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests;
