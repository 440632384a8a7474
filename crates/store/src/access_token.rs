//! Access tokens for the userinfo endpoint.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ApplicationId, ConnectionId, MemberId, OrganizationId, SecretHash, SessionId, StoreError, Tx,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    pub hash: SecretHash,
    pub code: SecretHash,
    pub application: ApplicationId,
    pub organization: OrganizationId,
    pub member: MemberId,
    pub connection: ConnectionId,
    /// The token is valid no longer than this session.
    pub session: SessionId,
    pub scope: String,
    /// The claims that the request names, as JSON in the server's own format.
    pub claims: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

impl AccessToken {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.hash("token_hash")?,
            code: row.hash("code_hash")?,
            application: row.parsed("application_id")?,
            organization: row.parsed("organization_id")?,
            member: row.parsed("member_id")?,
            connection: row.parsed("connection_id")?,
            session: row.parsed("session_id")?,
            scope: row.text("scope")?,
            claims: row.text("claims")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
        })
    }
}

impl Tx {
    pub async fn add_access_token(&mut self, token: &AccessToken) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO access_token (token_hash, code_hash, application_id, organization_id, member_id,
                                       connection_id, session_id, scope, created_at, expires_at, claims)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            &[
                (&token.hash).into(),
                (&token.code).into(),
                (&token.application).into(),
                (&token.organization).into(),
                (&token.member).into(),
                (&token.connection).into(),
                (&token.session).into(),
                (&token.scope).into(),
                token.created_at.into(),
                token.expires_at.into(),
                (&token.claims).into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Finds a token while it and its session are active.
    pub async fn access_token(
        &mut self,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<AccessToken>, StoreError> {
        self.fetch_optional(
            "SELECT token_hash, code_hash, application_id, organization_id, member_id, connection_id,
                    session_id, scope, created_at, expires_at, claims
               FROM access_token
              WHERE token_hash = $1 AND expires_at > $2 AND revoked_at IS NULL
                AND EXISTS (SELECT 1 FROM active_session
                             WHERE active_session.id = access_token.session_id
                               AND active_session.expires_at > $2)",
            &[hash.into(), now.into()],
            AccessToken::from_row,
        )
        .await
    }

    /// `false` when the token does not exist or is revoked already.
    pub async fn revoke_access_token(
        &mut self,
        hash: &SecretHash,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE access_token SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
            &[hash.into(), at.into()],
        )
        .await
    }
}
