//! People and their memberships.

use crate::{MemberId, OrganizationId, PersonId, UnixTime};

/// A human being, whatever the organizations they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Its identifier.
    pub id: PersonId,
    /// The address by which they were first known.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// When they were first known.
    pub created_at: UnixTime,
}

/// A person's membership of one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its identifier; the `sub` that the application sees, and never given twice.
    pub id: MemberId,
    /// The organization.
    pub organization: OrganizationId,
    /// The person.
    pub person: PersonId,
    /// What they may do: `admin`, `member`, or a role that the operator defines.
    pub role: String,
    /// What the identity provider or the inviter says about them.
    pub profile: Profile,
    /// When they joined or were invited.
    pub created_at: UnixTime,
    /// Since when they may not sign in. Signing in never clears it.
    pub deactivated_at: Option<UnixTime>,
}

/// What is said about a member; refreshed at each sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// E-mail address.
    pub email: Option<String>,
    /// Since when the address is believed, because its domain is verified for the organization.
    pub email_verified_at: Option<UnixTime>,
    /// Whole name.
    pub name: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Groups, as the identity provider names them.
    pub groups: Vec<String>,
}
