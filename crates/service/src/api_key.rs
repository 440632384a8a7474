//! Keys for the REST API.

use base64_simd::URL_SAFE_NO_PAD;
use runtime::app::App;
use runtime::problem::Problem;
use runtime::{random, seal};
use serde::{Deserialize, Serialize};
use store::{ApiKey, ApiKeyId, StoreError};
use utoipa::ToSchema;

use super::audit_log::Deed;
use super::{Actor, Listing, PageRequest, Undone, instant};
use crate::to_json;

/// Begins each key, so that a secret scanner recognises one.
const PREFIX: &str = "vst_";

/// A key to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewApiKey {
    /// What it is for, in the operator's words.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
}

/// A key as it is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct ApiKeyView {
    /// Its public name.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: String,
    /// Since when it is refused.
    pub revoked_at: Option<String>,
    /// The key itself: when it is made, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Makes a key, which is shown this once.
///
/// # Errors
///
/// When its name is empty or the database fails.
pub async fn create(app: &App, actor: &Actor, new: NewApiKey) -> Result<ApiKeyView, Problem> {
    let key = format!(
        "{PREFIX}{}",
        URL_SAFE_NO_PAD.encode_to_string(random::bytes::<32>())
    );
    let made = ApiKey {
        id: ApiKeyId::from_random(random::bytes()),
        hash: seal::hash(&key),
        name: new.name,
        created_at: app.clock.now(),
        revoked_at: None,
    };
    let shown = view(&made);
    let deed = Deed {
        actor,
        organization: None,
        action: "api_key.create",
        subject: made.id.as_str(),
    };
    let event = deed.event(app, None, Some(to_json(&shown)));
    app.store
        .write(async move |tx| {
            tx.add_api_key(&made).await?;
            tx.add_audit_entry(&event).await
        })
        .await?;
    Ok(ApiKeyView {
        key: Some(key),
        ..shown
    })
}

/// The keys, oldest first.
///
/// # Errors
///
/// When the page cannot be.
pub async fn list(app: &App, request: &PageRequest) -> Result<Listing<ApiKeyView>, Problem> {
    let page = request.page()?;
    let wanted = page.clone();
    let keys = app.store.snapshot().await?.api_keys(&wanted).await?;
    Ok(Listing::new(
        &page,
        keys,
        |key| key.id.as_str(),
        |key| view(&key),
    ))
}

/// Revokes a key at once.
///
/// # Errors
///
/// When there is no such key that still works.
pub async fn revoke(app: &App, actor: &Actor, id: &str) -> Result<(), Problem> {
    let unknown = || Problem::not_found("API key that still works with the id", id);
    let key = ApiKeyId::parse(id).map_err(|_| unknown())?;
    let now = app.clock.now();
    let deed = Deed {
        actor,
        organization: None,
        action: "api_key.revoke",
        subject: id,
    };
    let event = deed.event(app, None, None);
    let refusal = unknown();
    app.store
        .write(async move |tx| {
            if !tx.revoke_api_key(&key, now).await? {
                return Err(refusal.into());
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
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
