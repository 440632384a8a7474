//! Setup links, by which a user without an account sets up one connection.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ConnectionId, OrganizationId, OrganizationTx, SecretHash, SetupLinkId, SetupLinkPurpose,
    StoreError, Tx,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupLink {
    pub id: SetupLinkId,
    pub organization: OrganizationId,
    /// The only connection that the link gives access to.
    pub connection: ConnectionId,
    pub purpose: SetupLinkPurpose,
    pub token: SecretHash,
    /// The recipient.
    pub email: Option<String>,
    pub created_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When a user first started the setup; opening the page alone does not count.
    pub opened_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// A hash of the settings with which a test sign-in of the recipient has passed.
    pub tested_settings: Option<String>,
}

/// A browser in which the setup was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupSession {
    pub cookie: SecretHash,
    pub link: SetupLinkId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

macro_rules! columns {
    () => {
        "setup_link.id, setup_link.organization_id, setup_link.connection_id, purpose, token_hash, email,
         created_by, setup_link.created_at, setup_link.expires_at, opened_at, revoked_at, tested_settings"
    };
}

impl SetupLink {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            organization: row.parsed("organization_id")?,
            connection: row.parsed("connection_id")?,
            purpose: row.parsed("purpose")?,
            token: row.hash("token_hash")?,
            email: row.maybe_text("email")?,
            created_by: row.text("created_by")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            opened_at: row.maybe_time("opened_at")?,
            revoked_at: row.maybe_time("revoked_at")?,
            tested_settings: row.maybe_text("tested_settings")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// `false` when the organization has no such connection.
    pub async fn add_setup_link(&mut self, link: &SetupLink) -> Result<bool, StoreError> {
        if !self.lock_connection(&link.connection).await? {
            return Ok(false);
        }
        self.tx
            .update_one(
                "INSERT INTO setup_link (organization_id, id, connection_id, purpose, token_hash, email, created_by,
                                         created_at, expires_at, opened_at, revoked_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                &[
                    self.id.into(),
                    (&link.id).into(),
                    (&link.connection).into(),
                    link.purpose.as_str().into(),
                    (&link.token).into(),
                    (&link.email).into(),
                    (&link.created_by).into(),
                    link.created_at.into(),
                    link.expires_at.into(),
                    link.opened_at.into(),
                    link.revoked_at.into(),
                ],
            )
            .await
    }

    /// Newest first.
    pub async fn setup_links(
        &mut self,
        connection: &ConnectionId,
    ) -> Result<Vec<SetupLink>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM setup_link
                      WHERE organization_id = $1 AND connection_id = $2
                      ORDER BY created_at DESC, id"
                ),
                &[self.id.into(), connection.into()],
                SetupLink::from_row,
            )
            .await
    }

    pub async fn setup_link(&mut self, id: &SetupLinkId) -> Result<Option<SetupLink>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM setup_link WHERE organization_id = $1 AND id = $2"
                ),
                &[self.id.into(), id.into()],
                SetupLink::from_row,
            )
            .await
    }

    /// Remembers with which settings a test sign-in of the recipient has passed.
    pub async fn set_link_tested(
        &mut self,
        id: &SetupLinkId,
        tested_settings: &str,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE setup_link SET tested_settings = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), tested_settings.into()],
            )
            .await
    }

    /// Revokes a link and its sessions.
    pub async fn revoke_setup_link(
        &mut self,
        id: &SetupLinkId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE setup_link SET revoked_at = COALESCE(revoked_at, $3)
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }
}

impl Tx {
    /// Finds a link, also one that is revoked or expired; the caller checks. Changes nothing, so that mail scanners can
    /// open the link.
    pub async fn setup_link_by_token(
        &mut self,
        token: &SecretHash,
    ) -> Result<Option<SetupLink>, StoreError> {
        self.fetch_optional(
            concat!(
                "SELECT ",
                columns!(),
                " FROM setup_link WHERE token_hash = $1"
            ),
            &[token.into()],
            SetupLink::from_row,
        )
        .await
    }

    /// `false` when the link is revoked or has expired.
    pub async fn begin_setup_session(
        &mut self,
        session: &SetupSession,
    ) -> Result<bool, StoreError> {
        let is_live = self
            .update_one(
                "UPDATE setup_link SET opened_at = COALESCE(opened_at, $2)
                  WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2",
                &[(&session.link).into(), session.created_at.into()],
            )
            .await?;
        if !is_live {
            return Ok(false);
        }
        self.update_one(
            "INSERT INTO setup_session (cookie_hash, setup_link_id, created_at, expires_at)
             VALUES ($1, $2, $3, $4)",
            &[
                (&session.cookie).into(),
                (&session.link).into(),
                session.created_at.into(),
                session.expires_at.into(),
            ],
        )
        .await
    }

    /// The link of a setup session, while both are active.
    pub async fn setup_link_by_session(
        &mut self,
        cookie: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<SetupLink>, StoreError> {
        self.fetch_optional(
            concat!(
                "SELECT ",
                columns!(),
                " FROM setup_session
                  JOIN setup_link ON setup_link.id = setup_session.setup_link_id
                 WHERE cookie_hash = $1 AND setup_session.expires_at > $2
                   AND setup_link.expires_at > $2 AND revoked_at IS NULL"
            ),
            &[cookie.into(), now.into()],
            SetupLink::from_row,
        )
        .await
    }
}
