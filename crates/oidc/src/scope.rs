use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A supported scope; all others are ignored (OpenID Connect Core 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Required in every request.
    Openid,
    /// `email` and `email_verified`.
    Email,
    /// `name`, `given_name`, `family_name`, `preferred_username`, `locale`, `zoneinfo` and `updated_at`.
    Profile,
    /// `groups`, as the identity provider sends them.
    Groups,
}

impl Scope {
    pub const ALL: [Self; 4] = [Self::Openid, Self::Email, Self::Profile, Self::Groups];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Openid => "openid",
            Self::Email => "email",
            Self::Profile => "profile",
            Self::Groups => "groups",
        }
    }
}

/// The supported scopes of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Parses a space-separated, case-sensitive list.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let parse = |word| Scope::ALL.into_iter().find(|scope| scope.as_str() == word);
        Self(text.split(' ').filter_map(parse).collect())
    }

    #[must_use]
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<_> = self.0.iter().map(|scope| scope.as_str()).collect();
        out.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one("openid", "openid")]
    #[case::other_order("groups openid email", "openid email groups")]
    #[case::repeated("openid openid", "openid")]
    #[case::unknown("openid offline_access", "openid")]
    #[case::uppercase("OpenID", "")]
    #[case::tab("openid\temail", "")]
    #[case::two_spaces("openid  email", "openid email")]
    #[case::empty("", "")]
    fn unknown_scopes_and_another_case_are_ignored(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(Scopes::parse(text).to_string(), expected);
    }
}
