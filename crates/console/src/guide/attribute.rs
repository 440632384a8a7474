//! Which attributes a product sends, and which it has to be told to send.

use i18n::Localizer;
use serde::Deserialize;

use super::context::Words;
use super::sentence::Sentence;

/// The attributes of a product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attributes {
    /// The key of what it sends when nobody has touched it.
    pub sends: String,
    /// The keys of what has to be added there, step by step.
    pub add: Vec<String>,
    /// The keys of how groups are sent.
    pub groups: Vec<String>,
    /// What fills which part of a profile.
    pub parts: Vec<Attribute>,
}

/// What fills a part of a profile.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attribute {
    /// The part.
    pub part: Part,
    /// The name by which the attribute comes.
    pub name: String,
    /// Others by which it comes often, where the product leaves that to its administrator.
    #[serde(default)]
    pub also: Vec<String>,
    /// What that product puts into it.
    pub source: Option<String>,
    /// Who sees to it that it is sent.
    pub sent: Sent,
}

/// A part of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// E-mail address.
    Email,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Whole name.
    Name,
    /// Groups.
    Groups,
}

/// Who sees to it that an attribute is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sent {
    /// The product, by itself.
    ByDefault,
    /// Its administrator, who adds it.
    WhenAdded,
    /// Its administrator, unless the product does: there is no knowing.
    Unless,
}

impl Part {
    const fn key(self) -> &'static str {
        match self {
            Self::Email => "guide-part-email",
            Self::FirstName => "guide-part-first-name",
            Self::LastName => "guide-part-last-name",
            Self::Name => "guide-part-name",
            Self::Groups => "guide-part-groups",
        }
    }
}

/// The attributes of a product, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributesView {
    /// What it sends when nobody has touched it.
    pub sends: Sentence,
    /// What has to be added there, step by step.
    pub add: Vec<Sentence>,
    /// How groups are sent.
    pub groups: Vec<Sentence>,
    /// What fills which part of a profile.
    pub parts: Vec<PartView>,
}

/// What fills a part of a profile, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartView {
    /// The part.
    pub part: Part,
    /// Our own word for it.
    pub term: String,
    /// The name by which the attribute comes.
    pub name: &'static str,
    /// Others that are understood as well.
    pub also: &'static [String],
    /// What that product puts into it.
    pub source: Option<&'static str>,
    /// Who sees to it that it is sent.
    sent: Sent,
}

impl PartView {
    /// Who sees to it that the attribute is sent, in words, where that is known.
    pub fn sent(&self, text: Localizer) -> Option<String> {
        match self.sent {
            Sent::ByDefault => Some(text.get("guide-sent-by-default")),
            Sent::WhenAdded => Some(text.get("guide-sent-when-added")),
            Sent::Unless => None,
        }
    }
}

impl Attributes {
    pub(super) fn view(&'static self, words: &Words<'_>) -> AttributesView {
        let part = |one: &'static Attribute| PartView {
            part: one.part,
            term: words.text.get(one.part.key()),
            name: &one.name,
            also: &one.also,
            source: one.source.as_deref(),
            sent: one.sent,
        };
        AttributesView {
            sends: words.about(&self.sends, ""),
            add: words.sentences(&self.add),
            groups: words.sentences(&self.groups),
            parts: self.parts.iter().map(part).collect(),
        }
    }
}
