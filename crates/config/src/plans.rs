use std::collections::BTreeSet;

use crate::is_name;
use crate::key::{PLANS, SSO_PLAN};
use crate::source::Settings;

/// The plans of the operator, from the smallest to the largest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    names: Vec<String>,
    first_with_sso: usize,
}

impl Plans {
    pub(super) fn from_settings(settings: &mut Settings) -> Self {
        let defaults = || {
            ["starter", "professional", "enterprise", "enterprise-plus"]
                .map(str::to_owned)
                .to_vec()
        };
        let names = settings.list(PLANS).unwrap_or_else(defaults);
        let sso_plan = settings
            .text(SSO_PLAN)
            .unwrap_or_else(|| "enterprise".to_owned());
        let distinct: BTreeSet<_> = names.iter().collect();
        if names.is_empty()
            || distinct.len() != names.len()
            || names.iter().any(|name| !is_name(name))
        {
            let received = match names.as_slice() {
                [] => "none".to_owned(),
                names => names.join(", "),
            };
            settings.problem(PLANS, PLANS.expected, &received);
            // `sso_plan` can be checked only against valid plans.
            return Self::single(sso_plan);
        }
        Self::new(names.clone(), &sso_plan).unwrap_or_else(|| {
            settings.problem(
                SSO_PLAN,
                &format!("{} ({})", SSO_PLAN.expected, names.join(", ")),
                &sso_plan,
            );
            Self::single(sso_plan)
        })
    }

    /// `names` are ordered from the smallest to the largest plan; `None` when `first_with_sso` is not among them.
    pub fn new(names: Vec<String>, first_with_sso: &str) -> Option<Self> {
        let first_with_sso = names.iter().position(|name| name == first_with_sso)?;
        Some(Self {
            names,
            first_with_sso,
        })
    }

    /// From the smallest plan to the largest.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One plan, which includes SSO.
    fn single(name: String) -> Self {
        Self {
            names: vec![name],
            first_with_sso: 0,
        }
    }

    pub fn has(&self, plan: &str) -> bool {
        self.names.iter().any(|name| name == plan)
    }

    /// Whether the plan includes SAML SSO. A plan that the operator has removed does not.
    pub fn includes_sso(&self, plan: &str) -> bool {
        self.names
            .iter()
            .position(|name| name == plan)
            .is_some_and(|index| index >= self.first_with_sso)
    }

    pub fn smallest(&self) -> &str {
        &self.names[0]
    }

    pub fn first_with_sso(&self) -> &str {
        &self.names[self.first_with_sso]
    }
}
