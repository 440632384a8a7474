//! The rules that choose among the connections of an organization.

use crate::row::json;
use crate::{ConnectionId, OrganizationTx, StoreError};

/// Which email addresses lead to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutingRule {
    /// The connection may have been deleted.
    pub connection: ConnectionId,
    /// In the server's own format.
    pub patterns: Vec<String>,
}

impl OrganizationTx<'_> {
    /// In the order in which they were given.
    pub async fn routing_rules(&mut self) -> Result<Vec<RoutingRule>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT connection_id, patterns FROM routing_rule WHERE organization_id = $1 ORDER BY position",
                &[self.id.into()],
                |row| {
                    Ok(RoutingRule {
                        connection: row.parsed("connection_id")?,
                        patterns: row.json("patterns")?,
                    })
                },
            )
            .await
    }

    /// Replaces all rules. The caller holds a [lock](Self::lock) of the organization.
    pub async fn replace_routing_rules(&mut self, rules: &[RoutingRule]) -> Result<(), StoreError> {
        self.tx
            .execute(
                "DELETE FROM routing_rule WHERE organization_id = $1",
                &[self.id.into()],
            )
            .await?;
        for (position, rule) in (0_i64..).zip(rules) {
            let patterns = json(&rule.patterns);
            self.tx
                .execute(
                    "INSERT INTO routing_rule (organization_id, position, connection_id, patterns)
                     VALUES ($1, $2, $3, $4)",
                    &[
                        self.id.into(),
                        position.into(),
                        (&rule.connection).into(),
                        (&patterns).into(),
                    ],
                )
                .await?;
        }
        Ok(())
    }
}
