//! The keys of the OpenID provider: generated, sealed and cached. Which key signs an ID token, and from when, is decided
//! by [`ProviderKeys`].

use std::sync::Arc;

use jiff::Timestamp;
use oidc::{ProviderKeys, SigningAlgorithm, SigningKey, SigningKeyError};
use store::{IdTokenAlgorithm, NamedLock, ProviderKey, SealedColumn, StoreError, Tx};

use super::{KeyRing, KeyRingError};
use crate::blocking;
use crate::seal::Seal;

impl KeyRing {
    /// The keys of the OpenID provider, past and future ones included. Discovery announces every algorithm, so a key is
    /// generated for each of them when they are first needed.
    pub async fn provider(&self) -> Result<ProviderKeys, KeyRingError> {
        let now = self.clock.now();
        if let Some(keys) = self.cached_provider(now) {
            return Ok(keys);
        }
        let mut stored = self.store.snapshot().await?.provider_keys().await?;
        let is_missing = |algorithm| !has(&stored, algorithm);
        if SigningAlgorithm::ALL.into_iter().any(is_missing) {
            let new = self.new_provider_keys(now).await?;
            stored = self
                .store
                .write(async move |tx| insert_missing(tx, new).await)
                .await?;
        }
        let keys = stored
            .iter()
            .map(|key| open(&self.seal, key))
            .collect::<Result<_, _>>()
            .map(ProviderKeys::new)?;
        self.cache_provider(&keys, now);
        Ok(keys)
    }

    /// Generates and seals a key that signs from `used_from` on, and does not store it.
    pub async fn new_provider_key(
        &self,
        algorithm: IdTokenAlgorithm,
        now: Timestamp,
        used_from: Timestamp,
    ) -> Result<ProviderKey, KeyRingError> {
        let generate = move || SigningKey::generate(signing_algorithm(algorithm));
        let key = blocking::run(generate).await?;
        let public_jwk =
            serde_json::to_string(key.public_key()).map_err(|_| SigningKeyError::Crypto)?;
        let place = SealedColumn::ProviderKey.place(key.kid());
        Ok(ProviderKey {
            kid: key.kid().to_owned(),
            algorithm,
            private_key: self.seal.seal(&place, key.to_pkcs8_pem()?.as_bytes()),
            public_jwk,
            created_at: now,
            published_at: Some(now),
            active_from: Some(used_from),
            retired_at: None,
        })
    }

    async fn new_provider_keys(&self, now: Timestamp) -> Result<Vec<ProviderKey>, KeyRingError> {
        let mut keys = Vec::new();
        for &algorithm in IdTokenAlgorithm::ALL {
            keys.push(self.new_provider_key(algorithm, now, now).await?);
        }
        Ok(keys)
    }
}

fn has(stored: &[ProviderKey], wanted: SigningAlgorithm) -> bool {
    stored
        .iter()
        .any(|key| signing_algorithm(key.algorithm) == wanted)
}

/// Inserts the keys whose algorithm has none yet: another node may have inserted its own.
async fn insert_missing(
    tx: &mut Tx,
    new: Vec<ProviderKey>,
) -> Result<Vec<ProviderKey>, StoreError> {
    tx.lock(NamedLock::ProviderKeys).await?;
    let stored = tx.provider_keys().await?;
    for key in new {
        if !has(&stored, signing_algorithm(key.algorithm)) {
            tx.add_provider_key(&key).await?;
        }
    }
    tx.provider_keys().await
}

fn open(seal: &Seal, stored: &ProviderKey) -> Result<oidc::ProviderKey, KeyRingError> {
    let pem = seal.unseal(
        &SealedColumn::ProviderKey.place(&stored.kid),
        &stored.private_key,
    )?;
    let key = SigningKey::from_pkcs8_pem(
        signing_algorithm(stored.algorithm),
        &String::from_utf8_lossy(&pem),
    )?;
    Ok(oidc::ProviderKey {
        key: Arc::new(key),
        // A successor whose turn is not set yet.
        used_from: stored.active_from.unwrap_or(Timestamp::MAX),
        retired_at: stored.retired_at,
    })
}

/// The OpenID provider's name for the algorithm of an application.
pub const fn signing_algorithm(algorithm: IdTokenAlgorithm) -> SigningAlgorithm {
    match algorithm {
        IdTokenAlgorithm::Rs256 => SigningAlgorithm::Rs256,
        IdTokenAlgorithm::Es256 => SigningAlgorithm::Es256,
        IdTokenAlgorithm::EdDsa => SigningAlgorithm::EdDsa,
    }
}
