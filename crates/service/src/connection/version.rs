//! The history of a connection: every set of settings through which members have signed in.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Serialize;
use serde_json::Value;
use store::{Connection, ConnectionVersion, OrganizationTx};
use utoipa::ToSchema;

use super::etag::{check_same, check_seen};
use super::{
    ConnectionInput, ConnectionView, Place, Revision, check_complete, deed, find, put, view,
};
use crate::{Actor, Listing, Undone, instant, plan, to_json};

/// Who published what had been published before anybody kept count.
const UNKNOWN: &str = "unknown";

/// Settings that were published, and so used for sign-ins.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConnectionVersion)]
pub struct VersionView {
    /// The version number, from 1.
    pub number: i64,
    /// When the version was published.
    #[schema(format = DateTime)]
    pub published_at: String,
    /// Who published the version: `cli`, or the ID of an API key, a person or a setup link.
    pub published_by: String,
    /// The settings that differ from the previous version.
    pub changed: Vec<String>,
    /// The settings of the version.
    pub settings: ConnectionInput,
}

/// The versions of a connection, newest first.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn versions(app: &App, place: Place<'_>) -> Result<Listing<VersionView>, Problem> {
    let (_, connection) = find(app, place).await?;
    let (tenant, id) = (connection.organization.clone(), connection.id.clone());
    let versions = app
        .store
        .snapshot()
        .await?
        .organization(&tenant)
        .versions(&id)
        .await?;
    let settings: Vec<ConnectionInput> = versions
        .iter()
        .map(|version| ConnectionInput::of(&at(&connection, version)))
        .collect();
    let views = versions.into_iter().enumerate().map(|(place, version)| {
        let settings_then = settings[place].clone();
        VersionView {
            number: version.number,
            published_at: instant(version.published_at),
            published_by: version.published_by,
            changed: settings
                .get(place + 1)
                .map(|before| differences(before, &settings_then))
                .unwrap_or_default(),
            settings: settings_then,
        }
    });
    Ok(Listing::whole(views.collect()))
}

/// Publishes a version again, as a new one: behind the gate of the plan. A draft that is there stays.
///
/// # Errors
///
/// When there is no connection at that place or no such version, the organization's plan does not include SAML single
/// sign-on, or somebody else has changed what was seen.
pub async fn restore(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    (number, seen): (i64, Option<Revision>),
) -> Result<ConnectionView, Problem> {
    let (organization, before) = find(app, place).await?;
    plan::check_sso(&app.config.plans, &organization)?;
    let after = then(app, &before, number).await?;
    check_complete(&after)?;
    let shown = view::view(app, &organization, &after);
    let shown_before = to_json(&view::view(app, &organization, &before));
    let event = deed(actor, &after, "connection.restore").event(
        app,
        Some(shown_before),
        Some(to_json(&shown)),
    );
    let (now, by) = (app.clock.now(), actor.to_string());
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&after.organization);
            check_same(&mut place, &before).await?;
            check_seen(&mut place, &before, seen.as_ref()).await?;
            put(&mut place, &after).await?;
            record_version(&mut place, (&before, &after), now, &by).await?;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(shown)
}

/// Writes down that members sign in with other settings from now on; and with which they did, where that was before
/// anybody kept count.
pub(super) async fn record_version(
    place: &mut OrganizationTx<'_>,
    (before, after): (&Connection, &Connection),
    now: Timestamp,
    by: &str,
) -> Result<(), Undone> {
    if let Some(since) = before.lifecycle.activated_at
        && place.versions(&before.id).await?.is_empty()
    {
        place.add_version(before, since, UNKNOWN).await?;
    }
    place.add_version(after, now, by).await?;
    Ok(())
}

/// The connection as a version has it.
pub(super) async fn then(
    app: &App,
    connection: &Connection,
    number: i64,
) -> Result<Connection, Problem> {
    let (tenant, id) = (connection.organization.clone(), connection.id.clone());
    let version = app
        .store
        .snapshot()
        .await?
        .organization(&tenant)
        .version(&id, number)
        .await?;
    let version = version.ok_or_else(|| Problem::not_found("version", &number.to_string()))?;
    Ok(at(connection, &version))
}

/// The connection with the settings of a version, which nobody has tested since.
fn at(connection: &Connection, version: &ConnectionVersion) -> Connection {
    let mut then = connection.clone();
    then.settings = version.settings.clone();
    then.certificates = version.certificates.clone();
    then.lifecycle.tested_at = None;
    then
}

fn differences(before: &ConnectionInput, after: &ConnectionInput) -> Vec<String> {
    let (Value::Object(before), Value::Object(after)) = (to_json(before), to_json(after)) else {
        return Vec::new();
    };
    let mut names: Vec<String> = after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, _)| name.clone())
        .collect();
    names.sort();
    names
}
