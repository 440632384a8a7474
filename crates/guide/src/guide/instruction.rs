//! One step in the identity provider's console.

use serde::Deserialize;

use super::idp_field::IdpField;
use super::sp_field::SpField;

/// One step, with at most one value to copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Instruction {
    /// The key of the title.
    pub title: String,
    /// The keys of the sentences.
    pub sentences: Vec<String>,
    /// The label of the product's field that takes the value.
    pub label: Option<String>,
    /// The value to copy.
    pub sp_field: Option<SpField>,
    /// The values of the identity provider that this step shows.
    #[serde(default)]
    pub idp_fields: Vec<IdpField>,
    /// The form to fill in.
    pub illustration: Option<Illustration>,
    /// The steps that are only needed when our metadata cannot be imported in this one.
    #[serde(default)]
    pub manual: Vec<Self>,
}

impl Instruction {
    /// What it is about: its title, and the field of the product. No other instruction of the guide has the same. When
    /// it changes, the instruction is another one, and to be done again.
    pub(super) fn key(&self) -> String {
        let title = self.title.strip_prefix("guide-").unwrap_or(&self.title);
        let words = [Some(title), self.label.as_deref()].into_iter().flatten();
        let words = words.flat_map(|text| text.split(|one: char| !one.is_ascii_alphanumeric()));
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        words.join("-")
    }

    /// Whether the step, or the import that replaces it, gives our entity ID to the product.
    pub(super) fn shows_entity_id(&self) -> bool {
        let is_entity_id = |one: &Self| one.sp_field == Some(SpField::EntityId);
        is_entity_id(self) || self.manual.iter().any(is_entity_id)
    }
}

/// A form of the product, as far as it matters for the step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Illustration {
    /// The path to the form.
    pub path: Vec<String>,
    pub fields: Vec<IllustratedField>,
    /// The label of the button that ends the step.
    pub button: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IllustratedField {
    /// The label, as the product writes it.
    pub label: String,
    #[serde(default)]
    pub kind: FieldKind,
    /// The connection's value in the field.
    pub sp_field: Option<SpField>,
    /// Any other content of the field.
    pub text: Option<String>,
    /// Whether the step is about this field. Exactly one field of an illustration is highlighted.
    #[serde(default)]
    pub highlighted: bool,
}

/// How a field of an illustrated form looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    #[default]
    TextBox,
    /// A checkbox that is checked.
    Checked,
    /// A checkbox that is not checked.
    Unchecked,
    /// The selected one of several options.
    Selected,
    /// A link, a button, or a section that can be expanded.
    Link,
}
