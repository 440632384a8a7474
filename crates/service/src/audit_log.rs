//! The audit log.

use runtime::app::App;
use runtime::problem::Problem;
use runtime::random;
use serde::Serialize;
use serde_json::Value;
use store::{AuditEntry, AuditEntryId, OrganizationId, PagedList};
use utoipa::ToSchema;

use super::{Actor, Listing, PageRequest, instant, organization};

/// A change with the person or program that made it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct AuditEntryView {
    /// The entry ID.
    pub id: String,
    /// When the change was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who made the change: `cli`, `server` for a background job, or the ID of an API key, a person, a setup link, or a
    /// connection whose role rules applied.
    pub actor: String,
    /// The action.
    #[schema(example = "connection.activated")]
    pub action: String,
    /// The ID of the changed resource.
    pub subject: String,
    /// The resource before the change.
    pub before: Option<Value>,
    /// The resource after the change.
    pub after: Option<Value>,
}

/// A change to record in the audit log.
pub(super) struct AuditRecord<'d> {
    pub(super) actor: &'d Actor,
    pub(super) organization: Option<&'d OrganizationId>,
    pub(super) action: &'static str,
    pub(super) subject: &'d str,
}

impl AuditRecord<'_> {
    /// Builds the entry with the current time, and the resource before and after the change.
    pub(super) fn entry(
        &self,
        app: &App,
        before: Option<Value>,
        after: Option<Value>,
    ) -> AuditEntry {
        AuditEntry {
            id: AuditEntryId::from_random(random::bytes()),
            organization: self.organization.cloned(),
            actor: self.actor.to_string(),
            action: self.action.to_owned(),
            subject: self.subject.to_owned(),
            before: before.map(|value| value.to_string()),
            after: after.map(|value| value.to_string()),
            at: app.clock.now(),
        }
    }
}

/// Lists the entries of an organization, newest first.
pub async fn list(
    app: &App,
    org_id_or_slug: &str,
    request: &PageRequest,
) -> Result<Listing<AuditEntryView>, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let list = PagedList::AuditLogOf(&organization.id);
    let page = request.page(&mut tx, list).await?;
    let entries = tx.organization(&organization.id).audit_log(&page).await?;
    Ok(Listing::new(
        &page,
        entries,
        |entry| entry.id.as_str(),
        view,
    ))
}

/// Lists the entries of all organizations and of the deployment, newest first.
pub async fn list_all(
    app: &App,
    request: &PageRequest,
) -> Result<Listing<AuditEntryView>, Problem> {
    let mut tx = app.store.snapshot().await?;
    let page = request.page(&mut tx, PagedList::AuditLog).await?;
    let entries = tx.audit_log(&page).await?;
    Ok(Listing::new(
        &page,
        entries,
        |entry| entry.id.as_str(),
        view,
    ))
}

fn view(entry: AuditEntry) -> AuditEntryView {
    let parse = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    AuditEntryView {
        id: entry.id.to_string(),
        at: instant(entry.at),
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        before: parse(entry.before),
        after: parse(entry.after),
    }
}
