//! The attributes that a product sends, and how to add the missing ones.

use i18n::Localizer;
use serde::Deserialize;

use super::context::GuideContext;
use super::sentence::Sentence;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeGuide {
    /// The key of the text about what the product sends by default.
    pub sends: String,
    /// The keys of the steps that add attributes.
    pub add: Vec<String>,
    /// The keys of the text about groups.
    pub groups: Vec<String>,
    pub mapping: Vec<MappedAttribute>,
}

/// The SAML attribute that contains a user attribute.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MappedAttribute {
    pub attribute: UserAttribute,
    pub name: String,
    /// Other common names, if the administrator chooses the name.
    #[serde(default)]
    pub also: Vec<String>,
    /// The product's field with the value.
    pub source: Option<String>,
    pub sent: SentWhen,
}

/// What the server reads about a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserAttribute {
    Email,
    FirstName,
    LastName,
    Name,
    Groups,
}

/// Under which condition the product sends an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SentWhen {
    ByDefault,
    /// After its administrator has added it.
    WhenAdded,
    /// It depends on the product.
    Unknown,
}

impl UserAttribute {
    const fn key(self) -> &'static str {
        match self {
            Self::Email => "guide-profile-field-email",
            Self::FirstName => "guide-profile-field-first-name",
            Self::LastName => "guide-profile-field-last-name",
            Self::Name => "guide-profile-field-name",
            Self::Groups => "guide-profile-field-groups",
        }
    }
}

/// The attributes of a product in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributesView {
    /// What the product sends by default.
    pub sends: Sentence,
    /// The steps that add attributes.
    pub add: Vec<Sentence>,
    /// How the product sends groups.
    pub groups: Vec<Sentence>,
    pub mapping: Vec<AttributeView>,
}

/// A [`MappedAttribute`] in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeView {
    pub attribute: UserAttribute,
    /// Our name of the attribute.
    pub term: String,
    pub name: &'static str,
    /// Other names that the server accepts.
    pub also: &'static [String],
    /// The product's field with the value.
    pub source: Option<&'static str>,
    sent: SentWhen,
}

impl AttributeView {
    /// When the product sends the attribute, if that is known.
    pub fn sent(&self, text: Localizer) -> Option<String> {
        match self.sent {
            SentWhen::ByDefault => Some(text.get("guide-sent-by-default")),
            SentWhen::WhenAdded => Some(text.get("guide-sent-when-added")),
            SentWhen::Unknown => None,
        }
    }
}

impl AttributeGuide {
    pub(super) fn view(&'static self, context: &GuideContext<'_>) -> AttributesView {
        let attribute = |mapped: &'static MappedAttribute| AttributeView {
            attribute: mapped.attribute,
            term: context.text.get(mapped.attribute.key()),
            name: &mapped.name,
            also: &mapped.also,
            source: mapped.source.as_deref(),
            sent: mapped.sent,
        };
        AttributesView {
            sends: context.sentence(&self.sends, ""),
            add: context.sentences(&self.add),
            groups: context.sentences(&self.groups),
            mapping: self.mapping.iter().map(attribute).collect(),
        }
    }
}
