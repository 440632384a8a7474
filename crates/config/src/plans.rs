use std::collections::BTreeSet;

use super::{Key, Settings, is_name};

/// The plans that an organization can have, in order, and from which on SAML single sign-on is part of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    names: Vec<String>,
    first_with_sso: usize,
}

impl Plans {
    /// What the settings say; a problem is noted in them.
    pub(super) fn of(settings: &mut Settings) -> Self {
        let defaults = || {
            ["starter", "professional", "enterprise", "enterprise-plus"]
                .map(str::to_owned)
                .to_vec()
        };
        let names = settings.list(Key::Plans).unwrap_or_else(defaults);
        let sso_plan = settings
            .text(Key::SsoPlan)
            .unwrap_or_else(|| "enterprise".to_owned());
        let distinct: BTreeSet<_> = names.iter().collect();
        if names.is_empty()
            || distinct.len() != names.len()
            || names.iter().any(|name| !is_name(name))
        {
            let expected = "at least one name of lower-case letters, digits and hyphens, each once";
            let received = match names.as_slice() {
                [] => "none".to_owned(),
                names => names.join(", "),
            };
            settings.problem(Key::Plans, expected, &received);
            // Which of them has SAML single sign-on can be asked when they are right.
            return Self::only(sso_plan);
        }
        Self::new(names.clone(), &sso_plan).unwrap_or_else(|| {
            settings.problem(
                Key::SsoPlan,
                &format!("one of the plans ({})", names.join(", ")),
                &sso_plan,
            );
            Self::only(sso_plan)
        })
    }

    /// The plans from the smallest to the largest; nothing when `first_with_sso` is not among them.
    pub fn new(names: Vec<String>, first_with_sso: &str) -> Option<Self> {
        let first_with_sso = names.iter().position(|name| name == first_with_sso)?;
        Some(Self {
            names,
            first_with_sso,
        })
    }

    /// The names, from the smallest plan to the largest.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One plan, which includes it.
    fn only(name: String) -> Self {
        Self {
            names: vec![name],
            first_with_sso: 0,
        }
    }

    /// Whether the operator has such a plan.
    pub fn has(&self, plan: &str) -> bool {
        self.names.iter().any(|name| name == plan)
    }

    /// Whether SAML single sign-on is part of this plan; it never is of one that the operator no longer has.
    pub fn includes_sso(&self, plan: &str) -> bool {
        self.names
            .iter()
            .position(|name| name == plan)
            .is_some_and(|place| place >= self.first_with_sso)
    }

    /// The smallest plan.
    pub fn smallest(&self) -> &str {
        &self.names[0]
    }

    /// The smallest plan that includes SAML single sign-on.
    pub fn first_with_sso(&self) -> &str {
        &self.names[self.first_with_sso]
    }
}
