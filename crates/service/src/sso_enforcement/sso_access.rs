//! Through which connection each member of an organization signs in.

use std::collections::BTreeMap;

use runtime::email_address::EmailAddress;
use store::{
    ActiveAccount, Connection, ConnectionId, ConnectionState, MemberId, Provisioning, RoutingRule,
};

use crate::routing::RoutingTable;

/// The active connections of an organization, and who is sent to which.
#[derive(Debug)]
pub(super) struct SsoAccess {
    active: Vec<Connection>,
    table: RoutingTable,
    accounts: BTreeMap<MemberId, Vec<ConnectionId>>,
}

impl SsoAccess {
    pub(super) fn new(
        connections: Vec<Connection>,
        rules: Vec<RoutingRule>,
        active_accounts: Vec<ActiveAccount>,
    ) -> Self {
        let is_active = |connection: &Connection| connection.state() == ConnectionState::Active;
        let mut accounts: BTreeMap<MemberId, Vec<ConnectionId>> = BTreeMap::new();
        for account in active_accounts {
            accounts
                .entry(account.member)
                .or_default()
                .push(account.connection);
        }
        Self {
            active: connections.into_iter().filter(is_active).collect(),
            table: RoutingTable::new(rules),
            accounts,
        }
    }

    /// The connection to which the rules send this address, or the only active one; `None` when the member chooses.
    pub(super) fn connection(&self, email: Option<&EmailAddress>) -> Option<&Connection> {
        let by_rule = email.and_then(|email| self.table.find(&email.into(), &self.active));
        match self.active.as_slice() {
            [only] => Some(only),
            _ => by_rule,
        }
    }

    /// How the connections let new users join through which the member may sign in.
    pub(super) fn provisioning(&self, connection: Option<&Connection>) -> Vec<Provisioning> {
        let provisioning = |connection: &Connection| connection.settings.provisioning;
        match connection {
            Some(connection) => vec![provisioning(connection)],
            None => self.active.iter().map(provisioning).collect(),
        }
    }

    /// Whether the member has accounts, and none of them at this connection.
    pub(super) fn has_only_other_accounts(
        &self,
        member: &MemberId,
        connection: &Connection,
    ) -> bool {
        let accounts = self.accounts.get(member);
        accounts.is_some_and(|accounts| !accounts.contains(&connection.id))
    }
}
