//! Gives a connection another name.

use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;

use super::{ConnectionRef, load_working_copy, update, update_working_copy};
use crate::Actor;
use crate::json::Patch;

/// Renames a connection at once, also when it is in use, and its draft: a name changes no sign-in.
///
/// # Errors
///
/// When the name is empty or too long, or the connection was changed at the same time.
pub async fn rename(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    name: &str,
) -> Result<(), Problem> {
    let change = || Patch::new(json!({ "name": name }));
    let has_draft = load_working_copy(app, connection_ref)
        .await?
        .draft
        .is_some();
    update(app, actor, connection_ref, change()).await?;
    if has_draft {
        update_working_copy(app, actor, connection_ref, change()).await?;
    }
    Ok(())
}
