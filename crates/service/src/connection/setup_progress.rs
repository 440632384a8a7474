//! The progress of guided setup. It is stored with the connection, so that several people can continue it.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use store::{SetupProgress, StoreError};

use super::{ConnectionRef, find};

/// More than any guide has.
const MAX_COMPLETED_STEPS: usize = 100;
const MAX_STEP_NAME_BYTES: usize = 64;

pub async fn setup_progress(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<SetupProgress, Problem> {
    let (organization, connection) = find(app, connection_ref).await?;
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .setup_progress(&connection.id)
        .await?;
    Ok(found.unwrap_or_default())
}

/// A step of a guide with its new state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupStep<'c> {
    Done(&'c str),
    Open(&'c str),
}

/// Marks a step of the guide as done or open.
pub async fn mark_step(
    app: &App,
    connection_ref: ConnectionRef<'_>,
    step: SetupStep<'_>,
) -> Result<SetupProgress, Problem> {
    let (SetupStep::Done(name) | SetupStep::Open(name)) = step;
    if name.is_empty() || name.len() > MAX_STEP_NAME_BYTES {
        return Err(Problem::field(
            "step",
            format!("a name of 1 to {MAX_STEP_NAME_BYTES} bytes"),
            format!("{} bytes", name.len()),
        ));
    }
    let (organization, connection) = find(app, connection_ref).await?;
    let name = name.to_owned();
    let is_done = matches!(step, SetupStep::Done(_));
    let marked = app
        .store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&organization.id);
            org_tx.lock_connection(&connection.id).await?;
            let mut progress = org_tx
                .setup_progress(&connection.id)
                .await?
                .unwrap_or_default();
            progress.completed_steps.retain(|step| *step != name);
            if is_done && progress.completed_steps.len() < MAX_COMPLETED_STEPS {
                progress.completed_steps.push(name);
            }
            org_tx
                .set_completed_steps(&connection.id, &progress.completed_steps)
                .await?;
            Ok::<_, StoreError>(progress)
        })
        .await?;
    Ok(marked)
}

/// Saves the URL of the identity provider's metadata, and when it was fetched.
pub async fn set_metadata_source(
    app: &App,
    connection_ref: ConnectionRef<'_>,
    url: Option<String>,
    fetched_at: Option<Timestamp>,
) -> Result<(), Problem> {
    let (organization, connection) = find(app, connection_ref).await?;
    app.store
        .write(async move |tx| {
            tx.organization(&organization.id)
                .set_metadata_source(&connection.id, url.as_deref(), fetched_at)
                .await
                .map(drop)
        })
        .await?;
    Ok(())
}
