//! The working copy of a connection: what is being changed, apart from what members sign in with meanwhile.
//!
//! A connection through which nobody has ever signed in is changed in place. Any other gets a draft beside it, which
//! [`publish`] puts in its place.

use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Serialize;
use serde_json::Value;
use store::{AuditEntry, Connection, ConnectionDraft, Organization, OrganizationTx};
use utoipa::ToSchema;

use super::etag::{check_same, check_seen, edit_conflict};
use super::{
    ConnectionView, Place, Revision, changed, check_complete, deed, find, put, record_version,
    setup_link_policy, view,
};
use crate::json::Patch;
use crate::{Actor, Undone, instant, plan, to_json};

/// A connection as it is being worked on.
#[derive(Clone, Debug)]
pub struct Working {
    /// Its organization.
    pub organization: Organization,
    /// The connection, with the settings of its draft when there is one.
    pub connection: Connection,
    /// The draft beside it.
    pub draft: Option<ConnectionDraft>,
    pub(super) row: Connection,
}

/// A connection with the settings of its draft, if it has one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WorkingCopy)]
pub struct WorkingView {
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
    pub revision: Revision,
}

impl Working {
    /// Whether members have ever signed in through the connection, so that it is not changed under their hands.
    fn is_in_use(&self) -> bool {
        self.row.lifecycle.activated_at.is_some()
    }

    /// The word for what is seen by whoever looks at it.
    pub fn revision(&self) -> Revision {
        Revision::of(&self.row, self.draft.as_ref())
    }

    fn view(&self, app: &App) -> WorkingView {
        let draft = self.draft.as_ref();
        WorkingView {
            connection: view::view(app, &self.organization, &self.connection),
            is_draft: draft.is_some(),
            updated_at: draft.map(|draft| instant(draft.updated_at)),
            updated_by: draft.map(|draft| draft.updated_by.clone()),
            revision: self.revision(),
        }
    }
}

/// The working copy: the draft's settings over the connection when there is a draft, and else the connection.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn working(app: &App, place: Place<'_>) -> Result<Working, Problem> {
    let (organization, row) = find(app, place).await?;
    let (tenant, id) = (organization.id.clone(), row.id.clone());
    let draft = app
        .store
        .snapshot()
        .await?
        .organization(&tenant)
        .draft(&id)
        .await?;
    let connection = match draft.clone() {
        Some(draft) => draft.apply_to(row.clone()),
        None => row.clone(),
    };
    Ok(Working {
        organization,
        connection,
        draft,
        row,
    })
}

/// Shows the working copy.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn show_working(app: &App, place: Place<'_>) -> Result<WorkingView, Problem> {
    Ok(working(app, place).await?.view(app))
}

/// Changes the working copy; what was tested with other settings has to be tested again.
///
/// # Errors
///
/// When there is no connection at that place, something is not as it must be, whoever came by a setup link may not write
/// it, or somebody else has changed it at the same moment.
pub async fn revise(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    change: Patch,
) -> Result<WorkingView, Problem> {
    let before = working(app, place).await?;
    let (after, warnings) = changed(app, &before.connection, change).await?;
    setup_link_policy::check(actor, &before.connection.settings, &after.settings)?;
    let mut now = before.clone();
    now.connection = after;
    if before.is_in_use() {
        now.draft = Some(ConnectionDraft {
            connection: now.connection.id.clone(),
            settings: now.connection.settings.clone(),
            certificates: now.connection.certificates.clone(),
            tested_at: now.connection.lifecycle.tested_at,
            updated_at: app.clock.now(),
            updated_by: actor.to_string(),
        });
    }
    let action = if before.is_in_use() {
        "connection.draft.update"
    } else {
        "connection.update"
    };
    let mut shown = now.view(app);
    let event = event(
        app,
        actor,
        (&before, action),
        Some(to_json(&shown.connection)),
    );
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&before.organization.id);
            check_unchanged(&mut place, &before).await?;
            match &now.draft {
                Some(draft) => drop(place.upsert_draft(draft).await?),
                None => put(&mut place, &now.connection).await?,
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    shown.connection.warnings.extend(warnings);
    Ok(shown)
}

/// What the working copy would be after a change. Nothing is written.
///
/// # Errors
///
/// As [`revise`].
pub(super) async fn would_be(
    app: &App,
    before: &Working,
    change: Patch,
) -> Result<ConnectionView, Problem> {
    let (after, warnings) = changed(app, &before.connection, change).await?;
    let mut shown = view::view(app, &before.organization, &after);
    shown.warnings.extend(warnings);
    Ok(shown)
}

/// Throws the draft away: the connection is as its members know it.
///
/// # Errors
///
/// When there is no connection at that place, no draft beside it, or somebody else has changed what was seen.
pub async fn discard_draft(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    seen: Option<Revision>,
) -> Result<ConnectionView, Problem> {
    let before = working(app, place).await?;
    let shown = view::view(app, &before.organization, &before.row);
    let event = event(
        app,
        actor,
        (&before, "connection.draft.discard"),
        Some(to_json(&shown)),
    );
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&before.organization.id);
            check_seen(&mut place, &before.row, seen.as_ref()).await?;
            if !place.discard_draft(&before.row.id).await? {
                return Err(no_draft().into());
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(shown)
}

/// Puts the draft in the place of the settings with which members sign in: behind the gate of the plan.
///
/// # Errors
///
/// When there is no connection at that place, no draft beside it, the draft is not complete, the organization's plan
/// does not include SAML single sign-on, or somebody else has changed what was seen.
pub async fn publish(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    seen: Option<Revision>,
) -> Result<ConnectionView, Problem> {
    let before = working(app, place).await?;
    if before.draft.is_none() {
        return Err(no_draft());
    }
    plan::check_sso(&app.config.plans, &before.organization)?;
    check_complete(&before.connection)?;
    let shown = view::view(app, &before.organization, &before.connection);
    let event = deed(actor, &before.row, "connection.publish").event(
        app,
        Some(to_json(&view::view(app, &before.organization, &before.row))),
        Some(to_json(&shown)),
    );
    let (now, by) = (app.clock.now(), actor.to_string());
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&before.organization.id);
            check_unchanged(&mut place, &before).await?;
            check_seen(&mut place, &before.row, seen.as_ref()).await?;
            put(&mut place, &before.connection).await?;
            place.discard_draft(&before.row.id).await?;
            record_version(&mut place, (&before.row, &before.connection), now, &by).await?;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(shown)
}

/// What is written was thought out on what was read: whoever was faster is not written over.
async fn check_unchanged(place: &mut OrganizationTx<'_>, read: &Working) -> Result<(), Undone> {
    check_same(place, &read.row).await?;
    if place.draft(&read.row.id).await? == read.draft {
        return Ok(());
    }
    Err(edit_conflict().into())
}

fn event(
    app: &App,
    actor: &Actor,
    (before, action): (&Working, &'static str),
    after: Option<Value>,
) -> AuditEntry {
    let shown = view::view(app, &before.organization, &before.connection);
    deed(actor, &before.row, action).event(app, Some(to_json(&shown)), after)
}

fn no_draft() -> Problem {
    Problem::new(ProblemCode::NoDraft)
}
