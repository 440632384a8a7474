//! How far the setting up of a connection has come. It is kept with the connection, so that several people can go on.

use runtime::app::App;
use runtime::problem::Problem;
use store::{Setup, StoreError, UnixTime};

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
pub async fn setup(app: &App, place: Place<'_>) -> Result<Setup, Problem> {
    let (organization, connection) = find(app, place).await?;
    let found = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                tx.organization(&organization.id)
                    .setup(&connection.id)
                    .await
            })
        })
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
pub async fn mark(app: &App, place: Place<'_>, card: Card<'_>) -> Result<Setup, Problem> {
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
        .write(move |tx| {
            Box::pin(async move {
                let mut place = tx.organization(&organization.id);
                place.hold_connection(&connection.id).await?;
                let mut setup = place.setup(&connection.id).await?.unwrap_or_default();
                setup.done.retain(|one| *one != name);
                if is_done && setup.done.len() < MOST {
                    setup.done.push(name);
                }
                place.set_setup_done(&connection.id, &setup.done).await?;
                Ok::<_, StoreError>(setup)
            })
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
    read_at: Option<UnixTime>,
) -> Result<(), Problem> {
    let (organization, connection) = find(app, place).await?;
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.organization(&organization.id)
                    .set_metadata_source(&connection.id, url.as_deref(), read_at)
                    .await
                    .map(drop)
            })
        })
        .await?;
    Ok(())
}
