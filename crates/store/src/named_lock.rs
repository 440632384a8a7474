//! Locks on decisions that no single row stands for.

use crate::engine::DbTx;
use crate::{OrganizationId, OrganizationTx, PersonId, StoreError, Tx};

/// What a unit of work decides about. Units that hold the same lock run one after the other, so that each one reads what
/// the one before it has written.
///
/// A lock is held until the transaction ends. It needs no row, unlike `SELECT … FOR UPDATE`, and so also holds back what
/// would be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedLock<'l> {
    /// How many sign-in codes an email address has received.
    EmailCodes(&'l str),
    /// [`OrganizationTx::lock_member_email`].
    MemberEmail(&'l OrganizationId, &'l str),
    /// [`OrganizationTx::lock_domains`].
    Domains(&'l OrganizationId),
    /// How many passkeys a person has.
    Passkeys(&'l PersonId),
    /// Which operators there are.
    Operators,
    /// Which keys sign ID tokens.
    ProviderKeys,
}

impl NamedLock<'_> {
    fn name(self) -> String {
        match self {
            Self::EmailCodes(email) => format!("email-codes {email}"),
            Self::MemberEmail(organization, email) => {
                format!("member-email {organization} {email}")
            }
            Self::Domains(organization) => format!("domains {organization}"),
            Self::Passkeys(person) => format!("passkeys {person}"),
            Self::Operators => "operators".to_owned(),
            Self::ProviderKeys => "provider-keys".to_owned(),
        }
    }
}

impl Tx {
    /// Waits until no other unit holds the lock, and keeps all others waiting.
    pub async fn lock(&mut self, lock: NamedLock<'_>) -> Result<(), StoreError> {
        self.take_lock(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            lock,
        )
        .await
    }

    /// Waits while another unit holds the lock with [`lock`](Self::lock), and keeps those waiting: for a unit that relies
    /// on a fact without changing it.
    async fn lock_shared(&mut self, lock: NamedLock<'_>) -> Result<(), StoreError> {
        self.take_lock(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))",
            lock,
        )
        .await
    }

    /// On SQLite there is nothing to do: its writer runs one unit at a time.
    async fn take_lock(
        &mut self,
        sql: &'static str,
        lock: NamedLock<'_>,
    ) -> Result<(), StoreError> {
        match self.db_tx() {
            DbTx::Sqlite(_) => Ok(()),
            DbTx::Postgres(_) => {
                let name = lock.name();
                self.execute(sql, &[name.as_str().into()]).await.map(drop)
            }
        }
    }
}

impl OrganizationTx<'_> {
    /// Before a decision about which member an email address belongs to, and whether it is verified: whether an
    /// invitation is open, and whether a new member is added. The domains of the organization cannot change either.
    pub async fn lock_member_email(&mut self, email: &str) -> Result<(), StoreError> {
        self.share_domains().await?;
        self.tx.lock(NamedLock::MemberEmail(self.id, email)).await
    }

    /// Before a decision about whether an email address is verified.
    pub async fn share_domains(&mut self) -> Result<(), StoreError> {
        self.tx.lock_shared(NamedLock::Domains(self.id)).await
    }

    /// Before a decision about which domains the organization has, and which of them are verified.
    pub async fn lock_domains(&mut self) -> Result<(), StoreError> {
        self.tx.lock(NamedLock::Domains(self.id)).await
    }
}
