//! The values of custom claims.

use serde::{Deserialize, Serialize};

/// What an application receives as a custom claim: a text, or a list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ClaimValue {
    Text(String),
    List(Vec<String>),
}

impl ClaimValue {
    pub fn values(&self) -> &[String] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::List(list) => list,
        }
    }
}
