//! How far the setting up of a connection has come. It is kept with the connection, so that several people can go on.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use store::{SetupProgress, StoreError};

use super::{Place, find};

/// The most cards that a guide has.
const MOST: usize = 100;
/// The longest name of a card.
const LONGEST: usize = 64;

/// How far the setting up has come.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn setup(app: &App, place: Place<'_>) -> Result<SetupProgress, Problem> {
    let (organization, connection) = find(app, place).await?;
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .setup_progress(&connection.id)
        .await?;
    Ok(found.unwrap_or_default())
}

/// Whether a card of the guide is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card<'c> {
    /// This one is.
    Done(&'c str),
    /// This one is to be done again.
    Open(&'c str),
}

/// Notes that a card of the guide is done, or is to be done again.
///
/// # Errors
///
/// When there is no connection at that place, or that is no name of a card.
pub async fn mark(app: &App, place: Place<'_>, card: Card<'_>) -> Result<SetupProgress, Problem> {
    let (Card::Done(name) | Card::Open(name)) = card;
    if name.is_empty() || name.len() > LONGEST {
        return Err(Problem::field(
            "card",
            format!("a name of 1 to {LONGEST} bytes"),
            format!("{} bytes", name.len()),
        ));
    }
    let (organization, connection) = find(app, place).await?;
    let (name, is_done) = (name.to_owned(), matches!(card, Card::Done(_)));
    let marked = app
        .store
        .write(async move |tx| {
            let mut place = tx.organization(&organization.id);
            place.lock_connection(&connection.id).await?;
            let mut setup = place
                .setup_progress(&connection.id)
                .await?
                .unwrap_or_default();
            setup.completed_steps.retain(|one| *one != name);
            if is_done && setup.completed_steps.len() < MOST {
                setup.completed_steps.push(name);
            }
            place
                .set_completed_steps(&connection.id, &setup.completed_steps)
                .await?;
            Ok::<_, StoreError>(setup)
        })
        .await?;
    Ok(marked)
}

/// Notes where the identity provider publishes its metadata, and when it was read from there.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn note_metadata_source(
    app: &App,
    place: Place<'_>,
    url: Option<String>,
    read_at: Option<Timestamp>,
) -> Result<(), Problem> {
    let (organization, connection) = find(app, place).await?;
    app.store
        .write(async move |tx| {
            tx.organization(&organization.id)
                .set_metadata_source(&connection.id, url.as_deref(), read_at)
                .await
                .map(drop)
        })
        .await?;
    Ok(())
}
