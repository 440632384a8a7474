//! Authorization codes.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ApplicationId, ConnectionId, MemberId, OrganizationId, SecretHash, SessionId, StoreError, Tx,
};

/// An OAuth authorization code, which the application exchanges for tokens once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationCode {
    pub hash: SecretHash,
    pub application: ApplicationId,
    pub organization: OrganizationId,
    pub member: MemberId,
    pub connection: ConnectionId,
    /// Must be active when the code is granted and when it is redeemed.
    pub session: SessionId,
    /// The token request must repeat it.
    pub redirect_uri: String,
    /// The PKCE challenge (S256).
    pub code_challenge: Option<String>,
    pub nonce: Option<String>,
    pub scope: String,
    /// The claims that the request names, as JSON in the server's own format.
    pub claims: String,
    /// When the identity provider authenticated the member.
    pub auth_time: Option<Timestamp>,
    pub acr: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// The result of redeeming a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redemption {
    Redeemed(Box<AuthorizationCode>),
    /// This application has no such code.
    NotFound,
    Expired,
    SessionEnded,
    /// The code was redeemed before; the tokens issued from it have been revoked.
    ///
    /// The unit of work must commit for the revocation to last.
    Replayed {
        revoked: u64,
    },
}

/// A code cannot be granted because its session has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the session has ended")]
pub struct InactiveSession;

impl AuthorizationCode {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.hash("code_hash")?,
            application: row.parsed("application_id")?,
            organization: row.parsed("organization_id")?,
            member: row.parsed("member_id")?,
            connection: row.parsed("connection_id")?,
            session: row.parsed("session_id")?,
            redirect_uri: row.text("redirect_uri")?,
            code_challenge: row.maybe_text("code_challenge")?,
            nonce: row.maybe_text("nonce")?,
            scope: row.text("scope")?,
            claims: row.text("claims")?,
            auth_time: row.maybe_time("auth_time")?,
            acr: row.maybe_text("acr")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
        })
    }
}

impl Tx {
    /// Grants a code from an active session of the same member, organization and connection.
    pub async fn grant_code(
        &mut self,
        code: &AuthorizationCode,
    ) -> Result<Result<(), InactiveSession>, StoreError> {
        let granted = self
            .update_one(
                "INSERT INTO authorization_code (code_hash, application_id, organization_id, member_id, connection_id,
                                   session_id, redirect_uri, code_challenge, nonce, scope, auth_time, acr,
                                   created_at, expires_at, claims)
                 SELECT $1, $2, organization_id, member_id, connection_id, id, $7, $8, $9, $10, $11, $12, $13, $14, $15
                   FROM active_session
                  WHERE organization_id = $3 AND member_id = $4 AND connection_id = $5 AND id = $6
                    AND expires_at > $13",
                &[
                    (&code.hash).into(),
                    (&code.application).into(),
                    (&code.organization).into(),
                    (&code.member).into(),
                    (&code.connection).into(),
                    (&code.session).into(),
                    (&code.redirect_uri).into(),
                    (&code.code_challenge).into(),
                    (&code.nonce).into(),
                    (&code.scope).into(),
                    code.auth_time.into(),
                    (&code.acr).into(),
                    code.created_at.into(),
                    code.expires_at.into(),
                    (&code.claims).into(),
                ],
            )
            .await?;
        Ok(if granted {
            Ok(())
        } else {
            Err(InactiveSession)
        })
    }

    /// Redeems a code once. The caller still compares redirect URI and PKCE.
    ///
    /// Redeeming a code a second time revokes the tokens issued from it (RFC 6749 4.1.2), because the code has leaked.
    pub async fn redeem_code(
        &mut self,
        hash: &SecretHash,
        application: &ApplicationId,
        now: Timestamp,
    ) -> Result<Redemption, StoreError> {
        let redeemed = self
            .fetch_optional(
                "UPDATE authorization_code SET consumed_at = $3
                  WHERE code_hash = $1 AND application_id = $2 AND consumed_at IS NULL AND expires_at > $3
                    AND EXISTS (SELECT 1 FROM active_session
                                 WHERE active_session.id = authorization_code.session_id
                                   AND active_session.expires_at > $3)
                 RETURNING code_hash, application_id, organization_id, member_id, connection_id, session_id,
                           redirect_uri, code_challenge, nonce, scope, auth_time, acr, created_at, expires_at, claims",
                &[hash.into(), application.into(), now.into()],
                AuthorizationCode::from_row,
            )
            .await?;
        match redeemed {
            Some(code) => Ok(Redemption::Redeemed(Box::new(code))),
            None => self.redemption_failure(hash, application, now).await,
        }
    }

    async fn redemption_failure(
        &mut self,
        hash: &SecretHash,
        application: &ApplicationId,
        now: Timestamp,
    ) -> Result<Redemption, StoreError> {
        let times = self
            .fetch_optional(
                "SELECT consumed_at, expires_at FROM authorization_code WHERE code_hash = $1 AND application_id = $2",
                &[hash.into(), application.into()],
                |row| Ok((row.maybe_time("consumed_at")?, row.time("expires_at")?)),
            )
            .await?;
        Ok(match times {
            None => Redemption::NotFound,
            Some((Some(_spent), _)) => Redemption::Replayed {
                revoked: self.revoke_tokens(hash, now).await?,
            },
            Some((None, expires_at)) if expires_at <= now => Redemption::Expired,
            Some((None, _)) => Redemption::SessionEnded,
        })
    }

    async fn revoke_tokens(&mut self, code: &SecretHash, at: Timestamp) -> Result<u64, StoreError> {
        self.execute(
            "UPDATE access_token SET revoked_at = $2 WHERE code_hash = $1 AND revoked_at IS NULL",
            &[code.into(), at.into()],
        )
        .await
    }
}
