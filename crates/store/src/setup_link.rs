//! SetupProgress links: by which somebody without an account sets up one connection.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ConnectionId, OrganizationId, OrganizationTx, SecretHash, SetupLinkId, SetupLinkPurpose,
    StoreError, Tx,
};

/// A link to the setting up of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupLink {
    /// Its identifier, which may be shown and logged.
    pub id: SetupLinkId,
    /// The organization.
    pub organization: OrganizationId,
    /// The connection, beyond which it does not reach.
    pub connection: ConnectionId,
    /// What it is for.
    pub purpose: SetupLinkPurpose,
    /// The hash of its token.
    pub token: SecretHash,
    /// To whom it was meant to be sent.
    pub email: Option<String>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it is worth nothing.
    pub expires_at: Timestamp,
    /// When it was first opened by somebody who pressed the button.
    pub opened_at: Option<Timestamp>,
    /// Since when it is withdrawn.
    pub revoked_at: Option<Timestamp>,
}

/// A browser in which a setup link has been opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupSession {
    /// The hash of its cookie.
    pub cookie: SecretHash,
    /// The link.
    pub link: SetupLinkId,
    /// When it was opened.
    pub created_at: Timestamp,
    /// From when it has to be opened again.
    pub expires_at: Timestamp,
}

/// The columns of a link.
macro_rules! columns {
    () => {
        "setup_link.id, setup_link.organization_id, setup_link.connection_id, purpose, token_hash, email,
         created_by, setup_link.created_at, setup_link.expires_at, opened_at, revoked_at"
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
        })
    }
}

impl OrganizationTx<'_> {
    /// Adds a link to a connection of this organization; `false` when it has no such connection.
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

    /// The links to a connection, newest first.
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

    /// Finds a link.
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

    /// Withdraws a link, and with it every visit that began by it.
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
    /// Finds the link of a token, even when it is over: look. It changes nothing, so a mail scanner may follow it.
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

    /// Begins a visit by a link; `false` when the link is over.
    pub async fn begin_setup_session(&mut self, visit: &SetupSession) -> Result<bool, StoreError> {
        let is_live = self
            .update_one(
                "UPDATE setup_link SET opened_at = COALESCE(opened_at, $2)
                  WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2",
                &[(&visit.link).into(), visit.created_at.into()],
            )
            .await?;
        if !is_live {
            return Ok(false);
        }
        self.update_one(
            "INSERT INTO setup_session (cookie_hash, setup_link_id, created_at, expires_at)
             VALUES ($1, $2, $3, $4)",
            &[
                (&visit.cookie).into(),
                (&visit.link).into(),
                visit.created_at.into(),
                visit.expires_at.into(),
            ],
        )
        .await
    }

    /// The link by which a visit began, while both are worth something.
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
