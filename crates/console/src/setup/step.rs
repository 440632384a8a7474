//! The steps of a guided setup, in their order.

use store::{Connection, ConnectionState};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Provider,
    /// The instructions for the identity provider.
    Instructions,
    IdpDetails,
    /// The attribute mapping and the role rules.
    Attributes,
    Test,
    /// Domain verification.
    Domain,
    Activate,
}

/// What decides whether a step is done.
#[derive(Clone, Copy, Debug)]
pub(super) struct SetupState<'s> {
    /// The connection, with the settings of its draft.
    pub connection: &'s Connection,
    /// The steps and instructions that are marked as done.
    pub completed_steps: &'s [String],
    /// The names of the instructions.
    pub instructions: &'s [String],
    /// Whether a domain of the organization is verified.
    pub has_domain: bool,
    /// Whether the current settings have passed a test, of the user themselves if they use a setup link.
    pub is_tested: bool,
    /// Whether another product was chosen after the details were saved.
    pub has_details_of_other_product: bool,
}

impl Step {
    pub(super) const ALL: [Self; 7] = [
        Self::Provider,
        Self::Instructions,
        Self::IdpDetails,
        Self::Attributes,
        Self::Test,
        Self::Domain,
        Self::Activate,
    ];

    /// Its part of the URL, which is also its name in the stored progress.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Instructions => "instructions",
            Self::IdpDetails => "idp-details",
            Self::Attributes => "attributes",
            Self::Test => "test",
            Self::Domain => "domain",
            Self::Activate => "activate",
        }
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Provider => "setup-step-provider",
            Self::Instructions => "setup-step-instructions",
            Self::IdpDetails => "setup-step-idp-details",
            Self::Attributes => "setup-step-attributes",
            Self::Test => "setup-step-test",
            Self::Domain => "setup-step-domain",
            Self::Activate => "setup-step-activate",
        }
    }

    pub(super) fn is_done(self, state: SetupState<'_>) -> bool {
        let SetupState {
            connection,
            completed_steps,
            instructions,
            has_domain,
            is_tested,
            has_details_of_other_product,
        } = state;
        let is_marked = |name: &str| completed_steps.iter().any(|one| one == name);
        match self {
            Self::Provider | Self::Attributes => is_marked(self.path()),
            // A sign-in that works proves that the identity provider is configured.
            Self::Instructions => {
                connection.lifecycle.tested_at.is_some()
                    || connection.state() == ConnectionState::Active
                    || instructions.iter().all(|name| is_marked(name))
            }
            Self::IdpDetails => connection.is_complete() && !has_details_of_other_product,
            Self::Test => is_tested,
            Self::Domain => has_domain,
            Self::Activate => connection.state() == ConnectionState::Active,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_own_path() {
        let paths: std::collections::BTreeSet<_> = Step::ALL.iter().map(|one| one.path()).collect();
        assert_eq!(paths.len(), Step::ALL.len());
    }
}
