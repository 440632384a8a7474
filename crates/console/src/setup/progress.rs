//! The progress of a guided setup, which all its pages show.

use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use service::domain::DomainView;
use service::{connection, domain};
use store::{DomainState, Provider};

use super::setup_user::SetupUser;
use super::step::{SetupState, Step};
use crate::guide::{Guide, GuideContext, InstructionView};

/// How far a setup has come, seen from one of its steps.
#[derive(Debug)]
pub(super) struct SetupProgress {
    pub text: Localizer,
    /// The start of the URL of every step.
    pub base: String,
    /// The organization's name.
    pub organization: String,
    /// The identity provider's name.
    pub product: String,
    /// Whether the product has a name of its own.
    pub has_known_product: bool,
    pub steps: Vec<StepView>,
    /// The current step.
    pub step: Step,
    pub instructions: Vec<InstructionView>,
    /// The steps and instructions that are marked as done.
    completed_steps: Vec<String>,
    /// Where the identity provider's details were imported from.
    pub metadata_url: Option<String>,
    pub domains: Vec<DomainView>,
    pub uses_setup_link: bool,
}

#[derive(Debug)]
pub(super) struct StepView {
    pub name: String,
    pub href: String,
    pub is_done: bool,
    pub is_current: bool,
}

impl SetupProgress {
    pub(super) async fn load(app: &App, user: &SetupUser, step: Step) -> Result<Self, Problem> {
        let connection = user.connection();
        let setup = connection::setup_progress(app, user.connection_ref()).await?;
        let domains = domain::list(app, user.organization().id.as_str())
            .await?
            .items;
        let values = user.sp_values(app).await?;
        let context = GuideContext {
            text: user.text,
            values: &values,
        };
        let guide = Guide::for_provider(connection.settings.provider);
        let instructions = guide.instructions(&context);
        let names: Vec<String> = instructions.iter().map(|one| one.name.clone()).collect();
        let state = SetupState {
            connection,
            completed_steps: &setup.completed_steps,
            instructions: &names,
            has_domain: has_trusted_domain(&domains),
            is_tested: user.has_tested(),
        };
        let base = user.base();
        let view = |one: &Step| StepView {
            name: user.text.get(one.key()),
            href: format!("{base}/{}", one.path()),
            is_done: one.is_done(state),
            is_current: *one == step,
        };
        Ok(Self {
            text: user.text,
            steps: user.steps().iter().map(view).collect(),
            base,
            organization: user.organization().name.clone(),
            product: guide.title_in_use(user.text),
            has_known_product: guide.provider != Provider::Other,
            step,
            instructions,
            completed_steps: setup.completed_steps,
            metadata_url: setup.metadata_url,
            domains,
            uses_setup_link: user.uses_setup_link(),
        })
    }

    /// The name of the current step.
    pub(super) fn title(&self) -> String {
        self.text.get(self.step.key())
    }

    /// The number of the current step, counted from 1.
    pub(super) fn number(&self) -> usize {
        self.steps.iter().take_while(|one| !one.is_current).count() + 1
    }

    pub(super) fn is_current_step_done(&self) -> bool {
        self.steps.iter().any(|one| one.is_current && one.is_done)
    }

    /// The URL of the next step.
    pub(super) fn next(&self) -> Option<&str> {
        self.steps.get(self.number()).map(|one| one.href.as_str())
    }

    /// The URL of the previous step.
    pub(super) fn previous(&self) -> Option<&str> {
        let before = self.number().checked_sub(2)?;
        self.steps.get(before).map(|one| one.href.as_str())
    }

    /// The URL of the first step that is not done, else of the last one.
    pub(super) fn first_open(&self) -> &str {
        let open = self.steps.iter().find(|one| !one.is_done);
        open.or_else(|| self.steps.last())
            .map_or(self.base.as_str(), |one| one.href.as_str())
    }

    /// Whether home realm discovery finds the organization by email addresses.
    pub(super) fn has_domain(&self) -> bool {
        has_trusted_domain(&self.domains)
    }

    pub(super) fn is_done(&self, instruction: &InstructionView) -> bool {
        self.is_marked(&instruction.name)
    }

    /// Whether the step or instruction with this name is marked as done.
    pub(super) fn is_marked(&self, name: &str) -> bool {
        self.completed_steps.iter().any(|one| one == name)
    }
}

/// Whether the server trusts the email addresses of any domain.
fn has_trusted_domain(domains: &[DomainView]) -> bool {
    let is_trusted =
        |one: &DomainView| matches!(one.state, DomainState::Verified | DomainState::Missing);
    domains.iter().any(is_trusted)
}
