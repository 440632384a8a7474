//! In which language, and about which connection, a guide speaks.

use i18n::Localizer;

use super::sentence::Sentence;
use super::sp_field::Values;

/// What a guide needs to become sentences.
#[derive(Clone, Copy, Debug)]
pub struct Words<'w> {
    /// The language.
    pub text: Localizer,
    /// The values of the connection.
    pub values: &'w Values,
}

impl Words<'_> {
    /// A sentence about a field of the other product.
    pub fn about(&self, key: &str, field: &str) -> Sentence {
        Sentence::read(&self.plain(key, field))
    }

    /// The same, where nothing can stand out.
    pub(super) fn plain(&self, key: &str, field: &str) -> String {
        let app = self.values.app_name.as_str();
        self.text
            .format(key, &[("app", app.into()), ("field", field.into())])
    }

    /// Sentences about the product as a whole.
    pub(super) fn sentences(&self, keys: &[String]) -> Vec<Sentence> {
        keys.iter().map(|key| self.about(key, "")).collect()
    }
}
