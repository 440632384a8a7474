//! Keys of the REST API.

use base64_simd::URL_SAFE_NO_PAD;
use runtime::app::App;
use runtime::problem::Problem;
use runtime::{random, seal};
use serde::{Deserialize, Serialize};
use store::{ApiKey, ApiKeyId, PagedList, StoreError};
use utoipa::ToSchema;

use super::audit_log::AuditRecord;
use super::{Actor, Listing, PageRequest, TxError, instant};
use crate::to_json;

/// The prefix lets secret scanners recognize a leaked key.
const PREFIX: &str = "vst_";

#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewApiKey {
    /// What the key is for.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct ApiKeyView {
    pub id: String,
    pub name: String,
    pub created_at: String,
    /// When the key was revoked. It is rejected from then on.
    pub revoked_at: Option<String>,
    /// The key, only in the response to the request that created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Creates a key. The result is the only place where the key appears.
pub async fn create(app: &App, actor: &Actor, new: NewApiKey) -> Result<ApiKeyView, Problem> {
    let key = format!(
        "{PREFIX}{}",
        URL_SAFE_NO_PAD.encode_to_string(random::bytes::<32>())
    );
    let row = ApiKey {
        id: ApiKeyId::from_random(random::bytes()),
        hash: seal::hash(&key),
        name: new.name,
        created_at: app.clock.now(),
        revoked_at: None,
    };
    let view = view(&row);
    let record = AuditRecord {
        actor,
        organization: None,
        action: "api_key.created",
        subject: row.id.as_str(),
    };
    let entry = record.entry(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            tx.add_api_key(&row).await?;
            tx.add_audit_entry(&entry).await
        })
        .await?;
    Ok(ApiKeyView {
        key: Some(key),
        ..view
    })
}

/// Lists the keys, oldest first.
pub async fn list(app: &App, request: &PageRequest) -> Result<Listing<ApiKeyView>, Problem> {
    let mut tx = app.store.snapshot().await?;
    let page = request.page(&mut tx, PagedList::ApiKeys).await?;
    let keys = tx.api_keys(&page).await?;
    Ok(Listing::new(
        &page,
        keys,
        |key| key.id.as_str(),
        |key| view(&key),
    ))
}

/// Revokes a key with immediate effect. A key that is already revoked is not found.
pub async fn revoke(app: &App, actor: &Actor, id: &str) -> Result<(), Problem> {
    let unknown = || Problem::not_found("active API key", id);
    let key = ApiKeyId::parse(id).map_err(|_| unknown())?;
    let now = app.clock.now();
    let record = AuditRecord {
        actor,
        organization: None,
        action: "api_key.revoked",
        subject: id,
    };
    let entry = record.entry(app, None, None);
    let not_found = unknown();
    app.store
        .write(async move |tx| {
            if !tx.revoke_api_key(&key, now).await? {
                return Err(not_found.into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(())
}

/// The actor of an API key; `None` when the key is unknown or revoked.
///
/// The lookup is by hash, so its duration reveals nothing about existing keys.
pub async fn authenticate(app: &App, presented: &str) -> Result<Option<Actor>, StoreError> {
    let hash = seal::hash(presented);
    let key = app.store.snapshot().await?.api_key(&hash).await?;
    Ok(key.map(|key| Actor::ApiKey(key.id)))
}

fn view(key: &ApiKey) -> ApiKeyView {
    ApiKeyView {
        id: key.id.to_string(),
        name: key.name.clone(),
        created_at: instant(key.created_at),
        revoked_at: key.revoked_at.map(instant),
        key: None,
    }
}
