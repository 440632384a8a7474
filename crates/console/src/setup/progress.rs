//! The progress of a guided setup, which all its pages show.

use guide::{Guide, GuideContext, InstructionView};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::SetupStep;
use service::domain::DomainView;
use service::{connection, domain};
use store::{DomainState, Provider};

use super::setup_user::SetupUser;
use super::step::{SetupState, Step};

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
    provider: Provider,
    /// The product that the saved details are of, if another was chosen since then.
    details_of: Option<Provider>,
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
            has_details_of_other_product: details_of(&setup.completed_steps)
                .is_some_and(|other| other != connection.settings.provider),
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
            details_of: details_of(&setup.completed_steps),
            completed_steps: setup.completed_steps,
            provider: connection.settings.provider,
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

    /// Says whose details are saved, if they are those of another product than the chosen one.
    pub(super) fn other_product_notice(&self) -> Option<String> {
        let other = self.details_of.filter(|other| *other != self.provider)?;
        let name = |provider| Guide::for_provider(provider).title(self.text);
        let (product, chosen) = (name(other), name(self.provider));
        let variables = [
            ("product", product.as_str().into()),
            ("chosen", chosen.as_str().into()),
        ];
        Some(
            self.text
                .format("setup-details-of-other-product", &variables),
        )
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

/// Marks in the stored progress whose details are saved, when another product is chosen.
const DETAILS_OF: &str = "idp-details-of-";

fn details_of(completed_steps: &[String]) -> Option<Provider> {
    completed_steps
        .iter()
        .find_map(|step| Provider::parse(step.strip_prefix(DETAILS_OF)?).ok())
}

/// Opens the steps that depend on the product, before another one is chosen. The saved details stay in use, and are
/// remembered as those of the product until then.
pub(super) async fn start_other_product(app: &App, user: &SetupUser) -> Result<(), Problem> {
    let connection_ref = user.connection_ref();
    let completed = connection::setup_progress(app, connection_ref)
        .await?
        .completed_steps;
    let of_product = |step: &&String| {
        let is_details = step.starts_with(DETAILS_OF);
        **step != Step::Provider.path() && **step != Step::Domain.path() && !is_details
    };
    for step in completed.iter().filter(of_product) {
        connection::mark_step(app, connection_ref, SetupStep::Open(step)).await?;
    }
    let connection = user.connection();
    if connection.is_complete() && details_of(&completed).is_none() {
        let mark = format!("{DETAILS_OF}{}", connection.settings.provider.as_str());
        connection::mark_step(app, connection_ref, SetupStep::Done(&mark)).await?;
    }
    Ok(())
}

/// After the details of the chosen product are saved.
pub(super) async fn forget_details_of_other_product(
    app: &App,
    user: &SetupUser,
) -> Result<(), Problem> {
    let connection_ref = user.connection_ref();
    let completed = connection::setup_progress(app, connection_ref)
        .await?
        .completed_steps;
    for step in completed.iter().filter(|step| step.starts_with(DETAILS_OF)) {
        connection::mark_step(app, connection_ref, SetupStep::Open(step)).await?;
    }
    Ok(())
}

/// Whether the server trusts the email addresses of any domain.
fn has_trusted_domain(domains: &[DomainView]) -> bool {
    let is_trusted =
        |one: &DomainView| matches!(one.state, DomainState::Verified | DomainState::Missing);
    domains.iter().any(is_trusted)
}
