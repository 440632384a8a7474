//! Several active connections, among which the user chooses.

use store::{Connection, ConnectionId, Organization};

use super::discovery::OrgConnection;

/// The active connections of an organization: at least two.
#[derive(Clone, Debug)]
pub struct ConnectionChoice {
    pub organization: Organization,
    /// Oldest first.
    pub connections: Vec<Connection>,
}

impl ConnectionChoice {
    pub fn includes(&self, connection: &ConnectionId) -> bool {
        self.connections.iter().any(|one| one.id == *connection)
    }

    /// The connection that the user chose; `None` when it is none of these.
    pub fn select(self, chosen: &ConnectionId) -> Option<OrgConnection> {
        let mut connections = self.connections.into_iter();
        let connection = connections.find(|one| one.id == *chosen)?;
        Some(OrgConnection {
            organization: self.organization,
            connection,
        })
    }

    /// Whether one of the identity providers may be asked without any interaction with the user.
    pub fn passes_silent_requests_on(&self) -> bool {
        let mut connections = self.connections.iter();
        connections.any(|connection| connection.settings.policy.passive_requests)
    }
}
