//! The organizations with rejected sign-ins, which the health page finds by them.

use jiff::Timestamp;

use crate::attempt_count::hour;
use crate::{IssueKind, OrganizationId, OrganizationTx, StoreError, Tx};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInCounts {
    pub accepted: u64,
    pub rejected: u64,
}

/// An organization with rejected sign-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedSignIns {
    pub organization: OrganizationId,
    /// The issue that is stored.
    pub issue: Option<IssueKind>,
    /// The sign-ins since the hour of the given time.
    pub counts: SignInCounts,
}

impl OrganizationTx<'_> {
    /// The sign-ins since the hour of this time, apart from tests and responses that anyone may have sent.
    pub async fn sign_in_counts(&mut self, since: Timestamp) -> Result<SignInCounts, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                "SELECT CAST(COALESCE(SUM(CASE WHEN outcome = 'accepted' THEN recorded + unrecorded END), 0) AS BIGINT)
                            AS accepted,
                        CAST(COALESCE(SUM(CASE WHEN outcome = 'rejected' THEN recorded + unrecorded END), 0) AS BIGINT)
                            AS rejected
                   FROM attempt_count
                  WHERE organization_id = $1 AND hour >= $2 AND origin IN ('verified', 'solicited')",
                &[self.id.into(), hour(since).into()],
                |row| {
                    Ok(SignInCounts {
                        accepted: row.count("accepted")?,
                        rejected: row.count("rejected")?,
                    })
                },
            )
            .await?;
        Ok(found.unwrap_or_default())
    }

    /// Records that a sign-in was rejected at this time, and whether the organization's sign-ins are an issue.
    pub async fn record_rejection(
        &mut self,
        at: Timestamp,
        issue: Option<IssueKind>,
    ) -> Result<(), StoreError> {
        self.tx
            .execute(
                "INSERT INTO rejected_sign_in (organization_id, hour, issue) VALUES ($1, $2, $3)
                 ON CONFLICT (organization_id) DO UPDATE SET hour = excluded.hour, issue = excluded.issue",
                &[
                    self.id.into(),
                    hour(at).into(),
                    issue.map(IssueKind::as_str).into(),
                ],
            )
            .await
            .map(drop)
    }

    /// Changes whether the organization's sign-ins are an issue.
    pub async fn set_sign_in_issue(&mut self, issue: Option<IssueKind>) -> Result<(), StoreError> {
        self.tx
            .execute(
                "UPDATE rejected_sign_in SET issue = $2 WHERE organization_id = $1",
                &[self.id.into(), issue.map(IssueKind::as_str).into()],
            )
            .await
            .map(drop)
    }

    /// Forgets the rejections, unless one was at the hour of this time or later.
    pub async fn forget_rejections(&mut self, since: Timestamp) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "DELETE FROM rejected_sign_in WHERE organization_id = $1 AND hour < $2",
                &[self.id.into(), hour(since).into()],
            )
            .await
    }
}

impl Tx {
    /// The organizations with rejected sign-ins by their IDs, after one of them.
    pub async fn rejected_sign_ins(
        &mut self,
        after: Option<&OrganizationId>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<RejectedSignIns>, StoreError> {
        let after = after.map_or("", OrganizationId::as_str);
        let found = self
            .fetch_all(
                "SELECT organization_id, issue FROM rejected_sign_in
                  WHERE organization_id > $1 ORDER BY organization_id LIMIT $2",
                &[after.into(), i64::from(limit).into()],
                |row| {
                    Ok(RejectedSignIns {
                        organization: row.parsed("organization_id")?,
                        issue: row.maybe_parsed("issue")?,
                        counts: SignInCounts::default(),
                    })
                },
            )
            .await?;
        let mut counted = Vec::with_capacity(found.len());
        for mut organization in found {
            let mut org_tx = self.organization(&organization.organization);
            organization.counts = org_tx.sign_in_counts(since).await?;
            counted.push(organization);
        }
        Ok(counted)
    }
}
