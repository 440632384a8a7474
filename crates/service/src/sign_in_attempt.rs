//! Sign-in attempts, for the diagnosis of failed sign-ins.

mod encrypted;
mod message;
mod search;
mod signer;

pub use encrypted::{EncryptedFailure, encrypted_failure};
use jiff::SignedDuration;
pub use message::{messages, reveal};
use runtime::app::App;
use runtime::problem::Problem;
pub use search::{AttemptListing, AttemptQuery, list};
use serde::Serialize;
use serde_json::Value;
pub use signer::{SignerSearch, find_signer, metadata_url, trust_signer};
use store::{Attempt, AttemptId, AttemptKind, AttemptOutcome};
use utoipa::ToSchema;

use super::{instant, organization, schema};
use crate::sign_in::test_result::TestResult;

/// How far back unrecorded attempts are counted.
const UNRECORDED_PERIOD: SignedDuration = SignedDuration::from_hours(24);

/// A sign-in attempt with its checks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SignInAttempt)]
pub struct AttemptView {
    /// The attempt ID, which pages show to members as the reference ID.
    pub id: String,
    /// The connection ID. The connection may have been deleted.
    pub connection: String,
    #[schema(schema_with = schema::attempt_kind)]
    pub kind: AttemptKind,
    /// The ID of the pending sign-in that the response answers, if any.
    pub request: Option<String>,
    /// When the response arrived.
    #[schema(format = DateTime)]
    pub started_at: String,
    /// When the attempt was decided.
    #[schema(format = DateTime)]
    pub finished_at: Option<String>,
    #[schema(schema_with = schema::outcome)]
    pub outcome: Option<AttemptOutcome>,
    /// The error code, if the sign-in failed.
    #[schema(example = "audience-mismatch")]
    pub code: Option<String>,
    /// The member who signed in.
    pub member: Option<String>,
    /// Who made the test sign-in: `cli`, or the ID of a person or a setup link.
    pub tested_by: Option<String>,
    /// The name or email address in the response, while its messages are stored. It is not verified. The console hides
    /// it by default.
    pub user: Option<String>,
    /// Each check with its name, result, and the expected and received values.
    pub checks: Value,
}

pub async fn show(app: &App, org_id_or_slug: &str, id: &str) -> Result<AttemptView, Problem> {
    find(app, org_id_or_slug, id).await.map(view)
}

/// The result of a test sign-in. None when the attempt was not a test, was rejected before the response could be read,
/// or the result has expired.
pub async fn test_result(
    app: &App,
    org_id_or_slug: &str,
    id: &str,
) -> Result<Option<TestResult>, Problem> {
    let attempt = find(app, org_id_or_slug, id).await?;
    let is_expired = attempt
        .test_result_until
        .is_none_or(|until| until <= app.clock.now());
    let sealed = attempt.test_result.filter(|_| !is_expired);
    Ok(sealed.and_then(|sealed| TestResult::open(app, &attempt.id, &sealed)))
}

async fn find(app: &App, org_id_or_slug: &str, id: &str) -> Result<Attempt, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let not_found = || Problem::not_found("attempt", id);
    let attempt = AttemptId::parse(id).map_err(|_| not_found())?;
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .attempt(&attempt)
        .await?;
    found.ok_or_else(not_found)
}

fn view(attempt: Attempt) -> AttemptView {
    AttemptView {
        id: attempt.id.to_string(),
        connection: attempt.connection.to_string(),
        kind: attempt.kind,
        request: attempt.pending_sign_in.map(|id| id.to_string()),
        started_at: instant(attempt.started_at),
        finished_at: attempt.finished_at.map(instant),
        outcome: attempt.outcome,
        code: attempt.code,
        member: attempt.member.map(|id| id.to_string()),
        tested_by: attempt.tested_by,
        user: attempt.user,
        checks: serde_json::from_str(&attempt.checks).unwrap_or(Value::Null),
    }
}
