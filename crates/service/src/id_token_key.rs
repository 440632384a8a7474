//! The keys that sign ID tokens, and their rotation.

use jiff::{SignedDuration, Timestamp};
use oidc::KEY_LEAD_TIME;
use runtime::app::App;
use runtime::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{AuditEntry, IdTokenAlgorithm, NamedLock, ProviderKey, StoreError, Tx};
use utoipa::ToSchema;

use super::audit_log::AuditRecord;
use super::{Actor, Listing, instant, schema};

/// How long a key that no longer signs is kept. Its tokens have expired long before.
const RETENTION: SignedDuration = SignedDuration::from_hours(24);

/// A key that signs ID tokens, with the times of its rotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IdTokenKey)]
pub struct IdTokenKeyView {
    /// The key ID, as in the JWK set and the header of ID tokens.
    pub kid: String,
    #[schema(schema_with = schema::signing_algorithm)]
    pub algorithm: IdTokenAlgorithm,
    /// `next` while the key is published but does not sign yet, then `current`, then `retired`.
    #[schema(example = "current")]
    pub state: &'static str,
    /// When the key was created and published.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The key signs from here on.
    #[schema(format = DateTime)]
    pub used_from: String,
    /// The key no longer signs from here on. It stays published until its last ID token has expired.
    #[schema(format = DateTime)]
    pub retired_at: Option<String>,
}

/// Which keys are replaced, and when.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
pub struct IdTokenKeyRotation {
    /// Only the key of this algorithm. Default: all.
    #[schema(schema_with = schema::signing_algorithm)]
    #[serde(default)]
    pub algorithm: Option<IdTokenAlgorithm>,
    /// Use the new key now and withdraw the old one, because it may be known to others. Applications must fetch the JWK
    /// set again, and reject ID tokens of the old key. Default: the new key is published for 24 hours before it signs.
    #[serde(default)]
    pub immediately: bool,
}

/// Lists the keys by algorithm, oldest first.
pub async fn list(app: &App) -> Result<Listing<IdTokenKeyView>, Problem> {
    let stored = app.store.snapshot().await?.provider_keys().await?;
    Ok(listing(stored, app.clock.now()))
}

/// Starts to replace keys. A planned rotation changes nothing for an algorithm that has a next key already.
pub async fn rotate(
    app: &App,
    actor: &Actor,
    rotation: IdTokenKeyRotation,
) -> Result<Listing<IdTokenKeyView>, Problem> {
    // The first keys exist from here on.
    app.keys.provider().await?;
    let now = app.clock.now();
    let used_from = match rotation.immediately {
        true => now,
        false => now + KEY_LEAD_TIME,
    };
    let chosen = IdTokenAlgorithm::ALL
        .iter()
        .copied()
        .filter(|one| rotation.algorithm.is_none_or(|chosen| chosen == *one));
    let mut replacements = Vec::new();
    for algorithm in chosen {
        let key = app.keys.new_provider_key(algorithm, now, used_from).await?;
        let entry = audit(app, actor, &key);
        replacements.push((key, entry));
    }
    let stored = app
        .store
        .write(async move |tx| {
            tx.lock(NamedLock::ProviderKeys).await?;
            for (key, entry) in &replacements {
                replace(tx, key, entry, rotation.immediately, now).await?;
            }
            tx.provider_keys().await
        })
        .await?;
    app.keys.forget_provider();
    Ok(listing(stored, now))
}

/// Publishes the next key where the configured lifetime of the current one ends within the time that it is published
/// before, and deletes keys that have long been retired.
pub async fn rotate_due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let stored = app.store.snapshot().await?.provider_keys().await?;
    let retired_before = now - RETENTION;
    let is_outdated = |key: &&ProviderKey| key.retired_at.is_some_and(|at| at < retired_before);
    if stored.iter().any(|key| is_outdated(&key)) {
        app.store
            .write(async move |tx| tx.delete_retired_provider_keys(retired_before).await)
            .await?;
    }
    let days = i64::from(app.config.id_token_key_days);
    if days == 0 {
        return Ok(());
    }
    let lifetime = SignedDuration::from_hours(24 * days);
    for algorithm in IdTokenAlgorithm::ALL {
        let newest = stored
            .iter()
            .filter(|key| key.algorithm == *algorithm)
            .filter_map(|key| key.active_from)
            .max();
        if newest.is_some_and(|from| from + lifetime <= now + KEY_LEAD_TIME) {
            let rotation = IdTokenKeyRotation {
                algorithm: Some(*algorithm),
                immediately: false,
            };
            rotate(app, &Actor::Server, rotation).await?;
        }
    }
    Ok(())
}

async fn replace(
    tx: &mut Tx,
    new: &ProviderKey,
    entry: &AuditEntry,
    immediately: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let stored = tx.provider_keys().await?;
    let of_algorithm = || stored.iter().filter(|key| key.algorithm == new.algorithm);
    if !immediately && of_algorithm().any(|key| is_next(key, now)) {
        return Ok(());
    }
    for key in of_algorithm() {
        if immediately {
            tx.delete_provider_key(&key.kid).await?;
        } else if key.retired_at.is_none() {
            let successor_from = new.active_from.unwrap_or(now);
            tx.retire_provider_key(&key.kid, successor_from).await?;
        }
    }
    tx.add_provider_key(new).await?;
    tx.add_audit_entry(entry).await
}

fn is_next(key: &ProviderKey, now: Timestamp) -> bool {
    key.active_from.is_none_or(|from| from > now)
}

fn audit(app: &App, actor: &Actor, key: &ProviderKey) -> AuditEntry {
    let record = AuditRecord {
        actor,
        organization: None,
        action: "id_token_key.rotated",
        subject: &key.kid,
    };
    let used_from = key.active_from.map(instant);
    let after = json!({"algorithm": key.algorithm, "used_from": used_from});
    record.entry(app, None, Some(after))
}

fn listing(mut stored: Vec<ProviderKey>, now: Timestamp) -> Listing<IdTokenKeyView> {
    stored.sort_by_key(|key| (key.algorithm.as_str(), key.active_from));
    Listing::whole(stored.into_iter().map(|key| view(key, now)).collect())
}

fn view(key: ProviderKey, now: Timestamp) -> IdTokenKeyView {
    let state = if key.retired_at.is_some_and(|at| at <= now) {
        "retired"
    } else if is_next(&key, now) {
        "next"
    } else {
        "current"
    };
    IdTokenKeyView {
        kid: key.kid,
        algorithm: key.algorithm,
        state,
        created_at: instant(key.created_at),
        used_from: instant(key.active_from.unwrap_or(key.created_at)),
        retired_at: key.retired_at.map(instant),
    }
}
