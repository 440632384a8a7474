//! Entity tags: a request to publish or activate applies only to the settings that its sender has read.

use std::fmt;

use runtime::problem::{Problem, ProblemCode};
use runtime::seal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Connection, ConnectionDraft, OrganizationTx};
use utoipa::ToSchema;

use crate::{TxError, to_json};

/// Identifies a state of settings. That of a connection is a hash over the ID, the settings and the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct ETag(String);

impl ETag {
    /// The tag of the stored settings. `tested_at` does not change it.
    pub(super) fn from_stored(connection: &Connection, draft: Option<&ConnectionDraft>) -> Self {
        let draft = draft.map(|draft| (to_json(&draft.settings), to_json(&draft.certificates)));
        let all = to_json(&(
            connection.id.as_str(),
            (
                to_json(&connection.settings),
                to_json(&connection.certificates),
            ),
            draft,
        ));
        Self::of(&all)
    }

    /// The tag of what this JSON says.
    pub(crate) fn of(state: &Value) -> Self {
        Self(seal::hash(&state.to_string()).as_str().to_owned())
    }

    /// The tag that a form or a request sends back. An invalid text matches no state.
    pub fn from_request(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A hash of the settings that a test sign-in of this connection tests: all but the name.
pub fn tested_settings(connection: &Connection) -> String {
    let mut settings = connection.settings.clone();
    settings.name.clear();
    let all = to_json(&(
        connection.id.as_str(),
        to_json(&settings),
        to_json(&connection.certificates),
    ));
    seal::hash(&all.to_string()).as_str().to_owned()
}

/// Fails with `edit-conflict` when the connection or its draft has another tag. Without a tag, which API clients may
/// omit, every state is accepted.
pub(crate) async fn check_if_match(
    org_tx: &mut OrganizationTx<'_>,
    connection: &Connection,
    if_match: Option<&ETag>,
) -> Result<(), TxError> {
    let draft = org_tx.draft(&connection.id).await?;
    match if_match {
        Some(etag) if *etag != ETag::from_stored(connection, draft.as_ref()) => {
            Err(edit_conflict().into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Locks the connection, and fails with `edit-conflict` when another request has changed it since it was read.
pub(super) async fn check_unchanged(
    org_tx: &mut OrganizationTx<'_>,
    expected: &Connection,
) -> Result<(), TxError> {
    org_tx.lock_connection(&expected.id).await?;
    if org_tx.connection(&expected.id).await?.as_ref() == Some(expected) {
        return Ok(());
    }
    Err(edit_conflict().into())
}

pub fn edit_conflict() -> Problem {
    Problem::new(ProblemCode::EditConflict)
}
