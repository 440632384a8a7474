//! The key pairs of a connection.

use std::fmt;
use std::sync::Arc;

use base64_simd::STANDARD;
use jiff::{SignedDuration, Timestamp};
use saml::Decryption;
use saml::certificate::Certificate;
use saml::key::{DecryptionKey, KeyError, KeySize, SigningKey, Validity, generate_rsa_key};
use saml::sign::Signer;
use store::{
    Connection, ConnectionKey, ConnectionKeyId, KeyPurpose, OrganizationTx, SealedColumn,
    StoreError,
};

use super::{KeyRing, KeyRingError};
use crate::blocking;
use crate::random;
use crate::seal::Seal;

/// Identity providers pin the key; an expiring certificate would only stop sign-ins.
const CERTIFICATE_LIFETIME: SignedDuration = SignedDuration::from_hours(20 * 365 * 24);
/// Certificates are valid from a day before their generation, for identity providers whose clock is behind.
const CERTIFICATE_BACKDATING: SignedDuration = SignedDuration::from_hours(24);

/// The keys of a connection that are in use, and the certificates in its metadata.
pub struct ConnectionKeys {
    /// Signs requests.
    pub signer: Signer,
    /// Decrypts assertions: the key in use, and earlier ones that the identity provider may still have.
    pub decryption: Decryption,
    /// The published certificates of signing keys, the one in use first.
    pub signing_certificates: Vec<Certificate>,
    /// The published certificates of decryption keys, the one in use first.
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
    ) -> Result<Arc<ConnectionKeys>, KeyRingError> {
        let now = self.clock.now();
        if let Some(keys) = self.cached_connection(&connection.id, now) {
            return Ok(keys);
        }
        let mut stored = self.stored_connection_keys(connection).await?;
        if !has(&stored, KeyPurpose::Signing) || !has(&stored, KeyPurpose::Decryption) {
            let new = [
                self.new_connection_key(connection, KeyPurpose::Signing, now, now)
                    .await?,
                self.new_connection_key(connection, KeyPurpose::Decryption, now, now)
                    .await?,
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

    /// The decryption keys of a connection, empty while the connection has none: nothing can have been encrypted for it.
    /// A posted message never causes keys to be generated.
    pub async fn connection_decryption(
        &self,
        connection: &Connection,
    ) -> Result<Decryption, KeyRingError> {
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
    ) -> Result<Arc<ConnectionKeys>, KeyRingError> {
        // Another node may have generated them since `now`.
        let keys = Arc::new(open_all(&self.seal, stored, self.clock.now())?);
        self.cache_connection(&connection.id, &keys, now);
        Ok(keys)
    }

    /// Generates and seals a key pair that is used from `used_from` on, and does not store it.
    ///
    /// `now` is the time of the request: generating a key takes so long that the key would otherwise be valid only after
    /// it, and unpublished until then.
    pub async fn new_connection_key(
        &self,
        connection: &Connection,
        purpose: KeyPurpose,
        now: Timestamp,
        used_from: Timestamp,
    ) -> Result<ConnectionKey, KeyRingError> {
        let validity = Validity {
            not_before: now - CERTIFICATE_BACKDATING,
            not_after: now + CERTIFICATE_LIFETIME,
        };
        let common_name = format!("{} {purpose}", connection.id);
        let generate = move || generate_rsa_key(KeySize::Rsa2048, &common_name, validity);
        let generated = blocking::run(generate).await?;
        let id = ConnectionKeyId::from_random(random::bytes());
        let private_key = self.seal.seal(
            &SealedColumn::ConnectionKey.place(id.as_str()),
            generated.secret_pem.as_bytes(),
        );
        Ok(ConnectionKey {
            private_key,
            id,
            connection: connection.id.clone(),
            purpose,
            certificate: generated.certificate.base64(),
            created_at: now,
            published_at: Some(now),
            active_from: Some(used_from),
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
    // Another node may be generating keys too.
    organization.lock_connection(&connection.id).await?;
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
) -> Result<ConnectionKeys, KeyRingError> {
    let signing = published(stored, KeyPurpose::Signing, now);
    let decryption = published(stored, KeyPurpose::Decryption, now);
    let current = signing.first().ok_or(KeyError::NotAPrivateKey)?;
    let open_decryption = |key: &&ConnectionKey| Ok(DecryptionKey::from_pem(&open(seal, key)?)?);
    let decryption_keys: Vec<_> = decryption
        .iter()
        .map(open_decryption)
        .collect::<Result<_, KeyRingError>>()?;
    let signing_key = SigningKey::from_pem(&open(seal, current)?)?;
    Ok(ConnectionKeys {
        signer: Signer::new(signing_key, certificate(current)?)
            .map_err(|_| KeyError::NotAPrivateKey)?,
        decryption: Decryption::new(decryption_keys),
        signing_certificates: certificates(&signing)?,
        decryption_certificates: certificates(&decryption)?,
    })
}

/// The pairs with this purpose that metadata shows now: the one in use first, then its successor and predecessors.
///
/// A pair is shown from the moment it exists, and the oldest one is used when none is in use yet, since the clock of the
/// node that generated it may have been ahead.
fn published(stored: &[ConnectionKey], purpose: KeyPurpose, now: Timestamp) -> Vec<&ConnectionKey> {
    let is_retired = |key: &ConnectionKey| key.retired_at.is_some_and(|at| at <= now);
    let mut keys: Vec<&ConnectionKey> = stored
        .iter()
        .filter(|key| key.purpose == purpose && !is_retired(key))
        .collect();
    // A successor may be used from the same second on.
    let rank = |key: &ConnectionKey| {
        let used_from = key.active_from.filter(|from| *from <= now);
        (used_from, key.retired_at.is_none())
    };
    keys.sort_by_key(|key| std::cmp::Reverse(rank(key)));
    keys
}

fn certificates(keys: &[&ConnectionKey]) -> Result<Vec<Certificate>, KeyRingError> {
    keys.iter().map(|key| certificate(key)).collect()
}

fn certificate(key: &ConnectionKey) -> Result<Certificate, KeyRingError> {
    let der = STANDARD
        .decode_to_vec(&key.certificate)
        .map_err(|_| KeyError::Generation)?;
    Ok(Certificate::from_der(&der).map_err(|_| KeyError::Generation)?)
}

fn open(seal: &Seal, key: &ConnectionKey) -> Result<String, KeyRingError> {
    let pem = seal.unseal(
        &SealedColumn::ConnectionKey.place(key.id.as_str()),
        &key.private_key,
    )?;
    Ok(String::from_utf8_lossy(&pem).into_owned())
}
