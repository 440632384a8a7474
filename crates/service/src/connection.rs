//! Connections: an organization's links to identity providers.

mod absolute_uri;
pub mod acs_address;
pub(crate) mod activation;
mod diff;
mod duplicate;
mod etag;
mod idp_config;
mod idp_import;
mod impact;
mod key_rotation;
mod location_error;
mod metadata_source;
mod plausibility;
mod provider_detection;
mod rename;
mod secret_scan;
mod settings;
mod setup_progress;
mod sp_entity_id;
mod sp_metadata;
mod untouched;
mod version;
mod view;
mod warning;
mod working_copy;

pub use acs_address::{acs_url, sp_metadata_url};
pub use activation::{activate, confirm_activation, decline_activation};
pub use diff::{DiffValue, Difference, draft_differences, version_differences};
pub use duplicate::duplicate;
pub(crate) use etag::check_if_match;
use etag::check_unchanged;
pub use etag::tested_settings;
pub use etag::{ETag, edit_conflict};
use idp_config::IdpConfig;
pub use idp_config::paste_error_text;
pub use idp_import::{
    Endpoint, IdpInput, ImportError, ImportResult, ImportedIdp, preview_import, save_import,
};
pub use impact::{ConnectionImpact, impact};
use jiff::Timestamp;
pub use key_rotation::{ConnectionKeyRotation, ConnectionKeyView, keys, rotate_due, rotate_keys};
use metadata_source::MetadataSource;
pub use rename::rename;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::random;
use serde_json::Value;
pub use settings::{
    AttributeSettings, ConnectionInput, CustomClaimSettings, MAX_ROLE_RULES, RoleRuleSettings,
};
pub use setup_progress::{SetupStep, mark_step, set_metadata_source, setup_progress};
pub use sp_entity_id::is_portable_entity_id;
pub use sp_metadata::{signed_sp_metadata, sp_metadata};
use store::{
    Connection, ConnectionId, ConnectionLifecycle, ConnectionName, ConnectionState, Organization,
    OrganizationConnection, OrganizationId, OrganizationTx, Provider, StoreError, Tx,
    UnreadCertificates,
};
pub use untouched::find_untouched;
use version::record_version;
pub use version::{VersionView, restore, versions};
pub(super) use view::CERTIFICATE_EXPIRY_WARNING;
pub use view::{CertificateView, ConnectionView, entity_id};
pub use warning::Warning;
pub use working_copy::{
    WorkingCopy, WorkingCopyView, discard_draft, load_working_copy, publish, show_working_copy,
    update_working_copy,
};

use super::audit_log::AuditRecord;
use super::{Actor, Listing, TxError, organization};
use crate::json::Patch;
use crate::{json, to_json};

/// Names a connection.
#[derive(Clone, Copy, Debug)]
pub enum ConnectionRef<'r> {
    /// The ID or slug of an organization, and the ID of one of its connections.
    InOrganization(&'r str, &'r str),
    /// The ID of a connection of any organization. Only for operators.
    ById(&'r str),
}

/// Creates a connection that is not active yet. Its URLs and keys exist before the identity provider is configured, so
/// that an administrator can first enter them at the identity provider.
pub async fn create(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    settings: ConnectionInput,
) -> Result<ConnectionView, Problem> {
    let mut settings = settings.trimmed();
    json::validate(&settings)?;
    let organization = organization::find(app, org_id_or_slug).await?;
    let now = app.clock.now();
    secret_scan::check(app, &settings)?;
    let source = MetadataSource::fetch(app, &mut settings).await?;
    let idp_config = IdpConfig::from_settings(app, &settings, None).await?;
    settings.provider = settings.provider.or_else(|| idp_config.detect_provider());
    let connection = Connection {
        id: ConnectionId::from_random(random::bytes()),
        organization: organization.id.clone(),
        settings: settings.resolve(app, &idp_config, None)?,
        certificates: idp_config.certificates(),
        lifecycle: new_lifecycle(now),
        activation_request: None,
    };
    let mut created = view::view(app, &organization, &connection);
    let entry =
        audit(actor, &connection, "connection.created").entry(app, None, Some(to_json(&created)));
    app.store
        .write(async move |tx| {
            tx.organization(&connection.organization)
                .add_connection(&connection)
                .await??;
            if let Some(source) = source {
                let mut org_tx = tx.organization(&connection.organization);
                source.save(&mut org_tx, &connection).await?;
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    created.warnings.extend(idp_config.into_warnings());
    Ok(created)
}

/// A draft.
const fn new_lifecycle(now: Timestamp) -> ConnectionLifecycle {
    ConnectionLifecycle {
        created_at: now,
        tested_at: None,
        activated_at: None,
        disabled_at: None,
        session_epoch: 0,
        unconfirmed_since: None,
    }
}

/// How many connections a filter offers.
const MAX_NAMES: u32 = 100;

/// The connections of an organization, oldest first.
pub async fn list(app: &App, org_id_or_slug: &str) -> Result<Listing<ConnectionView>, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let connections = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .connections()
        .await?;
    Ok(Listing::whole(
        connections
            .iter()
            .map(|connection| view::view(app, &organization, connection))
            .collect(),
    ))
}

/// A connection with the slug of its organization.
#[derive(Clone, Debug)]
pub struct ListedConnection {
    pub slug: String,
    pub connection: ConnectionView,
}

/// Some connections of all organizations, in the order of their IDs after this one. An empty list is the end.
pub async fn list_batch(
    app: &App,
    after: Option<&ConnectionId>,
    limit: u32,
) -> Result<Vec<ListedConnection>, StoreError> {
    let mut snapshot = app.store.snapshot().await?;
    let batch = snapshot.connection_batch(after, limit).await?;
    let list = |found: OrganizationConnection| ListedConnection {
        connection: view::view(app, &found.organization, &found.connection),
        slug: found.organization.slug,
    };
    Ok(batch.into_iter().map(list).collect())
}

/// The names of an organization's connections, oldest first; at most 100.
pub async fn list_names(
    app: &App,
    organization: &OrganizationId,
) -> Result<Vec<ConnectionName>, StoreError> {
    let mut snapshot = app.store.snapshot().await?;
    let mut org_tx = snapshot.organization(organization);
    org_tx.connection_names(MAX_NAMES).await
}

pub async fn show(app: &App, connection_ref: ConnectionRef<'_>) -> Result<ConnectionView, Problem> {
    let (organization, connection) = find(app, connection_ref).await?;
    Ok(view::view(app, &organization, &connection))
}

/// Changes the connection itself, without a draft. A change that changes nothing is not recorded. `metadata_xml` in the
/// change replaces the whole configuration of the identity provider.
///
/// # Errors
///
/// `edit-conflict` when the connection was changed while this change was validated; other problems when the settings
/// are invalid.
pub async fn update(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    change: Patch,
) -> Result<ConnectionView, Problem> {
    let (organization, before) = find(app, connection_ref).await?;
    let Change {
        after,
        warnings,
        source,
    } = apply_change(app, &before, change).await?;
    let mut view = view::view(app, &organization, &after);
    if after == before && source.is_none() {
        view.warnings.extend(warnings);
        return Ok(view);
    }
    let shown_before = to_json(&view::view(app, &organization, &before));
    let entry = audit(actor, &after, "connection.updated").entry(
        app,
        Some(shown_before),
        Some(to_json(&view)),
    );
    let now = app.clock.now();
    let by = actor.to_string();
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&after.organization);
            check_unchanged(&mut org_tx, &before).await?;
            save(&mut org_tx, &after).await?;
            if let Some(source) = source {
                source.save(&mut org_tx, &after).await?;
            }
            if after.state() == ConnectionState::Active {
                record_version(&mut org_tx, &before, &after, now, &by).await?;
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    view.warnings.extend(warnings);
    Ok(view)
}

/// A change that is validated and not saved yet.
struct Change {
    after: Connection,
    /// About the new settings.
    warnings: Vec<Warning>,
    /// Where the metadata was fetched from.
    source: Option<MetadataSource>,
}

/// Applies a change to a connection. A change of anything but the name resets `tested_at`.
async fn apply_change(app: &App, before: &Connection, change: Patch) -> Result<Change, Problem> {
    let is_metadata = change.sets("metadata_xml") || change.sets("metadata_url");
    let mut current = to_json(&ConnectionInput::from_connection(before));
    if let Value::Object(fields) = &mut current
        && is_metadata
    {
        for field in ["issuer", "sign_on_url", "sign_on_binding", "certificates"] {
            fields.remove(field);
        }
    }
    let is_product_open = before.settings.provider == Provider::Other
        && before.settings.issuer.is_empty()
        && !change.sets("provider");
    let mut settings: ConnectionInput = change.apply_to::<ConnectionInput>(current)?.trimmed();
    // A client may send back the URL that it has read.
    if settings.acs_url.as_ref() == Some(&acs_address::own_acs_url(app, &before.id)) {
        settings.acs_url = None;
    }
    secret_scan::check(app, &settings)?;
    let source = MetadataSource::fetch(app, &mut settings).await?;
    let idp_config = IdpConfig::from_settings(app, &settings, Some(before)).await?;
    if is_product_open && let Some(provider) = idp_config.detect_provider() {
        settings.provider = Some(provider);
        settings.reject_expired_signing_certificate = None;
    }
    let mut after = before.clone();
    after.settings = settings.resolve(app, &idp_config, Some(&before.settings))?;
    after.certificates = idp_config.certificates();
    if before.is_complete() {
        check_complete(&after)?;
    }
    let mut renamed = before.clone();
    renamed.settings.name.clone_from(&after.settings.name);
    if renamed != after {
        after.lifecycle.tested_at = None;
    }
    Ok(Change {
        after,
        warnings: idp_config.into_warnings(),
        source,
    })
}

/// Authentication is forced since the settings were published, not since the draft or the earlier version was saved:
/// the sessions in between began without it.
fn start_forced_authentication(before: &Connection, after: &mut Connection, now: Timestamp) {
    if let Some(since) = &mut after.settings.force_authn_since {
        *since = before.settings.force_authn_since.unwrap_or(now);
    }
}

/// Saves the settings, the certificates and `tested_at`.
async fn save(org_tx: &mut OrganizationTx<'_>, connection: &Connection) -> Result<(), TxError> {
    let Connection {
        id,
        settings,
        certificates,
        ..
    } = connection;
    if !org_tx.update_connection(id, settings).await?? {
        return Err(Problem::not_found("connection", id.as_str()).into());
    }
    org_tx.replace_certificates(id, certificates).await?;
    org_tx
        .set_tested(id, connection.lifecycle.tested_at)
        .await?;
    Ok(())
}

/// Fails when settings that a sign-in needs are missing.
pub fn check_complete(connection: &Connection) -> Result<(), Problem> {
    let missing = connection.missing();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::with_detail(
        ProblemCode::ConnectionIncomplete,
        format!(
            "the identity provider's configuration is incomplete: set {}, or set metadata_xml instead",
            missing.join(", ")
        ),
    ))
}

/// Disables a connection. Members can no longer sign in through it. A connection that is disabled already stays so.
///
/// # Errors
///
/// `connection-not-active` when the connection was never activated.
pub async fn disable(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
) -> Result<ConnectionView, Problem> {
    let (organization, mut connection) = find(app, connection_ref).await?;
    match connection.state() {
        ConnectionState::Active => {}
        ConnectionState::Disabled => return Ok(view::view(app, &organization, &connection)),
        ConnectionState::Draft | ConnectionState::Tested => {
            return Err(Problem::new(ProblemCode::ConnectionNotActive));
        }
    }
    let now = app.clock.now();
    connection.lifecycle.disabled_at = Some(now);
    let view = view::view(app, &organization, &connection);
    let entry = audit(actor, &connection, "connection.disabled").entry(app, None, None);
    app.store
        .write(async move |tx| {
            tx.organization(&connection.organization)
                .disable(&connection.id, now)
                .await?;
            tx.add_audit_entry(&entry).await
        })
        .await?;
    Ok(view)
}

/// Deletes a connection, but not its sign-in attempts. It is gone at once; its rows are erased in the background.
pub async fn delete(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
) -> Result<(), Problem> {
    let (organization, connection) = find(app, connection_ref).await?;
    let before = to_json(&view::view(app, &organization, &connection));
    let entry = audit(actor, &connection, "connection.deleted").entry(app, Some(before), None);
    let now = app.clock.now();
    app.store
        .write(async move |tx| {
            tx.organization(&connection.organization)
                .delete_connection(&connection.id, now)
                .await?;
            tx.add_audit_entry(&entry).await
        })
        .await?;
    Ok(())
}

/// Erases the rows of deleted connections, in many small transactions.
pub async fn erase_deleted(app: &App) -> Result<(), StoreError> {
    loop {
        // The snapshot ends here: in a condition of the loop, it would stay open while the rows are erased.
        let found = app.store.snapshot().await?.deleted_connection().await?;
        let Some(deleted) = found else {
            return Ok(());
        };
        let erase_batch = async move |tx: &mut Tx| {
            tx.organization(&deleted.organization)
                .erase_connection_batch(&deleted.connection)
                .await
        };
        app.store.write_in_batches(erase_batch).await?;
    }
}

/// Stores when the certificates of active connections expire, where that is not known yet.
pub async fn read_certificate_expiries(app: &App) -> Result<(), StoreError> {
    const BATCH_SIZE: u32 = 50;
    let read_batch = async |tx: &mut Tx| {
        let unread = tx.unread_certificates(BATCH_SIZE).await?;
        for UnreadCertificates {
            organization,
            connection,
        } in &unread
        {
            let mut org_tx = tx.organization(organization);
            // Locked before it is read: a concurrent request may replace the certificates.
            org_tx.lock_connection(connection).await?;
            let found = org_tx.connection(connection).await?;
            let expiry = found.as_ref().and_then(view::last_certificate_expiry);
            org_tx
                .set_certificates_expiry(connection, expiry.unwrap_or(Timestamp::MAX))
                .await?;
        }
        Ok(u32::try_from(unread.len()) == Ok(BATCH_SIZE))
    };
    app.store.write_in_batches(read_batch).await
}

pub async fn find(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<(Organization, Connection), Problem> {
    let (ConnectionRef::InOrganization(_, id_text) | ConnectionRef::ById(id_text)) = connection_ref;
    let not_found = || Problem::not_found("connection", id_text);
    let organization = match connection_ref {
        ConnectionRef::InOrganization(org_id_or_slug, _) => {
            Some(organization::find(app, org_id_or_slug).await?)
        }
        ConnectionRef::ById(_) => None,
    };
    let id = ConnectionId::parse(id_text).map_err(|_| not_found())?;
    let mut tx = app.store.snapshot().await?;
    let connection = match &organization {
        Some(organization) => tx.organization(&organization.id).connection(&id).await?,
        None => tx.connection(&id).await?,
    };
    let connection = connection.ok_or_else(not_found)?;
    let organization = tx.organization(&connection.organization).read().await?;
    Ok((organization.ok_or_else(not_found)?, connection))
}

pub(crate) fn audit<'d>(
    actor: &'d Actor,
    connection: &'d Connection,
    action: &'static str,
) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(&connection.organization),
        action,
        subject: connection.id.as_str(),
    }
}
