//! Sign-ins under way.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ApplicationId, ConnectionId, OrganizationId, PendingSignInId, SecretHash, StoreError, Tx,
};

/// A sign-in that has begun and not yet come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignIn {
    /// Its identifier, which may be shown and logged.
    pub id: PendingSignInId,
    /// The hash of the handle that travels as RelayState.
    pub relay_state: SecretHash,
    /// The hash of the cookie of the browser that asked.
    pub browser: SecretHash,
    /// The application that asked; nobody did when a connection is being tested.
    pub application: Option<ApplicationId>,
    /// The application's request, as JSON of the server's own.
    pub application_request: String,
    /// Where the person was sent; unknown while the e-mail page is being shown.
    pub authn_request: Option<SentAuthnRequest>,
    /// When it began.
    pub created_at: Timestamp,
    /// From when it is too late.
    pub expires_at: Timestamp,
    /// When it was answered.
    pub consumed_at: Option<Timestamp>,
}

/// The way a sign-in has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentAuthnRequest {
    /// The organization.
    pub organization: OrganizationId,
    /// The connection.
    pub connection: ConnectionId,
    /// The ID of our AuthnRequest, which the response must repeat.
    pub id: String,
    /// That request, where messages are kept.
    pub message: Option<String>,
}

impl PendingSignIn {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            relay_state: row.hash("relay_state_hash")?,
            browser: row.hash("browser_hash")?,
            application: row.maybe_parsed("application_id")?,
            application_request: row.text("application_request")?,
            authn_request: authn_request_from_row(row)?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            consumed_at: row.maybe_time("consumed_at")?,
        })
    }
}

fn authn_request_from_row(row: &Row) -> Result<Option<SentAuthnRequest>, StoreError> {
    let Some(connection) = row.maybe_parsed("connection_id")? else {
        return Ok(None);
    };
    Ok(Some(SentAuthnRequest {
        organization: row.parsed("organization_id")?,
        connection,
        id: row.text("authn_request_id")?,
        message: row.maybe_text("authn_request")?,
    }))
}

impl Tx {
    /// Remembers a sign-in that begins.
    pub async fn add_pending_sign_in(&mut self, pending: &PendingSignIn) -> Result<(), StoreError> {
        let sent = pending.authn_request.as_ref();
        self.execute(
            "INSERT INTO pending_sign_in (id, relay_state_hash, browser_hash, application_id, application_request, organization_id,
                                  connection_id, authn_request_id, created_at, expires_at, consumed_at,
                                  authn_request)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &[
                (&pending.id).into(),
                (&pending.relay_state).into(),
                (&pending.browser).into(),
                pending.application.as_ref().into(),
                (&pending.application_request).into(),
                sent.map(|sent| &sent.organization).into(),
                sent.map(|sent| &sent.connection).into(),
                sent.map(|sent| sent.id.as_str()).into(),
                pending.created_at.into(),
                pending.expires_at.into(),
                pending.consumed_at.into(),
                sent.and_then(|sent| sent.message.as_deref()).into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Finds the sign-in that a handle stands for, even when it is spent or too old: look.
    pub async fn pending_sign_in_by_relay_state(
        &mut self,
        relay_state: &SecretHash,
    ) -> Result<Option<PendingSignIn>, StoreError> {
        self.fetch_optional(
            "SELECT id, relay_state_hash, browser_hash, application_id, application_request, organization_id, connection_id,
                    authn_request_id, authn_request, created_at, expires_at, consumed_at
               FROM pending_sign_in
              WHERE relay_state_hash = $1",
            &[relay_state.into()],
            PendingSignIn::from_row,
        )
        .await
    }
}
