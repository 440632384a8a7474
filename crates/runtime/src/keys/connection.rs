//! Our key pairs toward one identity provider.

use std::fmt;
use std::sync::Arc;

use base64_simd::STANDARD;
use jiff::{SignedDuration, Timestamp};
use saml::Decryption;
use saml::certificate::Certificate;
use saml::key::{DecryptionKey, KeyError, KeySize, SigningKey, Validity, generate_rsa_key};
use saml::sign::Signer;
use store::{Connection, ConnectionKey, ConnectionKeyId, KeyPurpose, OrganizationTx, StoreError};

use super::{KeyProblem, KeyRing};
use crate::random;
use crate::seal::Seal;

/// Identity providers pin the key; a certificate that ends on the way would only stop sign-ins.
const VALID_FOR: SignedDuration = SignedDuration::from_secs(20 * 365 * 24 * 3600);
/// A certificate begins a day before it is made, for identity providers whose clock is behind.
const VALID_BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// What a connection signs and decrypts with now, and what its metadata shows.
pub struct ConnectionKeys {
    /// What signs requests.
    pub signer: Signer,
    /// What opens what was encrypted for us: the pair in use, and those before it that a slow administrator still uses.
    pub decryption: Decryption,
    /// The certificates of signing keys to publish, the one in use first.
    pub signing_certificates: Vec<Certificate>,
    /// The certificates of decryption keys to publish, the one in use first.
    pub decryption_certificates: Vec<Certificate>,
}

impl fmt::Debug for ConnectionKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ConnectionKeys")
    }
}

impl KeyRing {
    /// The key pairs of a connection. They are generated when they are first needed.
    pub async fn connection(
        &self,
        connection: &Connection,
    ) -> Result<Arc<ConnectionKeys>, KeyProblem> {
        let now = self.clock.now();
        if let Some(keys) = self.cached_connection(&connection.id, now) {
            return Ok(keys);
        }
        let mut stored = self.stored_connection_keys(connection).await?;
        if !has(&stored, KeyPurpose::Signing) || !has(&stored, KeyPurpose::Decryption) {
            let new = [
                self.generate_connection_key(connection, KeyPurpose::Signing, now)?,
                self.generate_connection_key(connection, KeyPurpose::Decryption, now)?,
            ];
            let target = connection.clone();
            stored = self
                .store
                .write(async move |tx| {
                    insert_missing(tx.organization(&target.organization), &target, new).await
                })
                .await?;
        }
        self.open_connection_keys(connection, &stored, now)
    }

    /// The keys that decrypt what was encrypted for a connection; none while the connection has no keys, since nothing
    /// can have been encrypted for it. A posted message never causes keys to be generated.
    pub async fn connection_decryption(
        &self,
        connection: &Connection,
    ) -> Result<Decryption, KeyProblem> {
        let now = self.clock.now();
        if let Some(keys) = self.cached_connection(&connection.id, now) {
            return Ok(keys.decryption.clone());
        }
        let stored = self.stored_connection_keys(connection).await?;
        if !has(&stored, KeyPurpose::Signing) || !has(&stored, KeyPurpose::Decryption) {
            return Ok(Decryption::default());
        }
        let keys = self.open_connection_keys(connection, &stored, now)?;
        Ok(keys.decryption.clone())
    }

    async fn stored_connection_keys(
        &self,
        connection: &Connection,
    ) -> Result<Vec<ConnectionKey>, StoreError> {
        let target = connection.clone();
        self.store
            .snapshot()
            .await?
            .organization(&target.organization)
            .connection_keys(&target.id)
            .await
    }

    fn open_connection_keys(
        &self,
        connection: &Connection,
        stored: &[ConnectionKey],
        now: Timestamp,
    ) -> Result<Arc<ConnectionKeys>, KeyProblem> {
        // Another node may have generated them since we read the clock.
        let keys = Arc::new(open_all(&self.seal, stored, self.clock.now())?);
        self.cache_connection(&connection.id, &keys, now);
        Ok(keys)
    }

    /// `now` is the time of the request: generating a key takes so long that the key would otherwise be valid only after
    /// it, and unpublished until then.
    fn generate_connection_key(
        &self,
        connection: &Connection,
        purpose: KeyPurpose,
        now: Timestamp,
    ) -> Result<ConnectionKey, KeyProblem> {
        let validity = Validity {
            not_before: now - VALID_BEFORE,
            not_after: now + VALID_FOR,
        };
        let common_name = format!("{} {purpose}", connection.id);
        let generated = generate_rsa_key(KeySize::Rsa2048, &common_name, validity)?;
        let id = ConnectionKeyId::from_random(random::bytes());
        let private_key = self
            .seal
            .close(&seal_label(&id), generated.secret_pem.as_bytes());
        Ok(ConnectionKey {
            private_key,
            id,
            connection: connection.id.clone(),
            purpose,
            certificate: generated.certificate.base64(),
            created_at: now,
            published_at: Some(now),
            active_from: Some(now),
            retired_at: None,
        })
    }
}

fn has(stored: &[ConnectionKey], purpose: KeyPurpose) -> bool {
    stored.iter().any(|key| key.purpose == purpose)
}

/// Inserts the keys whose purpose has none yet: another node may have inserted its own.
async fn insert_missing(
    mut organization: OrganizationTx<'_>,
    connection: &Connection,
    new: [ConnectionKey; 2],
) -> Result<Vec<ConnectionKey>, StoreError> {
    let mut stored = organization.connection_keys(&connection.id).await?;
    for key in new {
        if !has(&stored, key.purpose) {
            organization.add_connection_key(&key).await?;
            stored.push(key);
        }
    }
    Ok(stored)
}

fn open_all(
    seal: &Seal,
    stored: &[ConnectionKey],
    now: Timestamp,
) -> Result<ConnectionKeys, KeyProblem> {
    let signing = published(stored, KeyPurpose::Signing, now);
    let decryption = published(stored, KeyPurpose::Decryption, now);
    let current = signing.first().ok_or(KeyError::NotAPrivateKey)?;
    let open_decryption = |key: &&ConnectionKey| Ok(DecryptionKey::from_pem(&open(seal, key)?)?);
    let decryption_keys: Vec<_> = decryption
        .iter()
        .map(open_decryption)
        .collect::<Result<_, KeyProblem>>()?;
    let signing_key = SigningKey::from_pem(&open(seal, current)?)?;
    Ok(ConnectionKeys {
        signer: Signer::new(signing_key, certificate(current)?)
            .map_err(|_| KeyError::NotAPrivateKey)?,
        decryption: Decryption::new(decryption_keys),
        signing_certificates: certificates(&signing)?,
        decryption_certificates: certificates(&decryption)?,
    })
}

/// The pairs of a purpose that metadata shows now: the one in use first, then its successor and predecessors.
fn published(stored: &[ConnectionKey], purpose: KeyPurpose, now: Timestamp) -> Vec<&ConnectionKey> {
    let is_past = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let mut keys: Vec<&ConnectionKey> = stored
        .iter()
        .filter(|key| {
            key.purpose == purpose && is_past(key.published_at) && !is_past(key.retired_at)
        })
        .collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.active_from.filter(|from| *from <= now)));
    keys
}

fn certificates(keys: &[&ConnectionKey]) -> Result<Vec<Certificate>, KeyProblem> {
    keys.iter().map(|key| certificate(key)).collect()
}

fn certificate(key: &ConnectionKey) -> Result<Certificate, KeyProblem> {
    let der = STANDARD
        .decode_to_vec(&key.certificate)
        .map_err(|_| KeyError::Generation)?;
    Ok(Certificate::from_der(&der).map_err(|_| KeyError::Generation)?)
}

fn open(seal: &Seal, key: &ConnectionKey) -> Result<String, KeyProblem> {
    let pem = seal.open(&seal_label(&key.id), &key.private_key)?;
    Ok(String::from_utf8_lossy(&pem).into_owned())
}

fn seal_label(id: &ConnectionKeyId) -> String {
    format!("connection_key/{id}")
}
