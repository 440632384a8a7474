//! Deleting an organization: at once for every reader, and row by row in the background.

use jiff::Timestamp;

use crate::{OrganizationId, OrganizationTx, StoreError, Tx};

/// What an organization may have many rows of, in an order in which each delete is small: nothing cascades from a row
/// to many others. The rest goes with the organization itself.
const ERASURES: [&str; 8] = [
    "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE organization_id = $1 LIMIT 500)",
    "DELETE FROM attempt_count WHERE (organization_id, connection_id, hour, origin, outcome, code) IN
         (SELECT organization_id, connection_id, hour, origin, outcome, code
            FROM attempt_count WHERE organization_id = $1 LIMIT 500)",
    "DELETE FROM pending_sign_in WHERE id IN
         (SELECT id FROM pending_sign_in WHERE organization_id = $1 LIMIT 500)",
    "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE organization_id = $1 LIMIT 100)",
    "DELETE FROM assertion WHERE (connection_id, assertion_id) IN
         (SELECT assertion.connection_id, assertion_id
            FROM assertion JOIN connection ON connection.id = assertion.connection_id
           WHERE connection.organization_id = $1 LIMIT 500)",
    "DELETE FROM identity WHERE (organization_id, connection_id, issuer, subject) IN
         (SELECT organization_id, connection_id, issuer, subject
            FROM identity WHERE organization_id = $1 LIMIT 500)",
    "DELETE FROM member WHERE id IN (SELECT id FROM member WHERE organization_id = $1 LIMIT 500)",
    "DELETE FROM connection WHERE id IN (SELECT id FROM connection WHERE organization_id = $1 LIMIT 10)",
];

impl OrganizationTx<'_> {
    /// Deletes the organization for every reader, and releases its slug, domains and URLs. Its sessions end. The rows stay
    /// until [`erase_batch`](Self::erase_batch) has deleted them; the audit log is kept.
    ///
    /// `false` when the organization does not exist.
    pub async fn delete(&mut self, at: Timestamp) -> Result<bool, StoreError> {
        // An ID is no valid slug, so that no other organization needs it.
        let is_deleted = self
            .tx
            .update_one(
                "UPDATE organization SET deleted_at = $2, slug = id WHERE id = $1 AND deleted_at IS NULL",
                &[self.id.into(), at.into()],
            )
            .await?;
        if !is_deleted {
            return Ok(false);
        }
        for statement in [
            "DELETE FROM domain WHERE organization_id = $1",
            "DELETE FROM console_session WHERE organization_id = $1",
            "DELETE FROM recovery_code WHERE organization_id = $1",
            "DELETE FROM setup_link WHERE organization_id = $1",
        ] {
            self.tx.execute(statement, &[self.id.into()]).await?;
        }
        self.tx
            .execute(
                "UPDATE connection
                    SET acs_url = NULL, disabled_at = COALESCE(disabled_at, $2), session_epoch = session_epoch + 1
                  WHERE organization_id = $1",
                &[self.id.into(), at.into()],
            )
            .await?;
        Ok(true)
    }

    /// Erases some rows of a deleted organization, so few that no other write waits long. `false` when none are left.
    pub async fn erase_batch(&mut self) -> Result<bool, StoreError> {
        for statement in ERASURES {
            if self.tx.execute(statement, &[self.id.into()]).await? > 0 {
                return Ok(true);
            }
        }
        self.tx
            .update_one(
                "DELETE FROM organization WHERE id = $1 AND deleted_at IS NOT NULL",
                &[self.id.into()],
            )
            .await
    }
}

impl Tx {
    /// A deleted organization whose rows are not erased yet.
    pub async fn deleted_organization(&mut self) -> Result<Option<OrganizationId>, StoreError> {
        self.fetch_optional(
            "SELECT id FROM organization WHERE deleted_at IS NOT NULL ORDER BY deleted_at, id LIMIT 1",
            &[],
            |row| row.parsed("id"),
        )
        .await
    }
}
