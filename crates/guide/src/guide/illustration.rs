//! An illustration of a form in the identity provider's console, rendered by `templates/guide/illustration.html`.
//!
//! It shows where to look and does not imitate the product: all colors are those of the page.

use super::context::GuideContext;
use super::instruction::{FieldKind, IllustratedField, Illustration};

/// An illustration with the values of one connection.
#[derive(Clone, Debug)]
pub struct IllustrationView {
    pub title: String,
    /// The same content for screen readers.
    pub description: String,
    /// The product that the form belongs to.
    pub window: String,
    /// The path to the form.
    pub path: String,
    pub fields: Vec<IllustratedFieldView>,
    pub button: Option<&'static str>,
}

/// A field of the illustrated form.
#[derive(Clone, Debug)]
pub struct IllustratedFieldView {
    pub label: &'static str,
    pub kind: FieldKind,
    /// The content of a text box.
    pub value: String,
    /// Whether the step is about this field.
    pub is_highlighted: bool,
}

impl IllustrationView {
    pub(super) fn new(
        illustration: &'static Illustration,
        product: &str,
        context: &GuideContext<'_>,
    ) -> Self {
        let field = |field: &'static IllustratedField| IllustratedFieldView {
            label: &field.label,
            kind: field.kind,
            value: field_value(field, context),
            is_highlighted: field.highlighted,
        };
        let fields: Vec<_> = illustration.fields.iter().map(field).collect();
        let title = [("product", product.into())];
        Self {
            title: context.text.format("guide-illustration", &title),
            description: describe(&fields, context),
            window: product.to_owned(),
            path: illustration.path.join(" › "),
            fields,
            button: illustration.button.as_deref(),
        }
    }
}

/// The content of a field: the connection's value, else the example of the guide.
pub(super) fn field_value(field: &IllustratedField, context: &GuideContext<'_>) -> String {
    let value = field.sp_field.and_then(|field| context.values.get(field));
    value.or_else(|| field.text.clone()).unwrap_or_default()
}

fn describe(fields: &[IllustratedFieldView], context: &GuideContext<'_>) -> String {
    let sentence = |field: &IllustratedFieldView| {
        let key = match field.kind {
            FieldKind::TextBox if field.value.is_empty() => "guide-illustration-empty",
            FieldKind::TextBox => "guide-illustration-filled",
            FieldKind::Checked => "guide-illustration-checked",
            FieldKind::Unchecked => "guide-illustration-unchecked",
            FieldKind::Selected => "guide-illustration-selected",
            FieldKind::Link => "guide-illustration-link",
        };
        let variables = [
            ("label", field.label.into()),
            ("value", field.value.as_str().into()),
        ];
        context.text.format(key, &variables)
    };
    let sentences: Vec<String> = fields.iter().map(sentence).collect();
    sentences.join(" ")
}
