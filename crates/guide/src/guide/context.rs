//! The language and the values with which a guide is rendered.

use i18n::Localizer;

use super::sentence::Sentence;
use super::sp_field::SpValues;

#[derive(Clone, Copy, Debug)]
pub struct GuideContext<'c> {
    pub text: Localizer,
    pub values: &'c SpValues,
}

impl GuideContext<'_> {
    /// A text of a guide. `field` is the label of the product's field that the text is about, or empty.
    pub fn sentence(&self, key: &str, field: &str) -> Sentence {
        Sentence::parse(&self.format(key, field))
    }

    /// Like [`Self::sentence`], where labels cannot be emphasized.
    pub(super) fn format(&self, key: &str, field: &str) -> String {
        let app = self.values.app_name.as_str();
        self.text
            .format(key, &[("app", app.into()), ("field", field.into())])
    }

    /// Texts about the product as a whole.
    pub(super) fn sentences(&self, keys: &[String]) -> Vec<Sentence> {
        keys.iter().map(|key| self.sentence(key, "")).collect()
    }
}
