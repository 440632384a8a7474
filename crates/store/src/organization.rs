//! Organizations: the customers of the application.

use crate::{OrganizationId, UnixTime};

/// A customer of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its identifier, which never changes.
    pub id: OrganizationId,
    /// Its name in addresses; unique.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// One of the plans that the operator configures.
    pub plan: String,
    /// When it was added.
    pub created_at: UnixTime,
}
