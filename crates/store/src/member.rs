//! People and their memberships.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::engine::Row;
use crate::query::{Query, like_pattern};
use crate::row::json;
use crate::{
    ClaimValue, Conflict, MemberId, MemberState, OrganizationId, OrganizationTx, Page, PersonId,
    StandardClaims, StoreError,
};

/// A person, who can be a member of several organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// The email address when the person was added.
    pub email: Option<String>,
    pub name: Option<String>,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The `sub` claim, which is never reused.
    pub id: MemberId,
    pub organization: OrganizationId,
    pub person: PersonId,
    /// `admin`, `member`, or a role that the operator defines.
    pub role: String,
    pub profile: Profile,
    pub created_at: Timestamp,
    /// The first sign-in. Without it, the member is invited.
    pub joined_at: Option<Timestamp>,
    /// The address to which an administrator has invited the member; `None` for a member whom a sign-in made. An identity
    /// provider never changes it.
    pub invited_email: Option<String>,
    /// When the invitation was last mailed.
    pub invitation_sent_at: Option<Timestamp>,
    /// A sign-in never clears it.
    pub deactivated_at: Option<Timestamp>,
}

impl Member {
    pub const fn state(&self) -> MemberState {
        match (self.deactivated_at, self.joined_at) {
            (Some(_), _) => MemberState::Deactivated,
            (None, Some(_)) => MemberState::Active,
            (None, None) => MemberState::Invited,
        }
    }

    /// Whether the address of the member is more than what an identity provider has claimed: an administrator has invited
    /// the member to it, or it was in a verified domain.
    pub fn has_confirmed_email(&self) -> bool {
        let email = &self.profile.email;
        email.is_some()
            && (self.profile.email_verified_at.is_some() || self.invited_email == *email)
    }
}

/// What the identity provider says about a member, updated at each sign-in; before the first one, what the invitation
/// says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub email: Option<String>,
    /// An email address is verified while its domain is verified for the organization.
    pub email_verified_at: Option<Timestamp>,
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// As the identity provider sends them.
    pub groups: Vec<String>,
    pub standard_claims: StandardClaims,
    /// The values of the connection's custom claims at the last sign-in.
    pub custom_claims: BTreeMap<String, ClaimValue>,
}

/// Which members to list; `None` matches every member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// The name or email address contains this text. The comparison ignores case as far as the database supports it.
    pub search: Option<String>,
    pub role: Option<String>,
    pub state: Option<MemberState>,
}

impl MemberFilter {
    fn push_to<'v>(
        &'v self,
        query: &mut Query<'v>,
        organization: &'v OrganizationId,
        pattern: Option<&'v str>,
        page: &'v Page,
    ) {
        query
            .push(" FROM member WHERE organization_id = ")
            .bind(organization);
        if let Some(pattern) = pattern {
            query
                .push(" AND (LOWER(name) LIKE LOWER(")
                .bind(pattern)
                .push(") ESCAPE '\\' OR LOWER(email) LIKE LOWER(")
                .bind(pattern)
                .push(") ESCAPE '\\')");
        }
        query.push_if(" AND role = ", self.role.as_deref());
        query.push(match self.state {
            None => "",
            Some(MemberState::Active) => " AND deactivated_at IS NULL AND joined_at IS NOT NULL",
            Some(MemberState::Invited) => " AND deactivated_at IS NULL AND joined_at IS NULL",
            Some(MemberState::Deactivated) => " AND deactivated_at IS NOT NULL",
        });
        if let Some(after) = &page.after {
            query
                .push(" AND (created_at, id) > (SELECT created_at, id FROM member WHERE organization_id = ")
                .bind(organization)
                .push_if(" AND id = ", Some(after))
                .push(")");
        }
        query.push(" ORDER BY created_at, id").limit(page);
    }
}

/// The columns of `Member::from_row`.
macro_rules! columns {
    () => {
        "member.id, member.organization_id, person_id, role, email, email_verified_at, name,
         first_name, last_name, group_names, standard_claims, custom_claims, member.created_at, joined_at,
         invited_email, invitation_sent_at, deactivated_at"
    };
}
pub(crate) use columns;

impl Member {
    pub(crate) fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            organization: row.parsed("organization_id")?,
            person: row.parsed("person_id")?,
            role: row.text("role")?,
            profile: Profile {
                email: row.maybe_text("email")?,
                email_verified_at: row.maybe_time("email_verified_at")?,
                name: row.maybe_text("name")?,
                first_name: row.maybe_text("first_name")?,
                last_name: row.maybe_text("last_name")?,
                groups: row.json("group_names")?,
                standard_claims: row.json("standard_claims")?,
                custom_claims: row.json("custom_claims")?,
            },
            created_at: row.time("created_at")?,
            joined_at: row.maybe_time("joined_at")?,
            invited_email: row.maybe_text("invited_email")?,
            invitation_sent_at: row.maybe_time("invitation_sent_at")?,
            deactivated_at: row.maybe_time("deactivated_at")?,
        })
    }
}

pub(crate) fn person_from_row(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.parsed("id")?,
        email: row.maybe_text("email")?,
        name: row.maybe_text("name")?,
        created_at: row.time("created_at")?,
    })
}

impl OrganizationTx<'_> {
    /// The organization finds the person once they are a member.
    pub async fn add_person(&mut self, person: &Person) -> Result<(), StoreError> {
        self.tx.add_person(person).await
    }

    /// Finds a person who is a member of the organization.
    pub async fn person(&mut self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        self.tx
            .fetch_optional(
                "SELECT person.id, person.email, person.name, person.created_at
                   FROM person
                   JOIN member ON member.person_id = person.id
                  WHERE member.organization_id = $1 AND person.id = $2",
                &[self.id.into(), id.into()],
                person_from_row,
            )
            .await
    }

    /// Ignores `member.organization`.
    pub async fn add_member(
        &mut self,
        member: &Member,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let profile = &member.profile;
        let groups = json(&profile.groups);
        let standard_claims = json(&profile.standard_claims);
        let claims = json(&profile.custom_claims);
        let added = self
            .tx
            .update_one(
                "INSERT INTO member (organization_id, id, person_id, role, email, email_verified_at, name,
                                     first_name, last_name, group_names, created_at, joined_at, invitation_sent_at,
                                     deactivated_at, standard_claims, custom_claims, invited_email)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                 ON CONFLICT (organization_id, person_id) DO NOTHING",
                &[
                    self.id.into(),
                    (&member.id).into(),
                    (&member.person).into(),
                    (&member.role).into(),
                    (&profile.email).into(),
                    profile.email_verified_at.into(),
                    (&profile.name).into(),
                    (&profile.first_name).into(),
                    (&profile.last_name).into(),
                    (&groups).into(),
                    member.created_at.into(),
                    member.joined_at.into(),
                    member.invitation_sent_at.into(),
                    member.deactivated_at.into(),
                    (&standard_claims).into(),
                    (&claims).into(),
                    (&member.invited_email).into(),
                ],
            )
            .await?;
        Ok(if added {
            Ok(())
        } else {
            Err(Conflict::AlreadyMember)
        })
    }

    /// Oldest first.
    pub async fn members(
        &mut self,
        filter: &MemberFilter,
        page: &Page,
    ) -> Result<Vec<Member>, StoreError> {
        let pattern = filter.search.as_deref().map(like_pattern);
        let mut query = Query::new(concat!("SELECT ", columns!()));
        filter.push_to(&mut query, self.id, pattern.as_deref(), page);
        self.tx.fetch_query(&query, Member::from_row).await
    }

    pub async fn member(&mut self, id: &MemberId) -> Result<Option<Member>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM member WHERE organization_id = $1 AND id = $2"
                ),
                &[self.id.into(), id.into()],
                Member::from_row,
            )
            .await
    }

    /// Locks a member until the transaction ends, like `SELECT … FOR UPDATE`.
    pub async fn lock_member(&mut self, id: &MemberId) -> Result<Option<Member>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    // SQLite has no FOR UPDATE; an update that changes nothing locks the row on both engines.
                    "UPDATE member SET role = role WHERE organization_id = $1 AND id = $2 RETURNING ",
                    columns!()
                ),
                &[self.id.into(), id.into()],
                Member::from_row,
            )
            .await
    }

    /// Case-sensitive; oldest first.
    pub async fn members_by_email(&mut self, email: &str) -> Result<Vec<Member>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM member
                      WHERE organization_id = $1 AND email = $2
                      ORDER BY created_at, id"
                ),
                &[self.id.into(), email.into()],
                Member::from_row,
            )
            .await
    }

    /// Does not change the role, and does not reactivate the member.
    pub async fn update_profile(
        &mut self,
        id: &MemberId,
        profile: &Profile,
    ) -> Result<bool, StoreError> {
        let groups = json(&profile.groups);
        let standard_claims = json(&profile.standard_claims);
        let claims = json(&profile.custom_claims);
        self.tx
            .update_one(
                "UPDATE member
                    SET email = $3, email_verified_at = $4, name = $5, first_name = $6, last_name = $7,
                        group_names = $8, standard_claims = $9, custom_claims = $10
                  WHERE organization_id = $1 AND id = $2",
                &[
                    self.id.into(),
                    id.into(),
                    (&profile.email).into(),
                    profile.email_verified_at.into(),
                    (&profile.name).into(),
                    (&profile.first_name).into(),
                    (&profile.last_name).into(),
                    (&groups).into(),
                    (&standard_claims).into(),
                    (&claims).into(),
                ],
            )
            .await
    }

    pub async fn set_role(&mut self, id: &MemberId, role: &str) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE member SET role = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), role.into()],
            )
            .await
    }

    /// Deactivates a member, and ends the sessions of the member and of the person in the console for good.
    pub async fn deactivate_member(
        &mut self,
        id: &MemberId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .execute(
                "UPDATE person SET session_epoch = session_epoch + 1
                  WHERE id = (SELECT person_id FROM member WHERE organization_id = $1 AND id = $2)",
                &[self.id.into(), id.into()],
            )
            .await?;
        self.tx
            .update_one(
                "UPDATE member
                    SET deactivated_at = COALESCE(deactivated_at, $3), session_epoch = session_epoch + 1
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// Records that the invitation of a member was mailed. A member who has not joined is invited to the present address.
    pub async fn set_invitation_sent(
        &mut self,
        id: &MemberId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE member
                    SET invitation_sent_at = $3,
                        invited_email = CASE WHEN joined_at IS NULL THEN email ELSE invited_email END
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    pub async fn reactivate_member(&mut self, id: &MemberId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE member SET deactivated_at = NULL WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }

    /// Deletes a membership. The next purge deletes the person, unless they are a member of another organization.
    pub async fn delete_member(&mut self, id: &MemberId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "DELETE FROM member WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }
}
