//! Gives a connection another name.

use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use store::ConnectionState;

use super::working_copy::draft_entry;
use super::{
    Change, ConnectionRef, apply_change, audit, load_working_copy, record_version, save, view,
};
use crate::json::Patch;
use crate::{Actor, TxError, to_json};

/// Renames a connection immediately, also when it is in use, and its draft: a name changes no sign-in.
///
/// # Errors
///
/// When the name is empty or too long, or the connection or its draft was changed at the same time. Nothing is renamed
/// then.
pub async fn rename(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    name: &str,
) -> Result<(), Problem> {
    let before = load_working_copy(app, connection_ref).await?;
    let change = Patch::new(json!({ "name": name }));
    let Change { after, .. } = apply_change(app, &before.stored, change).await?;
    let name = &after.settings.name;
    let now = app.clock.now();
    let mut entries = Vec::new();
    let show = |connection| to_json(&view::view(app, &before.organization, connection));
    if before.stored.settings.name != *name {
        let entry = audit(actor, &after, "connection.updated");
        entries.push(entry.entry(app, Some(show(&before.stored)), Some(show(&after))));
    }
    let mut draft = before.draft.clone();
    if let Some(draft) = &mut draft
        && draft.settings.name != *name
    {
        let mut renamed = before.connection.clone();
        renamed.settings.name.clone_from(name);
        let action = "connection.draft_updated";
        entries.push(draft_entry(app, actor, &before, action, show(&renamed)));
        draft.settings.name.clone_from(name);
        draft.updated_at = now;
        draft.updated_by = actor.to_string();
    }
    if entries.is_empty() {
        return Ok(());
    }
    let by = actor.to_string();
    let renamed = app.store.write(async move |tx| {
        let mut org_tx = tx.organization(&before.organization.id);
        before.check_unchanged(&mut org_tx).await?;
        if after != before.stored {
            save(&mut org_tx, &after).await?;
            if after.state() == ConnectionState::Active {
                record_version(&mut org_tx, &before.stored, &after, now, &by).await?;
            }
        }
        if let Some(draft) = &draft {
            org_tx.upsert_draft(draft).await?;
        }
        for entry in &entries {
            tx.add_audit_entry(entry).await?;
        }
        Ok::<_, TxError>(())
    });
    renamed.await.map_err(Problem::from)
}
