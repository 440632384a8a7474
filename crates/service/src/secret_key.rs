//! The secret key: which secrets in the database it seals, and how they move to a new one.

use runtime::app::App;
use runtime::problem::Problem;
use serde::Serialize;
use serde_json::json;
use store::{SealedColumn, SealedSecret, StoreError};

use super::Actor;
use super::audit_log::AuditRecord;

/// How many rows one transaction reads, and changes at most. The messages of an attempt have up to half a megabyte.
const BATCH: u32 = 20;

/// How many secrets of the database are sealed with which key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SecretCount {
    /// Sealed with the current key.
    pub current: u64,
    /// Sealed with the previous or the next key.
    pub other: u64,
    /// Sealed with a key that this deployment does not have, or damaged.
    pub unreadable: u64,
}

/// What was deleted because no key unseals it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DiscardedSecrets {
    /// Keys that signed ID tokens. New ones are created.
    pub id_token_keys: u64,
    /// Connections whose key pairs are gone. New ones are created; an identity provider that encrypts assertions or
    /// verifies requests needs the new certificates.
    pub connections: Vec<String>,
    /// Recorded SAML messages, and results of tests.
    pub messages: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SealedWith {
    Current,
    Other,
    Unknown,
}

/// Counts all secrets of the database.
pub async fn count(app: &App) -> Result<SecretCount, Problem> {
    let mut count = SecretCount::default();
    let mut secrets = Secrets::default();
    while let Some(batch) = secrets.next_batch(app).await? {
        for secret in &batch {
            match sealed_with(app, secret) {
                SealedWith::Current => count.current += 1,
                SealedWith::Other => count.other += 1,
                SealedWith::Unknown => count.unreadable += 1,
            }
        }
    }
    Ok(count)
}

/// Seals every secret with the current key that another key sealed, while nodes go on to use them. Returns how many.
pub async fn reseal(app: &App, actor: &Actor) -> Result<u64, Problem> {
    let mut resealed = 0;
    let mut secrets = Secrets::default();
    while let Some(batch) = secrets.next_batch(app).await? {
        let changes: Vec<_> = batch
            .into_iter()
            .filter(|secret| sealed_with(app, secret) == SealedWith::Other)
            .filter_map(|secret| {
                let place = secret.column.place(&secret.id);
                let text = app.seal.unseal(&place, &secret.sealed).ok()?;
                let new = app.seal.seal(&place, &text);
                Some((secret, new))
            })
            .collect();
        if changes.is_empty() {
            continue;
        }
        resealed += app
            .store
            .write(async move |tx| {
                let mut changed = 0;
                for (secret, new) in &changes {
                    changed += u64::from(tx.replace_sealed_secret(secret, new).await?);
                }
                Ok::<_, StoreError>(changed)
            })
            .await?;
    }
    record(
        app,
        actor,
        "secret_key.rotated",
        json!({"secrets": resealed}),
    )
    .await?;
    Ok(resealed)
}

/// What [`discard_unreadable`] would delete.
pub async fn preview_discard(app: &App) -> Result<DiscardedSecrets, Problem> {
    let mut discarded = DiscardedSecrets::default();
    let mut secrets = Secrets::default();
    while let Some(batch) = secrets.next_batch(app).await? {
        for secret in unreadable(app, batch) {
            discarded.add(app, &secret).await?;
        }
    }
    Ok(discarded)
}

/// Deletes the secrets that no key of this deployment unseals, because their key is lost.
pub async fn discard_unreadable(app: &App, actor: &Actor) -> Result<DiscardedSecrets, Problem> {
    let mut discarded = DiscardedSecrets::default();
    let mut secrets = Secrets::default();
    while let Some(batch) = secrets.next_batch(app).await? {
        let batch = unreadable(app, batch);
        for secret in &batch {
            discarded.add(app, secret).await?;
        }
        app.store
            .write(async move |tx| {
                for secret in &batch {
                    tx.discard_sealed_secret(secret).await?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    let after = super::to_json(&discarded);
    record(app, actor, "secret_key.discarded", after).await?;
    Ok(discarded)
}

impl DiscardedSecrets {
    async fn add(&mut self, app: &App, secret: &SealedSecret) -> Result<(), Problem> {
        match secret.column {
            SealedColumn::ProviderKey => self.id_token_keys += 1,
            SealedColumn::AttemptMessages | SealedColumn::TestResult => self.messages += 1,
            SealedColumn::ConnectionKey => {
                let mut snapshot = app.store.snapshot().await?;
                let owner = snapshot.connection_of_key(&secret.id).await?;
                let owner = owner.map(|id| id.to_string());
                // A connection has several keys.
                self.connections
                    .extend(owner.filter(|id| !self.connections.contains(id)));
            }
        }
        Ok(())
    }
}

fn unreadable(app: &App, batch: Vec<SealedSecret>) -> Vec<SealedSecret> {
    batch
        .into_iter()
        .filter(|secret| sealed_with(app, secret) == SealedWith::Unknown)
        .collect()
}

fn sealed_with(app: &App, secret: &SealedSecret) -> SealedWith {
    let place = secret.column.place(&secret.id);
    if app.seal.is_current(&place, &secret.sealed) {
        return SealedWith::Current;
    }
    match app.seal.unseal(&place, &secret.sealed) {
        Ok(_) => SealedWith::Other,
        Err(_) => SealedWith::Unknown,
    }
}

/// A cursor over all secrets.
#[derive(Default)]
struct Secrets {
    column: usize,
    after: String,
}

impl Secrets {
    /// `None` at the end.
    async fn next_batch(&mut self, app: &App) -> Result<Option<Vec<SealedSecret>>, Problem> {
        while let Some(column) = SealedColumn::ALL.get(self.column) {
            let mut snapshot = app.store.snapshot().await?;
            let batch = snapshot.sealed_secrets(*column, &self.after, BATCH).await?;
            if let Some(last) = batch.last {
                self.after = last;
                return Ok(Some(batch.secrets));
            }
            self.column += 1;
            self.after.clear();
        }
        Ok(None)
    }
}

async fn record(
    app: &App,
    actor: &Actor,
    action: &'static str,
    after: serde_json::Value,
) -> Result<(), Problem> {
    let entry = AuditRecord {
        actor,
        organization: None,
        action,
        subject: "secret_key",
    }
    .entry(app, None, Some(after));
    app.store
        .write(async move |tx| tx.add_audit_entry(&entry).await)
        .await?;
    Ok(())
}
