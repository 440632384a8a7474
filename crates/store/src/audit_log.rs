//! The audit log: changes of the configuration.

use jiff::Timestamp;

use crate::engine::Row;
use crate::query::Query;
use crate::{AuditEntryId, OrganizationId, OrganizationTx, Page, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub id: AuditEntryId,
    /// `None` for changes that concern the whole deployment.
    pub organization: Option<OrganizationId>,
    /// An API key's ID, `cli` or a member's ID.
    pub actor: String,
    /// For example `connection.activated`.
    pub action: String,
    /// The ID of what was changed.
    pub subject: String,
    /// The state before, as JSON without secrets.
    pub before: Option<String>,
    /// The state after, as JSON without secrets.
    pub after: Option<String>,
    pub at: Timestamp,
}

/// Which entries to list; `None` matches every entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    pub actor: Option<String>,
    pub action: Option<String>,
    /// At this time or later.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub before: Option<Timestamp>,
}

impl AuditEntry {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            organization: row.maybe_parsed("organization_id")?,
            actor: row.text("actor")?,
            action: row.text("action")?,
            subject: row.text("subject")?,
            before: row.maybe_text("state_before")?,
            after: row.maybe_text("state_after")?,
            at: row.time("happened_at")?,
        })
    }
}

impl Tx {
    /// Entries are never changed.
    pub async fn add_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO audit_entry (id, organization_id, actor, action, subject, state_before, state_after,
                                      happened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                (&entry.id).into(),
                entry.organization.as_ref().into(),
                (&entry.actor).into(),
                (&entry.action).into(),
                (&entry.subject).into(),
                (&entry.before).into(),
                (&entry.after).into(),
                entry.at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// The entries of the whole deployment, newest first.
    pub async fn audit_log(
        &mut self,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        self.audit_entries(None, filter, page).await
    }

    async fn audit_entries(
        &mut self,
        organization: Option<&OrganizationId>,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let mut query = Query::new(
            "SELECT id, organization_id, actor, action, subject, state_before, state_after, happened_at
               FROM audit_entry WHERE 1 = 1",
        );
        query.push_if(" AND organization_id = ", organization);
        if let Some(after) = &page.after {
            query
                .push(
                    " AND (happened_at, id) < (SELECT happened_at, id FROM audit_entry WHERE id = ",
                )
                .bind(after)
                .push_if(" AND organization_id = ", organization)
                .push(")");
        }
        query
            .push_if(" AND actor = ", filter.actor.as_deref())
            .push_if(" AND action = ", filter.action.as_deref())
            .push_if(" AND happened_at >= ", filter.since)
            .push_if(" AND happened_at < ", filter.before)
            .push(" ORDER BY happened_at DESC, id DESC")
            .limit(page);
        self.fetch_query(&query, AuditEntry::from_row).await
    }
}

impl OrganizationTx<'_> {
    /// The organization's entries, newest first.
    pub async fn audit_log(
        &mut self,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        self.tx.audit_entries(Some(self.id), filter, page).await
    }
}
