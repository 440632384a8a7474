//! Connections: an organization's links to identity providers.

pub mod acs_address;
mod diff;
mod etag;
mod idp_config;
mod idp_import;
mod impact;
mod metadata;
mod secret_scan;
mod settings;
mod setup_link_policy;
mod setup_progress;
mod version;
mod view;
mod warning;
mod working_copy;

pub use acs_address::{acs_url, metadata_url};
pub use diff::{Difference, Line, draft_differences, version_differences};
pub use etag::{Revision, edit_conflict};
use etag::{check_same, check_seen};
use idp_config::ProviderSide;
pub use idp_config::metadata_fault;
pub use idp_import::{Endpoint, Fault, Given, Reading, Understood, keep, read};
pub use impact::{Effect, effect};
use jiff::Timestamp;
pub use metadata::metadata;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::random;
use serde_json::Value;
pub use settings::{AttributeSettings, ConnectionInput, MOST_RULES, RoleRuleSettings};
pub use setup_progress::{Card, mark, note_metadata_source, setup};
use store::{
    AuditEntry, Connection, ConnectionId, ConnectionLifecycle, ConnectionState, Organization,
    OrganizationTx,
};
use version::record_version;
pub use version::{VersionView, restore, versions};
pub(super) use view::ENDS_SOON;
pub use view::{CertificateView, ConnectionView, entity_id};
pub use warning::Warning;
pub use working_copy::{
    Working, WorkingView, discard_draft, publish, revise, show_working, working,
};

use super::audit_log::Deed;
use super::{Actor, Listing, Undone, organization, plan};
use crate::json::Patch;
use crate::{json, to_json};

/// Where a connection is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    /// Among those of one organization, by its id or slug; the others are not there.
    In(&'p str, &'p str),
    /// Among all: for the operator's own shell.
    Anywhere(&'p str),
}

/// Makes a connection, still a draft. It has its addresses and keys from the first moment, so that the identity provider
/// can be told them before it is known itself.
///
/// # Errors
///
/// When the identity provider's side cannot be read, or something else is not as it must be.
pub async fn create(
    app: &App,
    actor: &Actor,
    named: &str,
    settings: ConnectionInput,
) -> Result<ConnectionView, Problem> {
    json::validate(&settings)?;
    let organization = organization::find(app, named).await?;
    let now = app.clock.now();
    secret_scan::check(app, &settings)?;
    let side = ProviderSide::read(app, &settings, None).await?;
    let connection = Connection {
        id: ConnectionId::from_random(random::bytes()),
        organization: organization.id.clone(),
        settings: settings.resolve(app, &side, None)?,
        certificates: side.certificates(),
        lifecycle: ConnectionLifecycle {
            created_at: now,
            tested_at: None,
            activated_at: None,
            disabled_at: None,
        },
    };
    let mut shown = view::view(app, &organization, &connection);
    let event =
        deed(actor, &connection, "connection.create").event(app, None, Some(to_json(&shown)));
    app.store
        .write(async move |tx| {
            tx.organization(&connection.organization)
                .add_connection(&connection)
                .await??;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    shown.warnings.extend(side.into_warnings());
    Ok(shown)
}

/// The connections of an organization, oldest first.
///
/// # Errors
///
/// When there is no such organization.
pub async fn list(app: &App, named: &str) -> Result<Listing<ConnectionView>, Problem> {
    let organization = organization::find(app, named).await?;
    let id = organization.id.clone();
    let connections = app
        .store
        .snapshot()
        .await?
        .organization(&id)
        .connections()
        .await?;
    Ok(Listing::whole(
        connections
            .iter()
            .map(|one| view::view(app, &organization, one))
            .collect(),
    ))
}

/// One connection.
///
/// # Errors
///
/// When there is none at that place.
pub async fn show(app: &App, place: Place<'_>) -> Result<ConnectionView, Problem> {
    let (organization, connection) = find(app, place).await?;
    Ok(view::view(app, &organization, &connection))
}

/// Changes a connection at once. Metadata in the change replaces the identity provider's whole side.
///
/// # Errors
///
/// When there is none at that place, something is not as it must be, or somebody else has changed it at the same moment.
pub async fn update(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    change: Patch,
) -> Result<ConnectionView, Problem> {
    let (organization, before) = find(app, place).await?;
    let (after, warnings) = changed(app, &before, change).await?;
    let mut shown = view::view(app, &organization, &after);
    let shown_before = to_json(&view::view(app, &organization, &before));
    let event = deed(actor, &after, "connection.update").event(
        app,
        Some(shown_before),
        Some(to_json(&shown)),
    );
    let (now, by) = (app.clock.now(), actor.to_string());
    app.store
        .write(async move |tx| {
            let mut organization = tx.organization(&after.organization);
            check_same(&mut organization, &before).await?;
            put(&mut organization, &after).await?;
            if after.state() == ConnectionState::Active {
                record_version(&mut organization, (&before, &after), now, &by).await?;
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    shown.warnings.extend(warnings);
    Ok(shown)
}

/// The connection as a change leaves it, and what should be known about what was given. What has been tested is no
/// longer tested when anything changes but its name.
async fn changed(
    app: &App,
    before: &Connection,
    change: Patch,
) -> Result<(Connection, Vec<Warning>), Problem> {
    let mut there = to_json(&ConnectionInput::of(before));
    if let (true, Value::Object(there)) = (change.sets("metadata_xml"), &mut there) {
        for field in ["issuer", "sign_on_url", "sign_on_binding", "certificates"] {
            there.remove(field);
        }
    }
    let settings: ConnectionInput = change.apply_to(there)?;
    secret_scan::check(app, &settings)?;
    let side = ProviderSide::read(app, &settings, Some(before)).await?;
    let mut after = before.clone();
    after.settings = settings.resolve(app, &side, Some(&before.settings))?;
    after.certificates = side.certificates();
    if before.is_complete() {
        check_complete(&after)?;
    }
    let mut renamed = before.clone();
    renamed.settings.name.clone_from(&after.settings.name);
    if renamed != after {
        after.lifecycle.tested_at = None;
    }
    Ok((after, side.into_warnings()))
}

/// Writes the settings and certificates of a connection, and since when they are tested.
async fn put(place: &mut OrganizationTx<'_>, connection: &Connection) -> Result<(), Undone> {
    let Connection {
        id,
        settings,
        certificates,
        ..
    } = connection;
    if !place.update_connection(id, settings).await?? {
        return Err(Problem::not_found("connection", id.as_str()).into());
    }
    place.replace_certificates(id, certificates).await?;
    place.set_tested(id, connection.lifecycle.tested_at).await?;
    Ok(())
}

/// Lets members sign in through a connection: behind the gate of the plan.
///
/// # Errors
///
/// When there is none at that place, the identity provider's side is not complete, the organization's plan does not
/// include SAML single sign-on, or somebody else has changed what was seen.
pub async fn activate(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    seen: Option<Revision>,
) -> Result<ConnectionView, Problem> {
    let (organization, mut connection) = find(app, place).await?;
    plan::check_sso(&app.config.plans, &organization)?;
    check_complete(&connection)?;
    let now = app.clock.now();
    connection.lifecycle.activated_at = Some(now);
    connection.lifecycle.disabled_at = None;
    let shown = view::view(app, &organization, &connection);
    let event = deed(actor, &connection, "connection.activate").event(app, None, None);
    let (plans, by) = (app.config.clone(), actor.to_string());
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&connection.organization);
            // The plan as it is now: it may have been lowered since it was read.
            let organization = place.read().await?;
            let gone = || Problem::not_found("connection", connection.id.as_str());
            plan::check_sso(&plans.plans, &organization.ok_or_else(gone)?)?;
            place.lock_connection(&connection.id).await?;
            let there = place.connection(&connection.id).await?.ok_or_else(gone)?;
            check_seen(&mut place, &there, seen.as_ref()).await?;
            check_complete(&there)?;
            place.activate(&connection.id, now).await?;
            place.add_version(&there, now, &by).await?;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(shown)
}

/// Refuses a connection through which nobody could sign in.
pub fn check_complete(connection: &Connection) -> Result<(), Problem> {
    let missing = connection.missing();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::with_detail(
        ProblemCode::ConnectionIncomplete,
        format!(
            "the identity provider's configuration is not complete: set {}, or metadata_xml, which has all of them",
            missing.join(", ")
        ),
    ))
}

/// Stops a connection: nobody signs in through it any more.
///
/// # Errors
///
/// When there is none at that place.
pub async fn disable(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
) -> Result<ConnectionView, Problem> {
    let (organization, mut connection) = find(app, place).await?;
    let now = app.clock.now();
    connection.lifecycle.disabled_at = Some(connection.lifecycle.disabled_at.unwrap_or(now));
    let shown = view::view(app, &organization, &connection);
    let event = deed(actor, &connection, "connection.disable").event(app, None, None);
    change_state(app, connection, event, now).await?;
    Ok(shown)
}

async fn change_state(
    app: &App,
    connection: Connection,
    event: AuditEntry,
    now: Timestamp,
) -> Result<(), Problem> {
    app.store
        .write(async move |tx| {
            tx.organization(&connection.organization)
                .disable(&connection.id, now)
                .await?;
            tx.add_audit_entry(&event).await
        })
        .await
        .map_err(Problem::from)
}

/// Deletes a connection. Its attempts stay.
///
/// # Errors
///
/// When there is none at that place.
pub async fn delete(app: &App, actor: &Actor, place: Place<'_>) -> Result<(), Problem> {
    let (organization, connection) = find(app, place).await?;
    let before = to_json(&view::view(app, &organization, &connection));
    let event = deed(actor, &connection, "connection.delete").event(app, Some(before), None);
    app.store
        .write(async move |tx| {
            tx.organization(&connection.organization)
                .delete_connection(&connection.id)
                .await?;
            tx.add_audit_entry(&event).await
        })
        .await?;
    Ok(())
}

/// Finds a connection and its organization.
///
/// # Errors
///
/// When there is none at that place.
pub async fn find(app: &App, place: Place<'_>) -> Result<(Organization, Connection), Problem> {
    let (Place::In(_, written) | Place::Anywhere(written)) = place;
    let unknown = || Problem::not_found("connection", written);
    let organization = match place {
        Place::In(named, _) => Some(organization::find(app, named).await?),
        Place::Anywhere(_) => None,
    };
    let id = ConnectionId::parse(written).map_err(|_| unknown())?;
    let mut tx = app.store.snapshot().await?;
    let connection = match &organization {
        Some(organization) => tx.organization(&organization.id).connection(&id).await?,
        None => tx.connection(&id).await?,
    };
    let connection = connection.ok_or_else(unknown)?;
    let organization = tx.organization(&connection.organization).read().await?;
    Ok((organization.ok_or_else(unknown)?, connection))
}

fn deed<'d>(actor: &'d Actor, connection: &'d Connection, action: &'static str) -> Deed<'d> {
    Deed {
        actor,
        organization: Some(&connection.organization),
        action,
        subject: connection.id.as_str(),
    }
}
