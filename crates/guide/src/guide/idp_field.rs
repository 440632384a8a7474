//! What the administrator copies from the identity provider.

use serde::Deserialize;

use super::context::GuideContext;

/// A value of the identity provider that a connection needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdpField {
    MetadataUrl,
    MetadataFile,
    SignOnUrl,
    /// The entity ID.
    Issuer,
    /// The signing certificate.
    Certificate,
}

impl IdpField {
    /// The key of our name of the field.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::MetadataUrl => "guide-idp-field-metadata-url",
            Self::MetadataFile => "guide-idp-field-metadata-file",
            Self::SignOnUrl => "guide-idp-field-sign-on-url",
            Self::Issuer => "guide-idp-field-issuer",
            Self::Certificate => "guide-idp-field-certificate",
        }
    }
}

/// A page of the product with everything that a connection needs. A product may have several of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    /// The path to the page.
    pub path: Vec<String>,
    pub fields: Vec<SourceField>,
}

/// An [`IdpField`] as the product shows it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceField {
    pub field: IdpField,
    /// The section of the page, where it has several.
    pub section: Option<String>,
    /// The product's name of the field.
    pub label: String,
    pub example: Option<String>,
}

/// A [`Source`] in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// The path to the page.
    pub path: &'static [String],
    pub fields: Vec<SourceFieldView>,
}

/// A [`SourceField`] in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFieldView {
    pub field: IdpField,
    /// Our name of the field.
    pub term: String,
    /// The section of the page, where it has several.
    pub section: Option<&'static str>,
    /// The product's name of the field.
    pub label: &'static str,
    pub example: Option<&'static str>,
}

impl Source {
    pub(super) fn view(&'static self, context: &GuideContext<'_>) -> SourceView {
        let field = |source: &'static SourceField| SourceFieldView {
            field: source.field,
            term: context.text.get(source.field.key()),
            section: source.section.as_deref(),
            label: &source.label,
            example: source.example.as_deref(),
        };
        SourceView {
            path: &self.path,
            fields: self.fields.iter().map(field).collect(),
        }
    }
}
