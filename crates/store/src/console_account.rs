//! Console accounts: the email addresses by which people sign in to the console.

use jiff::Timestamp;

use crate::engine::Row;
use crate::member::person_from_row;
use crate::{MemberId, OrganizationId, OrganizationTx, Person, PersonId, StoreError, Tx};

/// An email address by which a person signs in to the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleAccount {
    /// In lower case.
    pub email: String,
    pub person: PersonId,
}

/// A person's membership, with what the choice of an organization shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub organization: OrganizationId,
    pub slug: String,
    pub name: String,
    pub member: MemberId,
    pub role: String,
    pub sso_enforced_since: Option<Timestamp>,
    /// Since when the member is exempt from SSO enforcement.
    pub sso_exempt_since: Option<Timestamp>,
}

impl Tx {
    /// The person need not be a member of an organization.
    pub async fn add_person(&mut self, person: &Person) -> Result<(), StoreError> {
        let Person {
            id,
            email,
            name,
            created_at,
        } = person;
        self.execute(
            "INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)",
            &[id.into(), email.into(), name.into(), (*created_at).into()],
        )
        .await
        .map(drop)
    }

    /// `false` when the address has an account already.
    pub async fn add_console_account(
        &mut self,
        account: &ConsoleAccount,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "INSERT INTO console_account (email, person_id, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (email) DO NOTHING",
            &[(&account.email).into(), (&account.person).into(), at.into()],
        )
        .await
    }

    /// Expects the address in lower case.
    pub async fn console_account(
        &mut self,
        email: &str,
    ) -> Result<Option<ConsoleAccount>, StoreError> {
        self.fetch_optional(
            "SELECT email, person_id FROM console_account WHERE email = $1",
            &[email.into()],
            ConsoleAccount::from_row,
        )
        .await
    }

    /// A person's accounts, oldest first.
    pub async fn console_accounts_of(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<ConsoleAccount>, StoreError> {
        self.fetch_all(
            "SELECT email, person_id FROM console_account WHERE person_id = $1 ORDER BY created_at, email",
            &[person.into()],
            ConsoleAccount::from_row,
        )
        .await
    }

    /// Finds a person of any organization.
    pub async fn person(&mut self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        self.fetch_optional(
            "SELECT id, email, name, created_at FROM person WHERE id = $1",
            &[id.into()],
            person_from_row,
        )
        .await
    }

    /// The organizations in which a person is an active member, by name.
    pub async fn memberships_of(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<Membership>, StoreError> {
        self.fetch_all(
            "SELECT member.organization_id, member.id, member.role, member.sso_exempt_since,
                    organization.slug, organization.name, organization.sso_enforced_since
               FROM member
               JOIN existing_organization AS organization ON organization.id = member.organization_id
              WHERE member.person_id = $1 AND member.deactivated_at IS NULL
              ORDER BY organization.name, organization.id",
            &[person.into()],
            membership_from_row,
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// The accounts of the active members with a role, by address.
    pub async fn console_accounts_with_role(
        &mut self,
        role: &str,
    ) -> Result<Vec<ConsoleAccount>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT console_account.email, console_account.person_id
                   FROM console_account
                   JOIN member ON member.person_id = console_account.person_id
                  WHERE member.organization_id = $1 AND member.role = $2 AND member.deactivated_at IS NULL
                  ORDER BY console_account.email",
                &[self.id.into(), role.into()],
                ConsoleAccount::from_row,
            )
            .await
    }
}

impl ConsoleAccount {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            email: row.text("email")?,
            person: row.parsed("person_id")?,
        })
    }
}

fn membership_from_row(row: &Row) -> Result<Membership, StoreError> {
    Ok(Membership {
        organization: row.parsed("organization_id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        member: row.parsed("id")?,
        role: row.text("role")?,
        sso_enforced_since: row.maybe_time("sso_enforced_since")?,
        sso_exempt_since: row.maybe_time("sso_exempt_since")?,
    })
}
