//! A sign-in attempt with the explanations of its checks, for the pages, the API and the command line.

use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::connection::{self, ConnectionRef};
use service::organization;
use service::sign_in::error::Code;
use service::sign_in_attempt::{self, AttemptView};
use store::{Connection, Provider};

use super::{Checks, Diagnosis, ErrorFacts, FixLink};
use crate::{Guide, GuideContext, SpValues};

#[derive(Clone, Debug)]
pub struct DiagnosedAttempt {
    pub attempt: AttemptView,
    /// `None` when the connection was deleted.
    pub connection: Option<Connection>,
    pub guide: &'static Guide,
    pub checks: Checks,
    /// Why the attempt failed.
    pub diagnosis: Option<Diagnosis>,
    /// Whether the checks and the diagnosis are those of the decrypted assertion, which the attempt itself does not show.
    pub is_decrypted: bool,
    organization_slug: String,
}

impl DiagnosedAttempt {
    /// Loads an attempt, and explains it in this language.
    ///
    /// # Errors
    ///
    /// The problem `not-found` when the organization has no attempt with this ID.
    pub async fn load(
        app: &App,
        text: Localizer,
        org_id_or_slug: &str,
        id: &str,
    ) -> Result<Self, Problem> {
        let attempt = sign_in_attempt::show(app, org_id_or_slug, id).await?;
        let organization = organization::find(app, org_id_or_slug).await?;
        let connection = find_connection(app, org_id_or_slug, &attempt.connection).await?;
        let inside = sign_in_attempt::encrypted_failure(app, org_id_or_slug, id).await?;
        let values = match &connection {
            Some(connection) => SpValues::load(app, connection).await?,
            None => SpValues::without_connection(app),
        };
        let context = GuideContext {
            text,
            values: &values,
        };
        let provider = connection
            .as_ref()
            .map_or(Provider::Other, |found| found.settings.provider);
        let guide = Guide::for_provider(provider);
        let stored = inside
            .as_ref()
            .map_or(&attempt.checks, |inside| &inside.checks);
        let checks = Checks::parse(&stored.to_string(), guide, &context);
        let code = attempt.code.as_deref().and_then(|code| code.parse().ok());
        let code: Option<Code> = inside.as_ref().map(|inside| inside.code).or(code);
        Ok(Self {
            diagnosis: code.map(|code| diagnosis(code, &checks, guide, &context)),
            is_decrypted: inside.is_some(),
            guide,
            checks,
            connection,
            attempt,
            organization_slug: organization.slug,
        })
    }

    /// The path of the page of the console to which the link leads.
    pub fn fix_path(&self, link: &FixLink) -> String {
        let connection = self.connection.as_ref();
        let page = link.target.path(connection.map(|found| found.id.as_str()));
        format!("/console/organizations/{}/{page}", self.organization_slug)
    }
}

/// `None` when the connection was deleted.
async fn find_connection(
    app: &App,
    org_id_or_slug: &str,
    id: &str,
) -> Result<Option<Connection>, Problem> {
    match connection::find(app, ConnectionRef::InOrganization(org_id_or_slug, id)).await {
        Ok((_, connection)) => Ok(Some(connection)),
        Err(problem) if problem.code == ProblemCode::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The explanation of the check that failed with this code, which knows what was received, or else of the code alone.
fn diagnosis(
    code: Code,
    checks: &Checks,
    guide: &'static Guide,
    context: &GuideContext<'_>,
) -> Diagnosis {
    checks
        .diagnosis(code)
        .cloned()
        .unwrap_or_else(|| Diagnosis::for_code(code, ErrorFacts::default(), guide, context))
}
