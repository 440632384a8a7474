//! RecoveryCodeOwner codes: by which an administrator comes in when the identity provider does not let anybody in.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{MemberId, OrganizationId, OrganizationTx, SecretHash, StoreError, Tx};

/// Whose recovery code it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCodeOwner {
    /// The organization.
    pub organization: OrganizationId,
    /// The member.
    pub member: MemberId,
}

impl OrganizationTx<'_> {
    /// Gives a member fresh codes; those that they had are worth nothing any more. `false` when there is no such member.
    pub async fn replace_recovery_codes(
        &mut self,
        member: &MemberId,
        codes: &[SecretHash],
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        // Touching the member first makes two that come at once take turns.
        let exists = self
            .tx
            .update_one(
                "UPDATE member SET role = role WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), member.into()],
            )
            .await?;
        if !exists {
            return Ok(false);
        }
        self.tx
            .execute(
                "DELETE FROM recovery_code WHERE organization_id = $1 AND member_id = $2",
                &[self.id.into(), member.into()],
            )
            .await?;
        for code in codes {
            self.tx
                .execute(
                    "INSERT INTO recovery_code (organization_id, member_id, code_hash, created_at, used_at)
                     VALUES ($1, $2, $3, $4, NULL)",
                    &[self.id.into(), member.into(), code.into(), at.into()],
                )
                .await?;
        }
        Ok(true)
    }

    /// How many codes a member has left.
    pub async fn count_recovery_codes(&mut self, member: &MemberId) -> Result<i64, StoreError> {
        let left = self
            .tx
            .fetch_optional(
                "SELECT COUNT(*) AS codes FROM recovery_code
                  WHERE organization_id = $1 AND member_id = $2 AND used_at IS NULL",
                &[self.id.into(), member.into()],
                |row| row.number("codes"),
            )
            .await?;
        Ok(left.unwrap_or_default())
    }
}

impl Tx {
    /// Uses a code up, once; nothing when there is no such code, or not any more, or its owner has been deactivated.
    pub async fn consume_recovery_code(
        &mut self,
        code: &SecretHash,
        at: Timestamp,
    ) -> Result<Option<RecoveryCodeOwner>, StoreError> {
        let spent = self
            .update_one(
                "UPDATE recovery_code SET used_at = $2
                  WHERE code_hash = $1 AND used_at IS NULL
                    AND EXISTS (SELECT 1 FROM member
                                 WHERE member.organization_id = recovery_code.organization_id
                                   AND member.id = recovery_code.member_id
                                   AND member.deactivated_at IS NULL)",
                &[code.into(), at.into()],
            )
            .await?;
        if !spent {
            return Ok(None);
        }
        self.fetch_optional(
            "SELECT organization_id, member_id FROM recovery_code WHERE code_hash = $1",
            &[code.into()],
            RecoveryCodeOwner::from_row,
        )
        .await
    }
}

impl RecoveryCodeOwner {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            organization: row.parsed("organization_id")?,
            member: row.parsed("member_id")?,
        })
    }
}
