use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A value of the parameter `prompt` (OpenID Connect Core 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Show no page: answer from an existing session, or with an error.
    None,
    /// Require the user to authenticate again.
    Login,
    /// Not supported: this provider has nothing to ask the user's consent for.
    Consent,
    /// Let the user choose an account.
    SelectAccount,
}

impl Prompt {
    pub const ALL: [Self; 4] = [Self::None, Self::Login, Self::Consent, Self::SelectAccount];
    /// Those that a request can be answered for.
    pub const SUPPORTED: [Self; 3] = [Self::None, Self::Login, Self::SelectAccount];

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

/// The values of the parameter `prompt` of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prompts(BTreeSet<Prompt>);

impl Prompts {
    /// Parses a space-separated list. Unknown values, and `none` with another value, are invalid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parse = |word| {
            Prompt::ALL
                .into_iter()
                .find(|prompt| prompt.as_str() == word)
        };
        let words = text.split(' ').filter(|word| !word.is_empty());
        let prompts = words.map(parse).collect::<Option<BTreeSet<_>>>()?;
        let contradicts_itself = prompts.contains(&Prompt::None) && prompts.len() > 1;
        (!contradicts_itself).then_some(Self(prompts))
    }

    #[must_use]
    pub fn contains(&self, prompt: Prompt) -> bool {
        self.0.contains(&prompt)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::empty("", true)]
    #[case::none("none", true)]
    #[case::login("login", true)]
    #[case::three_values("login consent select_account", true)]
    #[case::login_twice("login login", true)]
    #[case::none_twice("none none", true)]
    #[case::none_and_login("none login", false)]
    #[case::consent_and_none("consent none", false)]
    #[case::unknown("create", false)]
    #[case::uppercase("Login", false)]
    #[case::tab("login\tconsent", false)]
    fn none_with_another_value_and_unknown_values_are_rejected(
        #[case] text: &str,
        #[case] is_valid: bool,
    ) {
        assert_eq!(Prompts::parse(text).is_some(), is_valid);
    }
}
