//! What the pages of a guided set-up have in common: where one is, what is done, and where it goes on.

use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use service::domain::DomainView;
use service::{connection, domain};
use store::{DomainState, SetupProgress};

use super::setup_user::SetupVisitor;
use super::step::{Known, Step};
use crate::guide::{CardView, Guide, Values, Words};

/// Where somebody is in a set-up.
#[derive(Debug)]
pub(super) struct Walk {
    /// The words of the page.
    pub text: Localizer,
    /// What every address begins with.
    pub base: String,
    /// The organization's name.
    pub organization: String,
    /// The name of the product that is being connected.
    pub product: String,
    /// The steps, in their order.
    pub steps: Vec<StepView>,
    /// The step of this page.
    pub step: Step,
    /// The cards of the product.
    pub cards: Vec<CardView>,
    /// What is marked as done.
    pub setup: SetupProgress,
    /// The organization's domains.
    pub domains: Vec<DomainView>,
    /// Whether whoever walks came by a link.
    pub is_guest: bool,
}

/// A step as the page shows it.
#[derive(Debug)]
pub(super) struct StepView {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// Whether nothing is left to do in it.
    pub is_done: bool,
    /// Whether it is the step of this page.
    pub is_current: bool,
}

impl Walk {
    /// Finds out how far the set-up has come.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn read(
        app: &App,
        visitor: &SetupVisitor,
        step: Step,
    ) -> Result<Self, Problem> {
        let connection = visitor.connection();
        let setup = connection::setup_progress(app, visitor.place()).await?;
        let domains = domain::list(app, visitor.organization().id.as_str())
            .await?
            .items;
        let values = Values::of(app, connection).await?;
        let words = Words {
            text: visitor.text,
            values: &values,
        };
        let guide = Guide::of(connection.settings.provider);
        let cards = guide.cards(&words);
        let names: Vec<String> = cards.iter().map(|card| card.name.clone()).collect();
        let known = Known {
            connection,
            setup: &setup,
            cards: &names,
            has_domain: has_believed(&domains),
        };
        let base = visitor.base();
        let view = |one: &Step| StepView {
            name: visitor.text.get(one.key()),
            href: format!("{base}/{}", one.path()),
            is_done: one.is_done(known),
            is_current: *one == step,
        };
        Ok(Self {
            text: visitor.text,
            steps: visitor.steps().iter().map(view).collect(),
            base,
            organization: visitor.organization().name.clone(),
            product: guide.chosen(visitor.text),
            step,
            cards,
            setup,
            domains,
            is_guest: visitor.is_guest(),
        })
    }

    /// The name of the step.
    pub(super) fn title(&self) -> String {
        self.text.get(self.step.key())
    }

    /// Which step it is, counted from one.
    pub(super) fn number(&self) -> usize {
        self.steps.iter().take_while(|one| !one.is_current).count() + 1
    }

    /// Whether nothing is left to do on this page, so that going on is what one wants.
    pub(super) fn is_done_here(&self) -> bool {
        self.steps.iter().any(|one| one.is_current && one.is_done)
    }

    /// Where the step after this one is.
    pub(super) fn next(&self) -> Option<&str> {
        self.steps.get(self.number()).map(|one| one.href.as_str())
    }

    /// Where the step before this one is.
    pub(super) fn previous(&self) -> Option<&str> {
        let before = self.number().checked_sub(2)?;
        self.steps.get(before).map(|one| one.href.as_str())
    }

    /// Where there is something to do.
    pub(super) fn first_open(&self) -> &str {
        let open = self.steps.iter().find(|one| !one.is_done);
        open.or_else(|| self.steps.last())
            .map_or(self.base.as_str(), |one| one.href.as_str())
    }

    /// Whether people are found by their e-mail address.
    pub(super) fn has_domain(&self) -> bool {
        has_believed(&self.domains)
    }

    /// Whether a card is done.
    pub(super) fn is_done(&self, card: &CardView) -> bool {
        self.setup.completed_steps.contains(&card.name)
    }
}

/// Whether the addresses of any domain are believed.
fn has_believed(domains: &[DomainView]) -> bool {
    let is_believed =
        |one: &DomainView| matches!(one.state, DomainState::Verified | DomainState::Missing);
    domains.iter().any(is_believed)
}

/// The words that a guide needs for a visitor's connection.
pub(super) async fn values(app: &App, visitor: &SetupVisitor) -> Result<Values, Problem> {
    Ok(Values::of(app, visitor.connection()).await?)
}
