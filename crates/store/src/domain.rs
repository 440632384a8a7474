//! Domains: whose e-mail addresses lead to which organization.

use crate::{OrganizationId, UnixTime};

/// A domain that an organization says is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The organization.
    pub organization: OrganizationId,
    /// The domain in lower case, in its ASCII form.
    pub name: String,
    /// When it was added.
    pub created_at: UnixTime,
    /// Since when it counts; a verified domain belongs to one organization only.
    pub verified_at: Option<UnixTime>,
}
