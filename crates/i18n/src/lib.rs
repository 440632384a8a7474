//! The texts of pages and mails, in every language.
//!
//! Texts are messages of Project Fluent in `text/LANGUAGE/AREA.ftl`, one file for each part of the program. A page has a
//! [`Localizer`] and gets each text by its key. Tests check that every language has every key with the same variables,
//! and that every key that a template or the code names exists.

mod language;
mod local_time;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
pub use language::Language;
pub use local_time::{LocalTime, TimedMessage};

/// The texts in one language. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Localizer {
    language: Language,
}

/// The files of every language, by area.
macro_rules! areas {
    ($($area:literal)*) => {
        fn files(language: Language) -> Vec<&'static str> {
            match language {
                Language::English => vec![$(include_str!(concat!("../text/en/", $area, ".ftl"))),*],
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
    "connection-settings"
    "test"
    "sso-enforcement"
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
    "operator"
    "audit-log"
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; Language::ALL.len()]> =
    LazyLock::new(|| Language::ALL.map(load_bundle));

fn load_bundle(language: Language) -> Bundle {
    let tag = language
        .tag()
        .parse()
        .expect("the tag of each language is valid");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Plain-text mail shows the isolation marks for right-to-left text as boxes.
    bundle.set_use_isolating(false);
    for file in files(language) {
        // A test rejects files with errors; at run time the valid messages of a file are used.
        let resource = FluentResource::try_new(file.to_owned());
        bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
    }
    bundle
}

impl Localizer {
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language as `lang` and `hreflang` name it.
    pub const fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// The text of a key without variables.
    pub fn get(self, key: &str) -> String {
        self.resolve(key, None)
    }

    /// The text of a key with these variables.
    pub fn format(self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = variables.iter().cloned().collect();
        self.resolve(key, Some(&arguments))
    }

    /// Whether a key has a text.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// The text of a key, or else an English detail as a sentence.
    pub fn get_or_sentence(self, key: &str, detail: &str) -> String {
        if self.has(key) {
            self.get(key)
        } else {
            sentence(detail)
        }
    }

    fn resolve(self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "no text for this key");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, arguments, &mut errors);
        text.into_owned()
    }

    fn bundle(self) -> &'static Bundle {
        let [english, french, dutch, german] = &*BUNDLES;
        match self.language {
            Language::English => english,
            Language::French => french,
            Language::Dutch => dutch,
            Language::German => german,
        }
    }
}

/// A detail for programs, with a capital letter and a full stop.
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
