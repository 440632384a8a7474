use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// One word of the parameter `prompt` (OpenID Connect Core 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Show nothing: answer from what is known already, or with an error.
    None,
    /// Ask the person to authenticate again.
    Login,
    /// Ask for consent.
    Consent,
    /// Let the person choose who to be.
    SelectAccount,
}

impl Prompt {
    /// All that discovery announces.
    pub const ALL: [Self; 4] = [Self::None, Self::Login, Self::Consent, Self::SelectAccount];

    /// The word in the protocol.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
        }
    }
}

/// What the application wants the person to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prompts(BTreeSet<Prompt>);

impl Prompts {
    /// Reads a list that spaces separate; nothing for an unknown word, or for `none` beside another.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let known = |word| {
            Prompt::ALL
                .into_iter()
                .find(|prompt| prompt.as_str() == word)
        };
        let words = text.split(' ').filter(|word| !word.is_empty());
        let prompts = words.map(known).collect::<Option<BTreeSet<_>>>()?;
        let contradicts_itself = prompts.contains(&Prompt::None) && prompts.len() > 1;
        (!contradicts_itself).then_some(Self(prompts))
    }

    /// Whether the application asked for this one.
    #[must_use]
    pub fn has(&self, prompt: Prompt) -> bool {
        self.0.contains(&prompt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_stands_alone_and_unknown_words_are_refused() {
        for (text, is_fine) in [
            ("", true),
            ("none", true),
            ("login", true),
            ("login consent select_account", true),
            ("login login", true),
            ("none none", true),
            ("none login", false),
            ("consent none", false),
            ("create", false),
            ("Login", false),
            ("login\tconsent", false),
        ] {
            assert_eq!(Prompts::read(text).is_some(), is_fine, "{text:?}");
        }
    }
}
