//! What an administrator brings back from the other product.

use serde::Deserialize;

use super::context::Words;

/// One piece of what we need to know about an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// The address of its metadata.
    MetadataUrl,
    /// Its metadata.
    MetadataFile,
    /// Where our requests go.
    SignOnUrl,
    /// Its entity ID.
    Issuer,
    /// The certificate of its signatures.
    Certificate,
}

impl Given {
    /// The key of our own word for it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::MetadataUrl => "guide-given-metadata-url",
            Self::MetadataFile => "guide-given-metadata-file",
            Self::SignOnUrl => "guide-given-sign-on-url",
            Self::Issuer => "guide-given-issuer",
            Self::Certificate => "guide-given-certificate",
        }
    }
}

/// One way of bringing it all: each is enough by itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Way {
    /// Where it is shown.
    pub place: Vec<String>,
    /// What is found there.
    pub fields: Vec<Found>,
}

/// One piece, as the product shows it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Found {
    /// What it is to us.
    pub gives: Given,
    /// What that product calls it.
    pub label: String,
    /// What it looks like.
    pub example: Option<String>,
}

/// One way of bringing it all, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenView {
    /// Where it is shown.
    pub place: &'static [String],
    /// What is found there.
    pub pieces: Vec<Handover>,
}

/// One piece, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// What it is.
    pub given: Given,
    /// Our own word for it.
    pub term: String,
    /// What that product calls it.
    pub label: &'static str,
    /// What it looks like.
    pub example: Option<&'static str>,
}

impl Way {
    pub(super) fn view(&'static self, words: &Words<'_>) -> GivenView {
        let piece = |found: &'static Found| Handover {
            given: found.gives,
            term: words.text.get(found.gives.key()),
            label: &found.label,
            example: found.example.as_deref(),
        };
        GivenView {
            place: &self.place,
            pieces: self.fields.iter().map(piece).collect(),
        }
    }
}
