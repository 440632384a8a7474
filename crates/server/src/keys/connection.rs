//! Our key pairs toward one identity provider.

use std::fmt;
use std::sync::Arc;

use base64_simd::STANDARD;
use saml::Decryption;
use saml::certificate::Certificate;
use saml::key::{
    DecryptionKey, KeyError, KeySize, SigningKey, Validity, generate_with_the_librarys_randomness,
};
use saml::sign::Signer;
use store::{
    Connection, ConnectionKey, ConnectionKeyId, KeyPurpose, Seconds, StoreError, Tenant, UnixTime,
};

use super::KeyProblem;
use crate::app::App;
use crate::random;

/// Identity providers pin the key; a certificate that ends on the way would only stop sign-ins.
const VALID_FOR: Seconds = Seconds(20 * 365 * 24 * 3600);
/// A certificate begins a day before it is made, for identity providers whose clock is behind.
const VALID_BEFORE: Seconds = Seconds(24 * 3600);

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

/// The key pairs of a connection; the first who asks makes them.
///
/// # Errors
///
/// When a key cannot be made, read or stored.
pub async fn connection_keys(
    app: &App,
    connection: &Connection,
) -> Result<Arc<ConnectionKeys>, KeyProblem> {
    let now = app.clock.now();
    if let Some(keys) = app.keys.connection(&connection.id, now) {
        return Ok(keys);
    }
    let mut stored = stored_keys(app, connection).await?;
    if !has(&stored, KeyPurpose::Signing) || !has(&stored, KeyPurpose::Decryption) {
        let fresh = [
            first_key(app, connection, KeyPurpose::Signing, now)?,
            first_key(app, connection, KeyPurpose::Decryption, now)?,
        ];
        let place = connection.clone();
        stored = app
            .store
            .write(move |tx| {
                Box::pin(
                    async move { keep(tx.organization(&place.organization), &place, fresh).await },
                )
            })
            .await?;
    }
    open_and_keep(app, connection, &stored, now)
}

/// What opens that which was encrypted for a connection; nothing, as long as nobody can have encrypted anything.
///
/// Whoever posts something makes no keys by it.
///
/// # Errors
///
/// When a key cannot be read.
pub async fn connection_decryption(
    app: &App,
    connection: &Connection,
) -> Result<Decryption, KeyProblem> {
    let now = app.clock.now();
    if let Some(keys) = app.keys.connection(&connection.id, now) {
        return Ok(keys.decryption.clone());
    }
    let stored = stored_keys(app, connection).await?;
    if !has(&stored, KeyPurpose::Signing) || !has(&stored, KeyPurpose::Decryption) {
        return Ok(Decryption::default());
    }
    Ok(open_and_keep(app, connection, &stored, now)?
        .decryption
        .clone())
}

async fn stored_keys(app: &App, connection: &Connection) -> Result<Vec<ConnectionKey>, StoreError> {
    let place = connection.clone();
    app.store
        .read(move |tx| {
            Box::pin(async move {
                tx.organization(&place.organization)
                    .connection_keys(&place.id)
                    .await
            })
        })
        .await
}

fn open_and_keep(
    app: &App,
    connection: &Connection,
    stored: &[ConnectionKey],
    now: UnixTime,
) -> Result<Arc<ConnectionKeys>, KeyProblem> {
    // Another node may have made them since we asked for the time.
    let keys = Arc::new(open_all(app, stored, app.clock.now())?);
    app.keys.keep_connection(&connection.id, &keys, now);
    Ok(keys)
}

fn has(stored: &[ConnectionKey], purpose: KeyPurpose) -> bool {
    stored.iter().any(|key| key.purpose == purpose)
}

/// `now` is when somebody asked: making a key takes long enough that it would otherwise begin after that, unpublished.
fn first_key(
    app: &App,
    connection: &Connection,
    purpose: KeyPurpose,
    now: UnixTime,
) -> Result<ConnectionKey, KeyProblem> {
    let validity = Validity {
        not_before: (now - VALID_BEFORE).0,
        not_after: (now + VALID_FOR).0,
    };
    let common_name = format!("{} {purpose}", connection.id);
    let made = generate_with_the_librarys_randomness(KeySize::Rsa2048, &common_name, validity)?;
    let id = ConnectionKeyId::from_random(random::bytes());
    Ok(ConnectionKey {
        private_key: app.seal.close(&place(&id), made.secret_pem.as_bytes()),
        id,
        connection: connection.id.clone(),
        purpose,
        certificate: made.certificate.base64(),
        created_at: now,
        published_at: Some(now),
        active_from: Some(now),
        retired_at: None,
    })
}

/// Stores those pairs whose purpose still has none: another node may have been faster.
async fn keep(
    mut organization: Tenant<'_>,
    connection: &Connection,
    fresh: [ConnectionKey; 2],
) -> Result<Vec<ConnectionKey>, StoreError> {
    let mut stored = organization.connection_keys(&connection.id).await?;
    for key in fresh {
        if !has(&stored, key.purpose) {
            organization.add_connection_key(&key).await?;
            stored.push(key);
        }
    }
    Ok(stored)
}

fn open_all(
    app: &App,
    stored: &[ConnectionKey],
    now: UnixTime,
) -> Result<ConnectionKeys, KeyProblem> {
    let signing = published(stored, KeyPurpose::Signing, now);
    let decryption = published(stored, KeyPurpose::Decryption, now);
    let current = signing.first().ok_or(KeyError::NotAPrivateKey)?;
    let open_decryption = |key: &&ConnectionKey| Ok(DecryptionKey::from_pem(&open(app, key)?)?);
    let decryption_keys: Vec<_> = decryption
        .iter()
        .map(open_decryption)
        .collect::<Result<_, KeyProblem>>()?;
    let signing_key = SigningKey::from_pem(&open(app, current)?)?;
    Ok(ConnectionKeys {
        signer: Signer::new(signing_key, certificate(current)?)
            .map_err(|_| KeyError::NotAPrivateKey)?,
        decryption: Decryption::new(decryption_keys),
        signing_certificates: certificates(&signing)?,
        decryption_certificates: certificates(&decryption)?,
    })
}

/// The pairs of a purpose that metadata shows now: the one in use first, then its successor and predecessors.
fn published(stored: &[ConnectionKey], purpose: KeyPurpose, now: UnixTime) -> Vec<&ConnectionKey> {
    let is_past = |at: Option<UnixTime>| at.is_some_and(|at| at <= now);
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

fn open(app: &App, key: &ConnectionKey) -> Result<String, KeyProblem> {
    let pem = app.seal.open(&place(&key.id), &key.private_key)?;
    Ok(String::from_utf8_lossy(&pem).into_owned())
}

fn place(id: &ConnectionKeyId) -> String {
    format!("connection_key/{id}")
}
