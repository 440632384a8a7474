//! Accounts: the addresses by which people sign in to the console.

use crate::engine::Row;
use crate::member::read_person;
use crate::{MemberId, OrganizationId, Person, PersonId, StoreError, Tenant, Tx, UnixTime};

/// A person with the address by which they sign in to the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountHolder {
    /// The address, in lower case.
    pub email: String,
    /// The person.
    pub person: PersonId,
}

/// An organization to which a person belongs, as they choose among theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// The membership.
    pub member: MemberId,
    /// What they may do there.
    pub role: String,
    /// Since when the organization wants everybody to come through its identity provider.
    pub sso_required_since: Option<UnixTime>,
    /// Since when this member need not.
    pub sso_exempt_since: Option<UnixTime>,
}

impl Tx {
    /// Adds a person, who need not be a member of anything.
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

    /// Gives a person an address to sign in by; `false` when it is somebody's already.
    pub async fn add_account(
        &mut self,
        holder: &AccountHolder,
        at: UnixTime,
    ) -> Result<bool, StoreError> {
        self.change(
            "INSERT INTO account (email, person_id, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (email) DO NOTHING",
            &[(&holder.email).into(), (&holder.person).into(), at.into()],
        )
        .await
    }

    /// Whose address it is; it is compared in lower case, as it is stored.
    pub async fn account(&mut self, email: &str) -> Result<Option<AccountHolder>, StoreError> {
        self.optional(
            "SELECT email, person_id FROM account WHERE email = $1",
            &[email.into()],
            read,
        )
        .await
    }

    /// The addresses by which a person signs in.
    pub async fn accounts_of(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<AccountHolder>, StoreError> {
        self.all(
            "SELECT email, person_id FROM account WHERE person_id = $1 ORDER BY created_at, email",
            &[person.into()],
            read,
        )
        .await
    }

    /// Finds a person, wherever they belong.
    pub async fn person(&mut self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        self.optional(
            "SELECT id, email, name, created_at FROM person WHERE id = $1",
            &[id.into()],
            read_person,
        )
        .await
    }

    /// The organizations in which a person is a member who has not been deactivated, by name.
    pub async fn memberships_of(
        &mut self,
        person: &PersonId,
    ) -> Result<Vec<Membership>, StoreError> {
        self.all(
            "SELECT member.organization_id, member.id, member.role, member.sso_exempt_since,
                    organization.slug, organization.name, organization.sso_required_since
               FROM member
               JOIN organization ON organization.id = member.organization_id
              WHERE member.person_id = $1 AND member.deactivated_at IS NULL
              ORDER BY organization.name, organization.id",
            &[person.into()],
            read_membership,
        )
        .await
    }
}

impl Tenant<'_> {
    /// The addresses of the accounts of whoever has a role here and has not been deactivated.
    pub async fn addresses_of(&mut self, role: &str) -> Result<Vec<AccountHolder>, StoreError> {
        self.tx
            .all(
                "SELECT account.email, account.person_id
                   FROM account
                   JOIN member ON member.person_id = account.person_id
                  WHERE member.organization_id = $1 AND member.role = $2 AND member.deactivated_at IS NULL
                  ORDER BY account.email",
                &[self.id.into(), role.into()],
                read,
            )
            .await
    }
}

fn read(row: &Row) -> Result<AccountHolder, StoreError> {
    Ok(AccountHolder {
        email: row.text("email")?,
        person: row.parsed("person_id")?,
    })
}

fn read_membership(row: &Row) -> Result<Membership, StoreError> {
    Ok(Membership {
        organization: row.parsed("organization_id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        member: row.parsed("id")?,
        role: row.text("role")?,
        sso_required_since: row.maybe_time("sso_required_since")?,
        sso_exempt_since: row.maybe_time("sso_exempt_since")?,
    })
}
