//! Deleting what may have many rows: at once for every reader, and row by row in the background.

use jiff::Timestamp;

use crate::{ApplicationId, ConnectionId, OrganizationId, OrganizationTx, StoreError, Tx};

/// What a connection may have many rows of. The rest goes with the connection itself.
const CONNECTION_ERASURES: [&str; 4] = [
    "DELETE FROM pending_sign_in WHERE id IN
         (SELECT id FROM pending_sign_in WHERE organization_id = $1 AND connection_id = $2 LIMIT 100)",
    "DELETE FROM session WHERE id IN
         (SELECT id FROM session WHERE organization_id = $1 AND connection_id = $2 LIMIT 50)",
    "DELETE FROM assertion WHERE (connection_id, assertion_id) IN
         (SELECT assertion.connection_id, assertion_id
            FROM assertion JOIN connection ON connection.id = assertion.connection_id
           WHERE connection.organization_id = $1 AND connection.id = $2 LIMIT 100)",
    "DELETE FROM identity WHERE (organization_id, connection_id, issuer, subject) IN
         (SELECT organization_id, connection_id, issuer, subject
            FROM identity WHERE organization_id = $1 AND connection_id = $2 LIMIT 100)",
];

/// What an application may have many rows of.
const APPLICATION_ERASURES: [&str; 3] = [
    "DELETE FROM access_token WHERE token_hash IN
         (SELECT token_hash FROM access_token WHERE application_id = $1 LIMIT 100)",
    "DELETE FROM authorization_code WHERE code_hash IN
         (SELECT code_hash FROM authorization_code WHERE application_id = $1 LIMIT 100)",
    "DELETE FROM pending_sign_in WHERE id IN
         (SELECT id FROM pending_sign_in WHERE application_id = $1 LIMIT 100)",
];

/// A deleted connection whose rows are not erased yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedConnection {
    pub organization: OrganizationId,
    pub connection: ConnectionId,
}

/// What an organization may have many rows of, in an order in which each delete is small: nothing cascades from a row
/// to many others. The rest goes with the organization itself.
const ERASURES: [&str; 8] = [
    "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE organization_id = $1 LIMIT 100)",
    "DELETE FROM attempt_count WHERE (organization_id, connection_id, hour, origin, outcome, code) IN
         (SELECT organization_id, connection_id, hour, origin, outcome, code
            FROM attempt_count WHERE organization_id = $1 LIMIT 100)",
    "DELETE FROM pending_sign_in WHERE id IN
         (SELECT id FROM pending_sign_in WHERE organization_id = $1 LIMIT 100)",
    "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE organization_id = $1 LIMIT 50)",
    "DELETE FROM assertion WHERE (connection_id, assertion_id) IN
         (SELECT assertion.connection_id, assertion_id
            FROM assertion JOIN connection ON connection.id = assertion.connection_id
           WHERE connection.organization_id = $1 LIMIT 100)",
    "DELETE FROM identity WHERE (organization_id, connection_id, issuer, subject) IN
         (SELECT organization_id, connection_id, issuer, subject
            FROM identity WHERE organization_id = $1 LIMIT 100)",
    "DELETE FROM member WHERE id IN (SELECT id FROM member WHERE organization_id = $1 LIMIT 50)",
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

    /// Deletes a connection for every reader, and ends its sessions; members and attempts stay. Its keys, accounts,
    /// sessions and pending sign-ins stay until [`erase_connection_batch`](Self::erase_connection_batch) has deleted them.
    ///
    /// `false` when the organization has no such connection.
    pub async fn delete_connection(
        &mut self,
        id: &ConnectionId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let is_deleted = self
            .tx
            .update_one(
                "UPDATE connection
                    SET deleted_at = $3, acs_url = NULL, disabled_at = COALESCE(disabled_at, $3),
                        session_epoch = session_epoch + 1
                  WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                &[self.id.into(), id.into(), at.into()],
            )
            .await?;
        if is_deleted {
            for statement in [
                "DELETE FROM setup_link WHERE organization_id = $1 AND connection_id = $2",
                "DELETE FROM connection_draft WHERE organization_id = $1 AND connection_id = $2",
            ] {
                let values = [self.id.into(), id.into()];
                self.tx.execute(statement, &values).await?;
            }
        }
        Ok(is_deleted)
    }

    /// Erases some rows of a deleted connection. `false` when none are left.
    pub async fn erase_connection_batch(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        for statement in CONNECTION_ERASURES {
            let values = [self.id.into(), id.into()];
            if self.tx.execute(statement, &values).await? > 0 {
                return Ok(true);
            }
        }
        self.tx
            .update_one(
                "DELETE FROM connection WHERE organization_id = $1 AND id = $2 AND deleted_at IS NOT NULL",
                &[self.id.into(), id.into()],
            )
            .await
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
    /// Deletes some codes, tokens and pending sign-ins of an application, before the application itself. `false` when
    /// none are left.
    pub async fn erase_application_batch(
        &mut self,
        id: &ApplicationId,
    ) -> Result<bool, StoreError> {
        for statement in APPLICATION_ERASURES {
            if self.execute(statement, &[id.into()]).await? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A deleted connection whose rows are not erased yet.
    pub async fn deleted_connection(&mut self) -> Result<Option<DeletedConnection>, StoreError> {
        self.fetch_optional(
            "SELECT organization_id, id FROM connection WHERE deleted_at IS NOT NULL ORDER BY deleted_at, id LIMIT 1",
            &[],
            |row| {
                Ok(DeletedConnection {
                    organization: row.parsed("organization_id")?,
                    connection: row.parsed("id")?,
                })
            },
        )
        .await
    }

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
