//! The published versions of a connection's settings.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Serialize;
use serde_json::Value;
use store::{Connection, ConnectionVersion, OrganizationTx};
use utoipa::ToSchema;

use super::etag::{check_if_match, check_unchanged};
use super::{
    ConnectionInput, ConnectionRef, ConnectionView, ETag, audit, check_complete, find, save,
    start_forced_authentication, view,
};
use crate::{Actor, Listing, TxError, instant, plan, to_json};

/// The publisher of a version from before versions were recorded.
const UNKNOWN_PUBLISHER: &str = "unknown";

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
pub async fn versions(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<Listing<VersionView>, Problem> {
    let (_, connection) = find(app, connection_ref).await?;
    let versions = app
        .store
        .snapshot()
        .await?
        .organization(&connection.organization)
        .versions(&connection.id)
        .await?;
    let settings: Vec<ConnectionInput> = versions
        .iter()
        .map(|version| ConnectionInput::from_connection(&with_version(&connection, version)))
        .collect();
    let views = versions.into_iter().enumerate().map(|(index, version)| {
        let version_settings = settings[index].clone();
        VersionView {
            number: version.number,
            published_at: instant(version.published_at),
            published_by: version.published_by,
            changed: settings
                .get(index + 1)
                .map(|previous| changed_fields(previous, &version_settings))
                .unwrap_or_default(),
            settings: version_settings,
        }
    });
    Ok(Listing::whole(views.collect()))
}

/// Publishes the settings of a version again, as a new version. A draft stays.
///
/// # Errors
///
/// When the version does not exist or is incomplete, the organization's plan does not include SAML single sign-on, or
/// the connection was changed since the caller read the revision.
pub async fn restore(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    number: i64,
    if_match: Option<ETag>,
) -> Result<ConnectionView, Problem> {
    let (organization, before) = find(app, connection_ref).await?;
    plan::check_sso(&app.config.plans, &organization)?;
    let mut after = load_version(app, &before, number).await?;
    check_complete(&after)?;
    let now = app.clock.now();
    start_forced_authentication(&before, &mut after, now);
    let view = view::view(app, &organization, &after);
    let shown_before = to_json(&view::view(app, &organization, &before));
    let entry = audit(actor, &after, "connection.version_restored").entry(
        app,
        Some(shown_before),
        Some(to_json(&view)),
    );
    let by = actor.to_string();
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&after.organization);
            check_unchanged(&mut org_tx, &before).await?;
            check_if_match(&mut org_tx, &before, if_match.as_ref()).await?;
            save(&mut org_tx, &after).await?;
            record_version(&mut org_tx, &before, &after, now, &by).await?;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(view)
}

/// Records the new published settings. Also records the previous ones if the connection was active before versions were
/// recorded.
pub(super) async fn record_version(
    org_tx: &mut OrganizationTx<'_>,
    before: &Connection,
    after: &Connection,
    now: Timestamp,
    by: &str,
) -> Result<(), TxError> {
    if let Some(since) = before.lifecycle.activated_at
        && org_tx.versions(&before.id).await?.is_empty()
    {
        org_tx.add_version(before, since, UNKNOWN_PUBLISHER).await?;
    }
    org_tx.add_version(after, now, by).await?;
    Ok(())
}

/// The connection with the settings of a version.
pub(super) async fn load_version(
    app: &App,
    connection: &Connection,
    number: i64,
) -> Result<Connection, Problem> {
    let version = app
        .store
        .snapshot()
        .await?
        .organization(&connection.organization)
        .version(&connection.id, number)
        .await?;
    let version = version.ok_or_else(|| Problem::not_found("version", &number.to_string()))?;
    Ok(with_version(connection, &version))
}

/// The connection with the settings of a version, as untested.
fn with_version(connection: &Connection, version: &ConnectionVersion) -> Connection {
    let mut connection = connection.clone();
    connection.settings = version.settings.clone();
    connection.certificates = version.certificates.clone();
    connection.lifecycle.tested_at = None;
    connection
}

fn changed_fields(before: &ConnectionInput, after: &ConnectionInput) -> Vec<String> {
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
