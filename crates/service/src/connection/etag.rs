//! What somebody has seen of a connection: who publishes or activates it means these settings and no others.

use std::fmt;

use runtime::problem::{Problem, ProblemCode};
use runtime::seal;
use serde::{Deserialize, Serialize};
use store::{Connection, ConnectionDraft, OrganizationTx};
use utoipa::ToSchema;

use crate::{Undone, to_json};

/// A connection's id, its settings and those of the draft beside it, as one word that is another when any of them is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Revision(String);

impl Revision {
    /// The word for what is there. What has been tested, and when, is no part of it.
    pub(super) fn of(row: &Connection, draft: Option<&ConnectionDraft>) -> Self {
        let beside = draft.map(|draft| (to_json(&draft.settings), to_json(&draft.certificates)));
        let id = row.id.as_str();
        let all = to_json(&(
            id,
            (to_json(&row.settings), to_json(&row.certificates)),
            beside,
        ));
        Self(seal::hash(&all.to_string()).as_str().to_owned())
    }

    /// The word as a page or a request brings it back. Whatever else stands there is the word for nothing.
    pub fn read(written: &str) -> Self {
        Self(written.to_owned())
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Refuses to go on when somebody has changed the connection or its draft since they were seen. Whoever says nothing
/// about what they have seen, as programs may, takes what is there.
pub(super) async fn check_seen(
    place: &mut OrganizationTx<'_>,
    row: &Connection,
    seen: Option<&Revision>,
) -> Result<(), Undone> {
    let draft = place.draft(&row.id).await?;
    match seen {
        Some(seen) if *seen != Revision::of(row, draft.as_ref()) => Err(edit_conflict().into()),
        Some(_) | None => Ok(()),
    }
}

/// What is written was thought out on what was read: refuses to write over whoever was faster.
pub(super) async fn check_same(
    place: &mut OrganizationTx<'_>,
    read: &Connection,
) -> Result<(), Undone> {
    place.lock_connection(&read.id).await?;
    if place.connection(&read.id).await?.as_ref() == Some(read) {
        return Ok(());
    }
    Err(edit_conflict().into())
}

/// The connection was changed since the revision that the requester has read.
pub fn edit_conflict() -> Problem {
    Problem::new(ProblemCode::EditConflict)
}
