//! The guides by which a customer's administrator connects an identity provider.
//!
//! A guide is data: one file of `crates/server/guides` for each product, with that product's own labels in that product's
//! own order. The sentences around the labels are words like any others (`text/LANGUAGE/guide….ftl`). The console and
//! `docs/providers` are made of the same guides: [`Guide::cards`] writes them out for one connection and one language.

mod attribute;
mod card;
mod card_view;
mod context;
#[cfg(test)]
mod documentation;
mod error;
mod idp_field;
mod illustration;
mod sentence;
mod sp_field;
#[cfg(test)]
pub mod tests;

use std::sync::LazyLock;

use attribute::Attributes;
pub use attribute::{AttributesView, Part as GuidePart, PartView};
use card::Card;
pub use card::FieldKind;
pub use card_view::CardView;
pub use context::Words;
pub use error::ErrorView;
use error::KnownError;
use i18n::Localizer;
use idp_field::Way;
pub use idp_field::{Given, GivenView};
pub use sentence::{Sentence, Span};
use serde::Deserialize;
pub use sp_field::{Value, Values};
use store::Provider;

/// How one product is connected.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// The product.
    pub provider: Provider,
    name: String,
    /// The way to the place in its console where a connection begins.
    pub console: Vec<String>,
    /// Whether it takes our metadata.
    pub imports_metadata: Imports,
    cards: Vec<Card>,
    gives: Vec<Way>,
    attributes: Attributes,
    certificate: Vec<String>,
    traps: Vec<String>,
    #[serde(default)]
    errors: Vec<KnownError>,
}

/// How a product takes our metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Imports {
    /// Not at all: every value is entered.
    Nothing,
    /// As a file.
    File,
    /// From its address.
    Address,
    /// Either way.
    Both,
}

/// The files, in the order in which the products are offered.
const FILES: [(Provider, &str); 12] = [
    (Provider::Entra, include_str!("../guides/entra.toml")),
    (Provider::Okta, include_str!("../guides/okta.toml")),
    (Provider::OneLogin, include_str!("../guides/onelogin.toml")),
    (Provider::PingOne, include_str!("../guides/pingone.toml")),
    (
        Provider::PingFederate,
        include_str!("../guides/pingfederate.toml"),
    ),
    (Provider::Google, include_str!("../guides/google.toml")),
    (Provider::Adfs, include_str!("../guides/adfs.toml")),
    (
        Provider::JumpCloud,
        include_str!("../guides/jumpcloud.toml"),
    ),
    (Provider::Auth0, include_str!("../guides/auth0.toml")),
    (Provider::Keycloak, include_str!("../guides/keycloak.toml")),
    (
        Provider::Shibboleth,
        include_str!("../guides/shibboleth.toml"),
    ),
    (Provider::Other, include_str!("../guides/other.toml")),
];

static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(_, file)| {
            toml::from_str(file)
                .expect("a test reads every guide, and they are part of the program")
        })
        .collect()
});

impl Guide {
    /// Every guide, in the order in which the products are offered.
    pub fn all() -> &'static [Self] {
        &GUIDES
    }

    /// The guide to a product.
    pub fn of(provider: Provider) -> &'static Self {
        let found = GUIDES.iter().find(|guide| guide.provider == provider);
        found.expect("every product has a guide: a test goes through them")
    }

    /// Its name, as its maker writes it.
    pub fn title(&self, text: Localizer) -> String {
        match self.provider {
            Provider::Other => text.get("guide-name-other"),
            Provider::Entra
            | Provider::Okta
            | Provider::OneLogin
            | Provider::PingOne
            | Provider::PingFederate
            | Provider::Google
            | Provider::Adfs
            | Provider::JumpCloud
            | Provider::Auth0
            | Provider::Keycloak
            | Provider::Shibboleth => self.name.clone(),
        }
    }

    /// What it is called once it has been chosen.
    pub fn chosen(&self, text: Localizer) -> String {
        if self.provider == Provider::Other {
            text.get("guide-name-other-in-use")
        } else {
            self.title(text)
        }
    }

    /// What a connection to it is called, until somebody gives it another name.
    pub fn connection_name(&self) -> &str {
        &self.name
    }

    /// Its name inside a sentence.
    pub fn in_a_sentence(&self, text: Localizer) -> String {
        if self.provider == Provider::Other {
            text.get("diagnosis-provider")
        } else {
            self.title(text)
        }
    }

    /// What this product calls the field that takes a value of ours; with several, all of them.
    pub fn field_of(&self, value: Value) -> Option<String> {
        let asked = self.cards.iter().filter(|card| card.value == Some(value));
        let mut labels: Vec<&str> = asked.filter_map(|card| card.field.as_deref()).collect();
        labels.dedup();
        (!labels.is_empty()).then(|| labels.join(" / "))
    }

    /// What this product calls something that is taken from it.
    pub fn label_of(&self, given: Given) -> Option<String> {
        let mut found = self.gives.iter().flat_map(|way| &way.fields);
        found
            .find(|one| one.gives == given)
            .map(|one| one.label.clone())
    }

    /// The steps in that product, for one connection: its own values are in them, ready to be copied.
    pub fn cards(&'static self, words: &Words<'_>) -> Vec<CardView> {
        let title = self.chosen(words.text);
        self.cards
            .iter()
            .enumerate()
            .filter_map(|(at, card)| {
                let name = format!("{}-{at}", self.provider);
                card_view::view(name, card, &title, words)
            })
            .collect()
    }

    /// What the administrator can bring back from there, the best way first.
    pub fn gives(&'static self, words: &Words<'_>) -> Vec<GivenView> {
        self.gives.iter().map(|way| way.view(words)).collect()
    }

    /// What we need of a person, what this product sends, and what has to be added there.
    pub fn attributes(&'static self, words: &Words<'_>) -> AttributesView {
        self.attributes.view(words)
    }

    /// By which names the parts of a profile come.
    pub fn attribute_names(&self) -> impl Iterator<Item = (GuidePart, &str)> {
        let parts = self.attributes.parts.iter();
        parts.flat_map(|one| {
            let names = std::iter::once(&one.name).chain(&one.also);
            names.map(|name| (one.part, name.as_str()))
        })
    }

    /// How long its certificate lives, and how it is followed by the next.
    pub fn certificate(&self, words: &Words<'_>) -> Vec<Sentence> {
        words.sentences(&self.certificate)
    }

    /// What goes wrong easily.
    pub fn traps(&self, words: &Words<'_>) -> Vec<Sentence> {
        words.sentences(&self.traps)
    }

    /// What people see when something is not right yet, with cause and repair.
    pub fn errors(&'static self, words: &Words<'_>) -> Vec<ErrorView> {
        self.errors.iter().map(|one| one.view(words)).collect()
    }

    /// What a code or message of this product means, if it is one that the guide explains.
    pub fn explain(&'static self, message: &str, words: &Words<'_>) -> Option<ErrorView> {
        let known = self.errors.iter().find(|one| one.is_in(message))?;
        Some(known.view(words))
    }
}
