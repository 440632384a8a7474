//! Sign-ins under way.

use crate::engine::Row;
use crate::{
    ApplicationId, ConnectionId, OrganizationId, PendingId, SecretHash, StoreError, Tx, UnixTime,
};

/// A sign-in that has begun and not yet come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its identifier, which may be shown and logged.
    pub id: PendingId,
    /// The hash of the handle that travels as RelayState.
    pub handle: SecretHash,
    /// The hash of the cookie of the browser that asked.
    pub browser: SecretHash,
    /// The application that asked; nobody did when a connection is being tested.
    pub application: Option<ApplicationId>,
    /// The application's request, as JSON of the server's own.
    pub request: String,
    /// Where the person was sent; unknown while the e-mail page is being shown.
    pub route: Option<Route>,
    /// When it began.
    pub created_at: UnixTime,
    /// From when it is too late.
    pub expires_at: UnixTime,
    /// When it was answered.
    pub spent_at: Option<UnixTime>,
}

/// The way a sign-in has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The organization.
    pub organization: OrganizationId,
    /// The connection.
    pub connection: ConnectionId,
    /// The ID of our AuthnRequest, which the response must repeat.
    pub authn_request_id: String,
    /// That request, where messages are kept.
    pub authn_request: Option<String>,
}

fn read(row: &Row) -> Result<Pending, StoreError> {
    Ok(Pending {
        id: row.parsed("id")?,
        handle: row.hash("handle_hash")?,
        browser: row.hash("browser_hash")?,
        application: row.maybe_parsed("application_id")?,
        request: row.text("request")?,
        route: read_route(row)?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        spent_at: row.maybe_time("spent_at")?,
    })
}

fn read_route(row: &Row) -> Result<Option<Route>, StoreError> {
    let Some(connection) = row.maybe_parsed("connection_id")? else {
        return Ok(None);
    };
    Ok(Some(Route {
        organization: row.parsed("organization_id")?,
        connection,
        authn_request_id: row.text("authn_request_id")?,
        authn_request: row.maybe_text("authn_request")?,
    }))
}

impl Tx {
    /// Remembers a sign-in that begins.
    pub async fn add_pending(&mut self, pending: &Pending) -> Result<(), StoreError> {
        let route = pending.route.as_ref();
        self.execute(
            "INSERT INTO pending (id, handle_hash, browser_hash, application_id, request, organization_id,
                                  connection_id, authn_request_id, created_at, expires_at, spent_at,
                                  authn_request)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &[
                (&pending.id).into(),
                (&pending.handle).into(),
                (&pending.browser).into(),
                pending.application.as_ref().into(),
                (&pending.request).into(),
                route.map(|route| &route.organization).into(),
                route.map(|route| &route.connection).into(),
                route.map(|route| route.authn_request_id.as_str()).into(),
                pending.created_at.into(),
                pending.expires_at.into(),
                pending.spent_at.into(),
                route.and_then(|route| route.authn_request.as_deref()).into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Finds the sign-in that a handle stands for, even when it is spent or too old: look.
    pub async fn pending_by_handle(
        &mut self,
        handle: &SecretHash,
    ) -> Result<Option<Pending>, StoreError> {
        self.optional(
            "SELECT id, handle_hash, browser_hash, application_id, request, organization_id, connection_id,
                    authn_request_id, authn_request, created_at, expires_at, spent_at
               FROM pending
              WHERE handle_hash = $1",
            &[handle.into()],
            read,
        )
        .await
    }
}
