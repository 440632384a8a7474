use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A scope that we know; every other one is ignored (OpenID Connect Core 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Makes a request one of OpenID Connect.
    Openid,
    /// `email` and `email_verified`.
    Email,
    /// `name`, `given_name` and `family_name`.
    Profile,
    /// `groups`, as the identity provider tells them.
    Groups,
}

impl Scope {
    /// All that discovery announces.
    pub const ALL: [Self; 4] = [Self::Openid, Self::Email, Self::Profile, Self::Groups];

    /// The word in the protocol.
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

/// The scopes of a request, without those that we do not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads a list that single spaces separate; letter case counts.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let known = |word| Scope::ALL.into_iter().find(|scope| scope.as_str() == word);
        Self(text.split(' ').filter_map(known).collect())
    }

    /// Whether the application asked for this one.
    #[must_use]
    pub fn has(&self, scope: Scope) -> bool {
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
    use super::*;

    #[test]
    fn unknown_scopes_and_other_letter_case_are_ignored() {
        for (text, expected) in [
            ("openid", "openid"),
            ("groups openid email", "openid email groups"),
            ("openid openid", "openid"),
            ("openid offline_access", "openid"),
            ("OpenID", ""),
            ("openid\temail", ""),
            ("openid  email", "openid email"),
            ("", ""),
        ] {
            assert_eq!(Scopes::read(text).to_string(), expected, "{text:?}");
        }
    }
}
