//! The key pairs of a connection, and their rotation.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Connection, ConnectionId, ConnectionKey, KeyPurpose, OrganizationTx, StoreError};
use utoipa::ToSchema;

use super::view::{CertificateView, certificate_view, parse_certificate};
use super::{ConnectionRef, audit, find};
use crate::{Actor, Listing, TxError, instant, schema};

/// How long the next key pairs are published before they are used, unless the caller chooses another time.
const LEAD_DAYS: i64 = 30;
/// How long a key pair stays published and decrypts after its successor is in use: an identity provider may still have
/// its certificate.
const OVERLAP: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How many connections one run of [`rotate_due`] handles. Generating a key pair takes up to some 100 ms.
const DUE_BATCH: u32 = 20;

/// A key pair of a connection.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConnectionKey)]
pub struct ConnectionKeyView {
    /// The ID of the key pair.
    pub id: String,
    #[schema(schema_with = schema::key_purpose)]
    pub purpose: KeyPurpose,
    /// `next` while the certificate is published but not used yet, then `current`, then `previous` while it is still
    /// published, then `retired`.
    #[schema(example = "current")]
    pub state: &'static str,
    /// The self-signed certificate that the connection's metadata contains.
    pub certificate: Option<CertificateView>,
    /// The certificate as PEM, to upload at an identity provider that does not read metadata.
    pub certificate_pem: String,
    /// When the key pair was created and published.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The key pair is used from here on.
    #[schema(format = DateTime)]
    pub used_from: String,
    /// The certificate is no longer published from here on, and the key no longer decrypts.
    #[schema(format = DateTime)]
    pub retired_at: Option<String>,
}

/// When the next key pairs are used.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
pub struct ConnectionKeyRotation {
    /// In how many days the next key pairs are used; 0 uses them now. Until then, the identity provider needs the new
    /// metadata, if it verifies the signatures of requests or encrypts assertions. Default: 30.
    #[schema(minimum = 0, maximum = 365)]
    #[serde(default)]
    pub days: Option<i64>,
}

/// Lists the key pairs of a connection by purpose, oldest first.
pub async fn keys(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<Listing<ConnectionKeyView>, Problem> {
    let (_, connection) = find(app, connection_ref).await?;
    // The first key pairs exist from here on.
    app.keys.connection(&connection).await?;
    let mut snapshot = app.store.snapshot().await?;
    let mut org_tx = snapshot.organization(&connection.organization);
    let stored = org_tx.connection_keys(&connection.id).await?;
    Ok(listing(&stored, app.clock.now()))
}

/// Creates and publishes the next key pairs, or changes when those that are published already are used.
pub async fn rotate_keys(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    rotation: ConnectionKeyRotation,
) -> Result<Listing<ConnectionKeyView>, Problem> {
    let (_, connection) = find(app, connection_ref).await?;
    let rotation = Rotation {
        days: rotation.days.unwrap_or(LEAD_DAYS),
        only_if_used_before: None,
    };
    rotate(app, actor, connection, rotation).await
}

/// Publishes the next key pairs of connections where the configured lifetime of the current ones ends within the time
/// that the next ones are published before.
pub async fn rotate_due(app: &App) -> Result<(), Problem> {
    let days = i64::from(app.config.connection_key_days);
    if days == 0 {
        return Ok(());
    }
    let lifetime = SignedDuration::from_hours(24 * days);
    let lead = SignedDuration::from_hours(24 * LEAD_DAYS);
    let used_before = app.clock.now() + lead - lifetime;
    let mut snapshot = app.store.snapshot().await?;
    let due = snapshot
        .connections_with_keys_before(used_before, DUE_BATCH)
        .await?;
    drop(snapshot);
    let mut result = Ok(());
    for id in due {
        // One connection that fails does not stop the others.
        if let Err(problem) = rotate_if_due(app, &id, used_before).await {
            tracing::error!(connection = id.as_str(), error = %problem.detail, "rotating keys failed");
            result = Err(problem);
        }
    }
    result
}

async fn rotate_if_due(
    app: &App,
    id: &ConnectionId,
    used_before: Timestamp,
) -> Result<(), Problem> {
    let (_, connection) = find(app, ConnectionRef::ById(id.as_str())).await?;
    let rotation = Rotation {
        days: LEAD_DAYS,
        only_if_used_before: Some(used_before),
    };
    rotate(app, &Actor::Server, connection, rotation).await?;
    Ok(())
}

struct Rotation {
    days: i64,
    /// Changes nothing when the newest signing key is used since a later time: another node has rotated the keys.
    only_if_used_before: Option<Timestamp>,
}

async fn rotate(
    app: &App,
    actor: &Actor,
    connection: Connection,
    rotation: Rotation,
) -> Result<Listing<ConnectionKeyView>, Problem> {
    let Rotation {
        days,
        only_if_used_before,
    } = rotation;
    app.keys.connection(&connection).await?;
    let now = app.clock.now();
    let used_from = now + SignedDuration::from_hours(24 * days);
    let new = [
        app.keys
            .new_connection_key(&connection, KeyPurpose::Signing, now, used_from)
            .await?,
        app.keys
            .new_connection_key(&connection, KeyPurpose::Decryption, now, used_from)
            .await?,
    ];
    let after = json!({"used_from": instant(used_from)});
    let entry = audit(actor, &connection, "connection.keys_rotated").entry(app, None, Some(after));
    let target = connection.clone();
    let stored = app
        .store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&target.organization);
            org_tx.lock_connection(&target.id).await?;
            let before = org_tx.connection_keys(&target.id).await?;
            if only_if_used_before.is_some_and(|limit| !is_due(&before, limit)) {
                return Ok(before);
            }
            for key in &new {
                replace(&mut org_tx, key, used_from, now).await?;
            }
            let stored = org_tx.connection_keys(&target.id).await?;
            tx.add_audit_entry(&entry).await?;
            Ok::<_, TxError>(stored)
        })
        .await?;
    app.keys.forget_connection(&connection.id);
    Ok(listing(&stored, now))
}

/// Adds the next key pair of a purpose unless there is one, and sets when it is used.
async fn replace(
    org_tx: &mut OrganizationTx<'_>,
    new: &ConnectionKey,
    used_from: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let stored = org_tx.connection_keys(&new.connection).await?;
    let of_purpose = || stored.iter().filter(|key| key.purpose == new.purpose);
    match of_purpose().find(|key| is_next(key, now)) {
        Some(next) => drop(org_tx.activate_connection_key(&next.id, used_from).await?),
        None => org_tx.add_connection_key(new).await?,
    }
    if let Some(current) = current(&stored, new.purpose, now) {
        let retired_at = used_from + OVERLAP;
        org_tx
            .retire_connection_key(&current.id, retired_at)
            .await?;
    }
    Ok(())
}

fn is_due(stored: &[ConnectionKey], used_before: Timestamp) -> bool {
    let signing = stored
        .iter()
        .filter(|key| key.purpose == KeyPurpose::Signing);
    let newest = signing.map(|key| key.active_from.unwrap_or(key.created_at));
    newest.max().is_some_and(|from| from <= used_before)
}

/// The key pair that is in use.
fn current(
    stored: &[ConnectionKey],
    purpose: KeyPurpose,
    now: Timestamp,
) -> Option<&ConnectionKey> {
    stored
        .iter()
        .filter(|key| key.purpose == purpose && !is_next(key, now) && !is_retired(key, now))
        // A successor may be used from the same second on.
        .max_by_key(|key| (key.active_from, key.retired_at.is_none()))
}

fn is_next(key: &ConnectionKey, now: Timestamp) -> bool {
    key.active_from.is_none_or(|from| from > now)
}

fn is_retired(key: &ConnectionKey, now: Timestamp) -> bool {
    key.retired_at.is_some_and(|at| at <= now)
}

fn listing(stored: &[ConnectionKey], now: Timestamp) -> Listing<ConnectionKeyView> {
    let mut sorted: Vec<_> = stored.iter().collect();
    sorted.sort_by_key(|key| (key.purpose.as_str(), key.active_from));
    Listing::whole(sorted.iter().map(|key| view(key, stored, now)).collect())
}

fn view(key: &ConnectionKey, all: &[ConnectionKey], now: Timestamp) -> ConnectionKeyView {
    let current = current(all, key.purpose, now);
    let state = if is_retired(key, now) {
        "retired"
    } else if is_next(key, now) {
        "next"
    } else if current.is_some_and(|current| current.id == key.id) {
        "current"
    } else {
        "previous"
    };
    let certificate = parse_certificate(&key.certificate);
    ConnectionKeyView {
        id: key.id.to_string(),
        purpose: key.purpose,
        state,
        certificate: certificate.as_ref().map(certificate_view),
        certificate_pem: pem(&key.certificate),
        created_at: instant(key.created_at),
        used_from: instant(key.active_from.unwrap_or(key.created_at)),
        retired_at: key.retired_at.map(instant),
    }
}

/// RFC 7468 3: lines of 64 characters.
fn pem(der_base64: &str) -> String {
    let lines: Vec<&str> = der_base64
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    )
}
