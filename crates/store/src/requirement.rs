//! Whether everybody in an organization has to come through its identity provider, and who could.

use crate::engine::Row;
use crate::{MemberId, StoreError, Tenant, UnixTime};

/// That everybody has to come through the organization's identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Since when.
    pub since: UnixTime,
    /// Who said so.
    pub by: Option<String>,
}

/// What a member has to come in by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Means {
    /// The member, who has not been deactivated.
    pub member: MemberId,
    /// Since when they need not come through the identity provider.
    pub exempt_since: Option<UnixTime>,
    /// How many accounts they have at any identity provider.
    pub accounts: i64,
    /// How many of those are at connections that are active.
    pub live_accounts: i64,
    /// How many recovery codes they have left.
    pub recovery_codes: i64,
}

fn read(row: &Row) -> Result<Means, StoreError> {
    Ok(Means {
        member: row.parsed("id")?,
        exempt_since: row.maybe_time("sso_exempt_since")?,
        accounts: row.number("accounts")?,
        live_accounts: row.number("live_accounts")?,
        recovery_codes: row.number("recovery_codes")?,
    })
}

impl Tenant<'_> {
    /// Whether everybody has to come through the identity provider, and since when.
    pub async fn requirement(&mut self) -> Result<Option<Requirement>, StoreError> {
        let found = self
            .tx
            .optional(
                "SELECT sso_required_since, sso_required_by FROM organization WHERE id = $1",
                &[self.id.into()],
                |row| {
                    let by = row.maybe_text("sso_required_by")?;
                    let since = row.maybe_time("sso_required_since")?;
                    Ok(since.map(|since| Requirement { since, by }))
                },
            )
            .await?;
        Ok(found.flatten())
    }

    /// Demands from now on that everybody come through the identity provider; `false` when that is so already.
    pub async fn require_sso(&mut self, requirement: &Requirement) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE organization SET sso_required_since = $2, sso_required_by = $3
                  WHERE id = $1 AND sso_required_since IS NULL",
                &[
                    self.id.into(),
                    requirement.since.into(),
                    (&requirement.by).into(),
                ],
            )
            .await
    }

    /// Demands it no longer; `false` when it was not demanded.
    pub async fn stop_requiring_sso(&mut self) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE organization SET sso_required_since = NULL, sso_required_by = NULL
                  WHERE id = $1 AND sso_required_since IS NOT NULL",
                &[self.id.into()],
            )
            .await
    }

    /// Exempts a member, or with `None` no longer; `false` when there is no such member.
    pub async fn set_exempt(
        &mut self,
        member: &MemberId,
        since: Option<UnixTime>,
    ) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE member SET sso_exempt_since = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), member.into(), since.into()],
            )
            .await
    }

    /// What each member who has not been deactivated has to come in by, oldest first.
    pub async fn means(&mut self) -> Result<Vec<Means>, StoreError> {
        self.tx
            .all(
                "SELECT member.id, member.sso_exempt_since,
                        (SELECT COUNT(*) FROM identity
                          WHERE identity.organization_id = member.organization_id
                            AND identity.member_id = member.id) AS accounts,
                        (SELECT COUNT(*) FROM identity
                           JOIN connection ON connection.id = identity.connection_id
                          WHERE identity.organization_id = member.organization_id
                            AND identity.member_id = member.id
                            AND connection.issuer = identity.issuer
                            AND connection.activated_at IS NOT NULL
                            AND connection.disabled_at IS NULL) AS live_accounts,
                        (SELECT COUNT(*) FROM recovery_code
                          WHERE recovery_code.organization_id = member.organization_id
                            AND recovery_code.member_id = member.id
                            AND recovery_code.used_at IS NULL) AS recovery_codes
                   FROM member
                  WHERE member.organization_id = $1 AND member.deactivated_at IS NULL
                  ORDER BY member.created_at, member.id",
                &[self.id.into()],
                read,
            )
            .await
    }
}
