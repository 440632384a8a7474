//! A card: one step in the other product.

use serde::Deserialize;

use super::idp_field::Given;
use super::sp_field::Value;

/// One step, with at most one value of ours to copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card {
    /// The key of its title.
    pub title: String,
    /// The keys of its sentences.
    pub sentences: Vec<String>,
    /// The field in that product that takes the value.
    pub field: Option<String>,
    /// The value to copy.
    pub value: Option<Value>,
    /// What can be taken from there at this step.
    #[serde(default)]
    pub gives: Vec<Given>,
    /// The form that is being filled in.
    pub drawing: Option<Drawing>,
}

/// A form of that product, as far as it matters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawing {
    /// The way to it.
    pub path: Vec<String>,
    /// What is on it.
    pub fields: Vec<Field>,
    /// The button that ends the step.
    pub button: Option<String>,
}

/// Something on a form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    /// Its label, as that product writes it.
    pub label: String,
    /// What it looks like.
    #[serde(default)]
    pub kind: Kind,
    /// The value of ours that stands in it.
    pub value: Option<Value>,
    /// Anything else that stands in it.
    pub text: Option<String>,
    /// What the step is about; a drawing has one.
    #[serde(default)]
    pub state: State,
}

/// What something on a form looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// A box to write in.
    #[default]
    Box,
    /// A box that holds a tick.
    Ticked,
    /// A box that holds none.
    Unticked,
    /// The one that is chosen among several.
    Chosen,
    /// Something to press, or a part of the page to open.
    Link,
}

/// Whether the eye should go there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// It is only there.
    #[default]
    Quiet,
    /// The step is about it.
    Marked,
}
