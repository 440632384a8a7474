//! A card, written out for one connection.

use super::card::Card;
use super::context::Words;
use super::idp_field::Given;
use super::illustration::IllustrationView;
use super::sentence::Sentence;
use super::sp_field::Value;

/// A card, written out: `templates/guide/card.html` shows it.
#[derive(Clone, Debug)]
pub struct CardView {
    /// By which name it is known that the step is done: where it stands in its file, so that a step that is left out
    /// renames no other.
    pub name: String,
    /// What the step is.
    pub title: String,
    /// How it is done.
    pub sentences: Vec<Sentence>,
    /// The value of ours that it needs.
    pub offer: Option<Offer>,
    /// What can be taken from the other product at this step.
    pub gives: &'static [Given],
    /// The form to fill in.
    pub illustration: Option<IllustrationView>,
}

/// A value of ours, ready to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which one it is.
    pub kind: Value,
    /// Our own word for it.
    pub term: String,
    /// The value; of a file, where it is.
    pub value: String,
}

impl Offer {
    /// Whether it is fetched as a file rather than copied.
    pub fn is_file(&self) -> bool {
        self.kind.is_file()
    }
}

/// Nothing when the step is about a value that the connection does not have.
pub(super) fn view(
    name: String,
    card: &'static Card,
    product: &str,
    words: &Words<'_>,
) -> Option<CardView> {
    let offer = match card.value {
        None => None,
        Some(kind) => Some(Offer {
            kind,
            term: words.text.get(kind.key()),
            value: words.values.read(kind)?,
        }),
    };
    let field = card.field.as_deref().unwrap_or_default();
    let sentences = card.sentences.iter().map(|key| words.about(key, field));
    let illustration = card.illustration.as_ref();
    Some(CardView {
        name,
        title: words.plain(&card.title, field),
        sentences: sentences.collect(),
        offer,
        gives: &card.gives,
        illustration: illustration.map(|form| IllustrationView::new(form, product, words)),
    })
}
