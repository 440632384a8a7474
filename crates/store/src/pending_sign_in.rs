//! Pending sign-ins.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ApplicationId, ConnectionId, OrganizationId, PendingSignInId, SecretHash, StoreError, Tx,
};

/// A sign-in that waits for the response of the identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignIn {
    pub id: PendingSignInId,
    /// The hash of the RelayState.
    pub relay_state: SecretHash,
    /// The hash of the cookie of the browser.
    pub browser: SecretHash,
    /// `None` for a test sign-in.
    pub application: Option<ApplicationId>,
    /// The authorization request, as JSON in the server's own format.
    pub application_request: String,
    /// `None` while the email page is shown and the connection is unknown.
    pub authn_request: Option<SentAuthnRequest>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When a response completed it.
    pub consumed_at: Option<Timestamp>,
}

/// The SAML request that was sent to an identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentAuthnRequest {
    pub organization: OrganizationId,
    pub connection: ConnectionId,
    /// The `ID`, which the response must repeat in `InResponseTo`.
    pub id: String,
    /// The XML, where messages are stored.
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

macro_rules! columns {
    () => {
        "id, relay_state_hash, browser_hash, application_id, application_request, organization_id,
         connection_id, authn_request_id, authn_request, created_at, expires_at, consumed_at"
    };
}

impl Tx {
    pub async fn add_pending_sign_in(&mut self, pending: &PendingSignIn) -> Result<(), StoreError> {
        let sent = pending.authn_request.as_ref();
        self.execute(
            "INSERT INTO pending_sign_in (id, relay_state_hash, browser_hash, application_id, application_request,
                                          organization_id, connection_id, authn_request_id, created_at,
                                          expires_at, consumed_at, authn_request)
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

    /// Finds a sign-in, also one that is completed or expired; the caller checks.
    pub async fn pending_sign_in_by_relay_state(
        &mut self,
        relay_state: &SecretHash,
    ) -> Result<Option<PendingSignIn>, StoreError> {
        self.fetch_optional(
            concat!(
                "SELECT ",
                columns!(),
                " FROM pending_sign_in WHERE relay_state_hash = $1"
            ),
            &[relay_state.into()],
            PendingSignIn::from_row,
        )
        .await
    }

    /// Finds the sign-in of a connection by the `ID` of its request, also one that is completed or expired.
    pub async fn pending_sign_in_by_authn_request(
        &mut self,
        connection: &ConnectionId,
        authn_request_id: &str,
    ) -> Result<Option<PendingSignIn>, StoreError> {
        self.fetch_optional(
            concat!(
                "SELECT ",
                columns!(),
                " FROM pending_sign_in WHERE authn_request_id = $1 AND connection_id = $2"
            ),
            &[authn_request_id.into(), connection.into()],
            PendingSignIn::from_row,
        )
        .await
    }
}
