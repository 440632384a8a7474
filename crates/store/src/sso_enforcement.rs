//! SSO enforcement: whether members must sign in through the identity provider, and which members can.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{ConnectionId, MemberId, OrganizationTx, StoreError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SsoEnforcement {
    pub since: Timestamp,
    /// Who enforced it.
    pub by: Option<String>,
}

/// By what an active member can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInOptions {
    pub member: MemberId,
    pub role: String,
    /// Since when the member is exempt from SSO enforcement.
    pub exempt_since: Option<Timestamp>,
    /// Accounts at any identity provider.
    pub accounts: i64,
    /// Accounts at the identity providers of active connections.
    pub active_accounts: i64,
    /// Unused recovery codes.
    pub recovery_codes: i64,
    /// Those of them that the member has confirmed as saved.
    pub saved_recovery_codes: i64,
    /// The person's last sign-in to the console with an emailed code, a link or a passkey.
    pub local_sign_in_at: Option<Timestamp>,
}

/// That a member has an account at the identity provider of an active connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveAccount {
    pub member: MemberId,
    pub connection: ConnectionId,
}

impl SignInOptions {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            member: row.parsed("id")?,
            role: row.text("role")?,
            exempt_since: row.maybe_time("sso_exempt_since")?,
            accounts: row.number("accounts")?,
            active_accounts: row.number("active_accounts")?,
            recovery_codes: row.number("recovery_codes")?,
            saved_recovery_codes: row.number("saved_recovery_codes")?,
            local_sign_in_at: row.maybe_time("local_sign_in_at")?,
        })
    }
}

impl OrganizationTx<'_> {
    pub async fn sso_enforcement(&mut self) -> Result<Option<SsoEnforcement>, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                "SELECT sso_enforced_since, sso_enforced_by FROM organization WHERE id = $1",
                &[self.id.into()],
                |row| {
                    let by = row.maybe_text("sso_enforced_by")?;
                    let since = row.maybe_time("sso_enforced_since")?;
                    Ok(since.map(|since| SsoEnforcement { since, by }))
                },
            )
            .await?;
        Ok(found.flatten())
    }

    /// `false` when SSO is enforced already.
    pub async fn enforce_sso(&mut self, enforcement: &SsoEnforcement) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE organization SET sso_enforced_since = $2, sso_enforced_by = $3
                  WHERE id = $1 AND sso_enforced_since IS NULL",
                &[
                    self.id.into(),
                    enforcement.since.into(),
                    (&enforcement.by).into(),
                ],
            )
            .await
    }

    /// `false` when SSO was not enforced.
    pub async fn stop_enforcing_sso(&mut self) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE organization SET sso_enforced_since = NULL, sso_enforced_by = NULL
                  WHERE id = $1 AND sso_enforced_since IS NOT NULL",
                &[self.id.into()],
            )
            .await
    }

    /// Exempts a member, or with `None` ends the exemption; `false` when the member does not exist.
    pub async fn set_sso_exemption(
        &mut self,
        member: &MemberId,
        since: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE member SET sso_exempt_since = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), member.into(), since.into()],
            )
            .await
    }

    /// The options of each active member, oldest first.
    pub async fn sign_in_options(&mut self) -> Result<Vec<SignInOptions>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT member.id, member.role, member.sso_exempt_since, person.local_sign_in_at,
                        (SELECT COUNT(*) FROM identity
                           JOIN connection ON connection.id = identity.connection_id
                          WHERE identity.organization_id = member.organization_id
                            AND identity.member_id = member.id
                            AND connection.deleted_at IS NULL) AS accounts,
                        (SELECT COUNT(*) FROM identity
                           JOIN connection ON connection.id = identity.connection_id
                          WHERE identity.organization_id = member.organization_id
                            AND identity.member_id = member.id
                            AND connection.issuer = identity.issuer
                            AND connection.activated_at IS NOT NULL
                            AND connection.disabled_at IS NULL) AS active_accounts,
                        (SELECT COUNT(*) FROM recovery_code
                          WHERE recovery_code.organization_id = member.organization_id
                            AND recovery_code.member_id = member.id
                            AND recovery_code.used_at IS NULL) AS recovery_codes,
                        (SELECT COUNT(*) FROM recovery_code
                          WHERE recovery_code.organization_id = member.organization_id
                            AND recovery_code.member_id = member.id
                            AND recovery_code.used_at IS NULL
                            AND recovery_code.saved_at IS NOT NULL) AS saved_recovery_codes
                   FROM member
                   JOIN person ON person.id = member.person_id
                  WHERE member.organization_id = $1 AND member.deactivated_at IS NULL
                  ORDER BY member.created_at, member.id",
                &[self.id.into()],
                SignInOptions::from_row,
            )
            .await
    }

    /// The accounts of members at the identity providers of active connections.
    pub async fn active_accounts(&mut self) -> Result<Vec<ActiveAccount>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT identity.member_id, identity.connection_id
                   FROM identity JOIN connection ON connection.id = identity.connection_id
                  WHERE identity.organization_id = $1
                    AND connection.issuer = identity.issuer
                    AND connection.activated_at IS NOT NULL
                    AND connection.disabled_at IS NULL
                  ORDER BY identity.member_id, identity.connection_id",
                &[self.id.into()],
                |row| {
                    Ok(ActiveAccount {
                        member: row.parsed("member_id")?,
                        connection: row.parsed("connection_id")?,
                    })
                },
            )
            .await
    }
}
