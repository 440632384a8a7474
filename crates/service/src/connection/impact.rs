//! The impact of activating or disabling a connection.

use runtime::app::App;
use runtime::problem::Problem;
use store::{Connection, ConnectionState, ConnectionUsage};

use super::{ConnectionRef, find};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionImpact {
    /// The numbers of members, accounts and sessions.
    pub usage: ConnectionUsage,
    /// The verified domains whose members the sign-in page sends to the organization's identity provider.
    pub domains: Vec<String>,
    /// The names of the organization's other active connections.
    pub other_connections: Vec<String>,
    pub is_sso_enforced: bool,
    /// Whether the connection itself is active.
    pub is_active: bool,
}

pub async fn impact(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<ConnectionImpact, Problem> {
    let (organization, connection) = find(app, connection_ref).await?;
    let is_active = connection.state() == ConnectionState::Active;
    let id = connection.id;
    let now = app.clock.now();
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&organization.id);
    let domains = org_tx.domains().await?;
    let connections = org_tx.connections().await?;
    let is_other_active =
        |other: &&Connection| other.id != id && other.state() == ConnectionState::Active;
    Ok(ConnectionImpact {
        usage: org_tx.connection_usage(&id, now).await?,
        domains: domains
            .into_iter()
            .filter(|domain| domain.verified_at.is_some())
            .map(|domain| domain.name)
            .collect(),
        other_connections: connections
            .iter()
            .filter(is_other_active)
            .map(|other| other.settings.name.clone())
            .collect(),
        is_sso_enforced: org_tx.sso_enforcement().await?.is_some(),
        is_active,
    })
}
