//! The audit log.

use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use runtime::random;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{AuditEntry, AuditEntryId, AuditFilter, OrganizationId, PagedList, Tx};
use utoipa::{IntoParams, ToSchema};

use super::{Actor, Listing, PageRequest, instant, organization};
use crate::filter::FilterReader;

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

/// Which entries to list. An absent or empty field matches all entries.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only changes by this person or program: the `actor` of entries, or the email address with which a person signs in to
    /// the console.
    #[param(example = "ada@acme.example")]
    pub actor: Option<String>,
    /// Only this action.
    #[param(example = "connection.activated")]
    pub action: Option<String>,
    /// Only changes at this time or later: a date, or a time in UTC.
    #[param(example = "2026-01-31")]
    pub from: Option<String>,
    /// Only changes until the end of this date, or before this time.
    #[param(example = "2026-02-28")]
    pub to: Option<String>,
}

impl AuditQuery {
    async fn filter(&self, tx: &mut Tx) -> Result<AuditFilter, Problem> {
        let mut reader = FilterReader::default();
        let filter = AuditFilter {
            actor: FilterReader::text(self.actor.as_ref()),
            action: FilterReader::text(self.action.as_ref()),
            since: reader.since("from", self.from.as_ref()),
            before: reader.before("to", self.to.as_ref()),
        };
        let mut filter = reader.finish(filter)?;
        if let Some(email) = filter.actor.as_deref().and_then(EmailAddress::parse)
            && let Some(account) = tx.console_account(email.as_str()).await?
        {
            filter.actor = Some(account.person.to_string());
        }
        Ok(filter)
    }
}

/// Lists the entries of an organization that match, newest first.
pub async fn list(
    app: &App,
    org_id_or_slug: &str,
    query: &AuditQuery,
    request: &PageRequest,
) -> Result<Listing<AuditEntryView>, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let filter = query.filter(&mut tx).await?;
    let list = PagedList::AuditLogOf(&organization.id);
    let page = request.page(&mut tx, list).await?;
    let mut org_tx = tx.organization(&organization.id);
    let entries = org_tx.audit_log(&filter, &page).await?;
    Ok(Listing::new(
        &page,
        entries,
        |entry| entry.id.as_str(),
        view,
    ))
}

/// Lists the entries of all organizations and of the deployment that match, newest first.
pub async fn list_all(
    app: &App,
    query: &AuditQuery,
    request: &PageRequest,
) -> Result<Listing<AuditEntryView>, Problem> {
    let mut tx = app.store.snapshot().await?;
    let filter = query.filter(&mut tx).await?;
    let page = request.page(&mut tx, PagedList::AuditLog).await?;
    let entries = tx.audit_log(&filter, &page).await?;
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
