//! Recovery codes, by which an administrator signs in while the identity provider is unavailable.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{MemberId, OrganizationId, OrganizationTx, SecretHash, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCodeOwner {
    pub organization: OrganizationId,
    pub member: MemberId,
}

impl OrganizationTx<'_> {
    /// Replaces all of a member's codes; `false` when the member does not exist.
    pub async fn replace_recovery_codes(
        &mut self,
        member: &MemberId,
        codes: &[SecretHash],
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        // Locks the member, so that parallel calls take turns.
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

    /// Records that a member has saved the unused codes. Returns how many were not recorded as saved before.
    pub async fn confirm_recovery_codes(
        &mut self,
        member: &MemberId,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        self.tx
            .execute(
                "UPDATE recovery_code SET saved_at = $3
                  WHERE organization_id = $1 AND member_id = $2 AND used_at IS NULL AND saved_at IS NULL",
                &[self.id.into(), member.into(), at.into()],
            )
            .await
    }

    /// How many unused codes a member has.
    pub async fn count_recovery_codes(&mut self, member: &MemberId) -> Result<i64, StoreError> {
        let unused_codes = self
            .tx
            .fetch_optional(
                "SELECT COUNT(*) AS codes FROM recovery_code
                  WHERE organization_id = $1 AND member_id = $2 AND used_at IS NULL",
                &[self.id.into(), member.into()],
                |row| row.number("codes"),
            )
            .await?;
        Ok(unused_codes.unwrap_or_default())
    }
}

impl Tx {
    /// Uses a code once; `None` when it does not exist or was used, or the member is deactivated.
    pub async fn consume_recovery_code(
        &mut self,
        code: &SecretHash,
        at: Timestamp,
    ) -> Result<Option<RecoveryCodeOwner>, StoreError> {
        let consumed = self
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
        if !consumed {
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
