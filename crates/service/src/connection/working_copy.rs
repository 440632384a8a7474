//! The working copy of a connection: the settings that an administrator edits, separate from the published settings.
//!
//! A connection that was never active is changed directly. Any other gets a draft, which [`publish`] makes effective.

use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Serialize;
use serde_json::Value;
use store::{AuditEntry, Connection, ConnectionDraft, Organization, OrganizationTx};
use utoipa::ToSchema;

use super::etag::{check_if_match, check_unchanged, edit_conflict};
use super::{
    Change, ConnectionRef, ConnectionView, ETag, apply_change, audit, check_complete, find,
    record_version, save, start_forced_authentication, view,
};
use crate::json::Patch;
use crate::{Actor, TxError, instant, plan, setup_link_policy, to_json};

/// A connection with the settings of its draft, if it has one.
#[derive(Clone, Debug)]
pub struct WorkingCopy {
    pub organization: Organization,
    /// With the settings of the draft, if there is one.
    pub connection: Connection,
    pub draft: Option<ConnectionDraft>,
    /// Without the draft.
    pub(super) stored: Connection,
}

/// A connection with the settings of its draft, if it has one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WorkingCopy)]
pub struct WorkingCopyView {
    #[serde(flatten)]
    pub connection: ConnectionView,
    /// Whether these are the settings of a draft. Members use the published settings until the draft is published.
    pub is_draft: bool,
    /// The last change of the draft.
    #[schema(format = DateTime)]
    pub updated_at: Option<String>,
    /// Who made the last change of the draft.
    pub updated_by: Option<String>,
    /// Changes with the draft and with the published settings. Send it with a request that publishes or activates: the
    /// request fails with `edit-conflict` if the settings were changed since you read them.
    #[schema(value_type = String)]
    pub revision: ETag,
}

impl WorkingCopy {
    /// Whether the connection was ever active, so that changes need a draft.
    fn needs_draft(&self) -> bool {
        self.stored.lifecycle.activated_at.is_some()
    }

    pub fn etag(&self) -> ETag {
        ETag::from_stored(&self.stored, self.draft.as_ref())
    }

    /// Fails with `edit-conflict` when another request has changed the connection or its draft.
    pub(super) async fn check_unchanged(
        &self,
        org_tx: &mut OrganizationTx<'_>,
    ) -> Result<(), TxError> {
        check_unchanged(org_tx, &self.stored).await?;
        if org_tx.draft(&self.stored.id).await? == self.draft {
            return Ok(());
        }
        Err(edit_conflict().into())
    }

    fn view(&self, app: &App) -> WorkingCopyView {
        let draft = self.draft.as_ref();
        WorkingCopyView {
            connection: view::view(app, &self.organization, &self.connection),
            is_draft: draft.is_some(),
            updated_at: draft.map(|draft| instant(draft.updated_at)),
            updated_by: draft.map(|draft| draft.updated_by.clone()),
            revision: self.etag(),
        }
    }
}

pub async fn load_working_copy(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<WorkingCopy, Problem> {
    let (organization, stored) = find(app, connection_ref).await?;
    let draft = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .draft(&stored.id)
        .await?;
    let connection = match draft.clone() {
        Some(draft) => draft.apply_to(stored.clone()),
        None => stored.clone(),
    };
    Ok(WorkingCopy {
        organization,
        connection,
        draft,
        stored,
    })
}

pub async fn show_working_copy(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<WorkingCopyView, Problem> {
    Ok(load_working_copy(app, connection_ref).await?.view(app))
}

/// Changes the working copy. A change that changes nothing is not recorded, and creates no draft. A change of anything
/// but the name resets `tested_at`.
///
/// # Errors
///
/// When the settings are invalid, a setup link does not allow the change, or the working copy was changed at the same
/// time.
pub async fn update_working_copy(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    change: Patch,
) -> Result<WorkingCopyView, Problem> {
    let before = load_working_copy(app, connection_ref).await?;
    let Change {
        after,
        warnings,
        source,
    } = apply_change(app, &before.connection, change).await?;
    if setup_link_policy::applies_to(actor) {
        setup_link_policy::check_settings(&before.connection, &after.settings)?;
    }
    if after == before.connection && source.is_none() {
        let mut view = before.view(app);
        view.connection.warnings.extend(warnings);
        return Ok(view);
    }
    let mut changed = before.clone();
    changed.connection = after;
    if before.needs_draft() {
        changed.draft = Some(ConnectionDraft {
            connection: changed.connection.id.clone(),
            settings: changed.connection.settings.clone(),
            certificates: changed.connection.certificates.clone(),
            tested_at: changed.connection.lifecycle.tested_at,
            updated_at: app.clock.now(),
            updated_by: actor.to_string(),
        });
    }
    let action = if before.needs_draft() {
        "connection.draft_updated"
    } else {
        "connection.updated"
    };
    let mut view = changed.view(app);
    let entry = draft_entry(app, actor, &before, action, to_json(&view.connection));
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&before.organization.id);
            before.check_unchanged(&mut org_tx).await?;
            match &changed.draft {
                Some(draft) => drop(org_tx.upsert_draft(draft).await?),
                None => save(&mut org_tx, &changed.connection).await?,
            }
            if let Some(source) = source {
                source.save(&mut org_tx, &changed.connection).await?;
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    view.connection.warnings.extend(warnings);
    Ok(view)
}

/// The working copy with a change applied, as [`update_working_copy`] would save it.
pub(super) async fn preview_update(
    app: &App,
    before: &WorkingCopy,
    change: Patch,
) -> Result<ConnectionView, Problem> {
    let Change {
        after, warnings, ..
    } = apply_change(app, &before.connection, change).await?;
    let mut view = view::view(app, &before.organization, &after);
    view.warnings.extend(warnings);
    Ok(view)
}

/// Deletes the draft.
///
/// # Errors
///
/// When the connection has no draft, or was changed since the caller read the revision.
pub async fn discard_draft(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    if_match: Option<ETag>,
) -> Result<ConnectionView, Problem> {
    let before = load_working_copy(app, connection_ref).await?;
    let view = view::view(app, &before.organization, &before.stored);
    let entry = draft_entry(
        app,
        actor,
        &before,
        "connection.draft_discarded",
        to_json(&view),
    );
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&before.organization.id);
            org_tx.lock_connection(&before.stored.id).await?;
            check_if_match(&mut org_tx, &before.stored, if_match.as_ref()).await?;
            if !org_tx.discard_draft(&before.stored.id).await? {
                return Err(no_draft().into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(view)
}

/// Replaces the published settings with the draft.
///
/// # Errors
///
/// When the connection has no draft or the draft is incomplete, the organization's plan does not include SAML single
/// sign-on, or the connection was changed since the caller read the revision.
pub async fn publish(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    if_match: Option<ETag>,
) -> Result<ConnectionView, Problem> {
    let mut before = load_working_copy(app, connection_ref).await?;
    if before.draft.is_none() {
        return Err(no_draft());
    }
    let now = app.clock.now();
    start_forced_authentication(&before.stored, &mut before.connection, now);
    plan::check_sso(&app.config.plans, &before.organization)?;
    check_complete(&before.connection)?;
    let view = view::view(app, &before.organization, &before.connection);
    let entry = audit(actor, &before.stored, "connection.published").entry(
        app,
        Some(to_json(&view::view(
            app,
            &before.organization,
            &before.stored,
        ))),
        Some(to_json(&view)),
    );
    let by = actor.to_string();
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&before.organization.id);
            before.check_unchanged(&mut org_tx).await?;
            check_if_match(&mut org_tx, &before.stored, if_match.as_ref()).await?;
            save(&mut org_tx, &before.connection).await?;
            org_tx.discard_draft(&before.stored.id).await?;
            record_version(&mut org_tx, &before.stored, &before.connection, now, &by).await?;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(view)
}

/// The audit entry of a change of the working copy.
pub(super) fn draft_entry(
    app: &App,
    actor: &Actor,
    before: &WorkingCopy,
    action: &'static str,
    after: Value,
) -> AuditEntry {
    let view = view::view(app, &before.organization, &before.connection);
    audit(actor, &before.stored, action).entry(app, Some(to_json(&view)), Some(after))
}

fn no_draft() -> Problem {
    Problem::new(ProblemCode::NoDraft)
}
