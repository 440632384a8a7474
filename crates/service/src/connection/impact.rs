//! Who notices when a connection is switched on or off.

use runtime::app::App;
use runtime::problem::Problem;
use store::{ConnectionState, ConnectionUsage};

use super::{Place, find};

/// Who notices when a connection is switched on or off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Whom it reaches.
    pub reach: ConnectionUsage,
    /// The verified domains whose people the sign-in page sends to the organization's identity provider.
    pub domains: Vec<String>,
    /// The names of the organization's other active connections.
    pub others: Vec<String>,
    /// Whether everybody has to come through the identity provider.
    pub is_required: bool,
}

/// Finds out who would notice.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn effect(app: &App, place: Place<'_>) -> Result<Effect, Problem> {
    let (organization, connection) = find(app, place).await?;
    let (tenant, id, now) = (organization.id, connection.id, app.clock.now());
    let found = {
        let mut tx = app.store.snapshot().await?;
        let mut place = tx.organization(&tenant);
        let domains = place.domains().await?;
        let connections = place.connections().await?;
        let is_other =
            |one: &&store::Connection| one.id != id && one.state() == ConnectionState::Active;
        Effect {
            reach: place.connection_usage(&id, now).await?,
            domains: domains
                .into_iter()
                .filter(|one| one.verified_at.is_some())
                .map(|one| one.name)
                .collect(),
            others: connections
                .iter()
                .filter(is_other)
                .map(|one| one.settings.name.clone())
                .collect(),
            is_required: place.sso_enforcement().await?.is_some(),
        }
    };
    Ok(found)
}
