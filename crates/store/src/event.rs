//! The audit trail of the configuration.

use crate::{EventId, OrganizationId, UnixTime};

/// One change of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its identifier.
    pub id: EventId,
    /// The organization that it concerns; the operator's own changes concern none.
    pub organization: Option<OrganizationId>,
    /// Who made it: an API key's id, `cli`, a member's id.
    pub actor: String,
    /// What was done, such as `connection.activate`.
    pub action: String,
    /// The id of what it was done to.
    pub subject: String,
    /// What it was before, as JSON without secrets.
    pub before: Option<String>,
    /// What it is since, as JSON without secrets.
    pub after: Option<String>,
    /// When.
    pub at: UnixTime,
}
