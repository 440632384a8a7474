//! The keys that sign ID tokens.

use std::sync::Arc;

use oidc::{KeySet, SigningAlgorithm, SigningKey, SigningKeyError, Timestamp};
use store::{IdTokenAlgorithm, ProviderKey, StoreError, Tx, UnixTime};

use super::KeyProblem;
use crate::app::App;

/// The keys of the OpenID provider, past and future ones included.
///
/// Discovery announces every algorithm, so whoever asks first makes a key for each.
///
/// # Errors
///
/// When a key cannot be made, read or stored.
pub async fn provider_keys(app: &App) -> Result<KeySet, KeyProblem> {
    let now = app.clock.now();
    if let Some(keys) = app.keys.provider(now) {
        return Ok(keys);
    }
    let mut stored = app
        .store
        .read(|tx| Box::pin(async move { tx.provider_keys().await }))
        .await?;
    if SigningAlgorithm::ALL
        .into_iter()
        .any(|algorithm| !has(&stored, algorithm))
    {
        let fresh = first_keys(app, now)?;
        stored = app
            .store
            .write(move |tx| Box::pin(async move { keep(tx, fresh).await }))
            .await?;
    }
    let keys = stored
        .iter()
        .map(|key| open(app, key))
        .collect::<Result<_, _>>()
        .map(KeySet::new)?;
    app.keys.keep_provider(&keys, now);
    Ok(keys)
}

fn has(stored: &[ProviderKey], wanted: SigningAlgorithm) -> bool {
    stored.iter().any(|key| algorithm(key.algorithm) == wanted)
}

fn first_keys(app: &App, now: UnixTime) -> Result<Vec<ProviderKey>, KeyProblem> {
    [
        IdTokenAlgorithm::Rs256,
        IdTokenAlgorithm::Es256,
        IdTokenAlgorithm::EdDsa,
    ]
    .into_iter()
    .map(|algorithm| first_key(app, algorithm, now))
    .collect()
}

fn first_key(app: &App, kind: IdTokenAlgorithm, now: UnixTime) -> Result<ProviderKey, KeyProblem> {
    let key = SigningKey::generate_from_system_randomness(algorithm(kind))?;
    let public_jwk = serde_json::to_string(key.public()).map_err(|_| SigningKeyError::Library)?;
    Ok(ProviderKey {
        kid: key.kid().to_owned(),
        algorithm: kind,
        private_key: app
            .seal
            .close(&place(key.kid()), key.to_pkcs8_pem()?.as_bytes()),
        public_jwk,
        created_at: now,
        published_at: Some(now),
        active_from: Some(now),
        retired_at: None,
    })
}

/// Stores those keys whose algorithm still has none: another node may have been faster.
async fn keep(tx: &mut Tx, fresh: Vec<ProviderKey>) -> Result<Vec<ProviderKey>, StoreError> {
    let mut stored = tx.provider_keys().await?;
    for key in fresh {
        if !has(&stored, algorithm(key.algorithm)) {
            tx.add_provider_key(&key).await?;
            stored.push(key);
        }
    }
    Ok(stored)
}

fn open(app: &App, stored: &ProviderKey) -> Result<oidc::ProviderKey, KeyProblem> {
    let pem = app.seal.open(&place(&stored.kid), &stored.private_key)?;
    let key =
        SigningKey::from_pkcs8_pem(algorithm(stored.algorithm), &String::from_utf8_lossy(&pem))?;
    // A key that is not published yet is one that nobody may rely on: it begins at the end of time.
    let or_never = |at: Option<UnixTime>| Timestamp(at.map_or(i64::MAX, |at| at.0));
    Ok(oidc::ProviderKey {
        key: Arc::new(key),
        published_at: or_never(stored.published_at),
        used_from: or_never(stored.active_from),
        retired_at: stored.retired_at.map(|at| Timestamp(at.0)),
    })
}

const fn algorithm(algorithm: IdTokenAlgorithm) -> SigningAlgorithm {
    crate::operations::application::signing_algorithm(algorithm)
}

fn place(kid: &str) -> String {
    format!("provider_key/{kid}")
}
