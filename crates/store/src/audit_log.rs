//! The audit trail of the configuration.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{AuditEntryId, OrganizationId, OrganizationTx, Page, StoreError, Tx};

/// One change of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its identifier.
    pub id: AuditEntryId,
    /// The organization that it concerns; the operator's own changes concern none.
    pub organization: Option<OrganizationId>,
    /// Who made it: an API key's id, `cli`, a member's id.
    pub actor: String,
    /// What was done, such as `connection.activate`.
    pub action: String,
    /// The id of what it was done to.
    pub subject: String,
    /// What it was before, as JSON without secrets.
    pub before: Option<String>,
    /// What it is since, as JSON without secrets.
    pub after: Option<String>,
    /// When.
    pub at: Timestamp,
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
    /// Writes an event down; there is no way to change one.
    pub async fn add_audit_entry(&mut self, event: &AuditEntry) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO audit_entry (id, organization_id, actor, action, subject, state_before, state_after, happened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                (&event.id).into(),
                event.organization.as_ref().into(),
                (&event.actor).into(),
                (&event.action).into(),
                (&event.subject).into(),
                (&event.before).into(),
                (&event.after).into(),
                event.at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Lists the whole deployment's events, newest first.
    pub async fn audit_log(&mut self, page: &Page) -> Result<Vec<AuditEntry>, StoreError> {
        self.fetch_all(
            "SELECT id, organization_id, actor, action, subject, state_before, state_after, happened_at
               FROM audit_entry
              WHERE $1 IS NULL OR (happened_at, id) < (SELECT happened_at, id FROM audit_entry WHERE id = $1)
              ORDER BY happened_at DESC, id DESC
              LIMIT $2",
            &[(&page.after).into(), page.limit()],
            AuditEntry::from_row,
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// Lists the organization's events, newest first.
    pub async fn audit_log(&mut self, page: &Page) -> Result<Vec<AuditEntry>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT id, organization_id, actor, action, subject, state_before, state_after, happened_at
                   FROM audit_entry
                  WHERE organization_id = $1
                    AND ($2 IS NULL
                         OR (happened_at, id) < (SELECT happened_at, id FROM audit_entry
                                                  WHERE organization_id = $1 AND id = $2))
                  ORDER BY happened_at DESC, id DESC
                  LIMIT $3",
                &[self.id.into(), (&page.after).into(), page.limit()],
                AuditEntry::from_row,
            )
            .await
    }
}
