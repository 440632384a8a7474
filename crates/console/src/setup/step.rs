//! The steps of a guided set-up, in their order.

use store::{Connection, ConnectionState, SetupProgress};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Which product it is.
    Provider,
    /// What is done in that product.
    Cards,
    /// What is brought back from there.
    OtherSide,
    /// How people are described.
    Attributes,
    /// Whether it works.
    Test,
    /// Whose e-mail addresses are believed.
    Domain,
    /// Letting members in.
    Activate,
}

/// What is known of how far the steps have come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'k> {
    /// The connection as it is being worked on.
    pub connection: &'k Connection,
    /// What somebody has marked as done.
    pub setup: &'k SetupProgress,
    /// The names of the cards of the chosen product.
    pub cards: &'k [String],
    /// Whether a domain of the organization is verified.
    pub has_domain: bool,
}

impl Step {
    /// Every step.
    pub(super) const ALL: [Self; 7] = [
        Self::Provider,
        Self::Cards,
        Self::OtherSide,
        Self::Attributes,
        Self::Test,
        Self::Domain,
        Self::Activate,
    ];

    /// Its part of the address.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Cards => "cards",
            Self::OtherSide => "other-side",
            Self::Attributes => "attributes",
            Self::Test => "test",
            Self::Domain => "domain",
            Self::Activate => "activate",
        }
    }

    /// The key of its name.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Provider => "setup-step-provider",
            Self::Cards => "setup-step-cards",
            Self::OtherSide => "setup-step-other-side",
            Self::Attributes => "setup-step-attributes",
            Self::Test => "setup-step-test",
            Self::Domain => "setup-step-domain",
            Self::Activate => "setup-step-activate",
        }
    }

    /// Whether nothing is left to do in it.
    pub(super) fn is_done(self, known: Known<'_>) -> bool {
        let Known {
            connection,
            setup,
            cards,
            has_domain,
        } = known;
        let is_marked = |name: &str| setup.completed_steps.iter().any(|one| one == name);
        match self {
            Self::Provider | Self::Attributes => is_marked(self.path()),
            Self::Cards => cards.iter().all(|card| is_marked(card)),
            Self::OtherSide => connection.is_complete(),
            Self::Test => connection.lifecycle.tested_at.is_some(),
            Self::Domain => has_domain,
            Self::Activate => connection.state() == ConnectionState::Active,
        }
    }
}

#[test]
fn every_step_has_its_own_address() {
    let paths: std::collections::BTreeSet<_> = Step::ALL.iter().map(|one| one.path()).collect();
    assert_eq!(paths.len(), Step::ALL.len());
}
