//! How all organizations are, in a fixed number of statements, however many there are.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    AttemptKind, AttemptOutcome, ConnectionId, ConnectionLifecycle, Organization, OrganizationId,
    StoreError, Tx,
};

/// What is known about all organizations. Each list is by organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The organizations, by name.
    pub organizations: Vec<Organization>,
    /// Their connections.
    pub connections: Vec<ConnectionHealth>,
    /// The certificates through whose keys members sign in.
    pub certificates: Vec<CertificateInUse>,
    /// Their sign-ins recent.
    pub attempts: Vec<AttemptCount>,
    /// Their domains that do not count, or may soon not count any more.
    pub domains: Vec<DomainIssue>,
}

/// How far a connection has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionHealth {
    /// The organization.
    pub organization: OrganizationId,
    /// The connection.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// The instants at which it went from state to state.
    pub lifecycle: ConnectionLifecycle,
    /// When the draft beside it was last changed, if there is one.
    pub draft_updated_at: Option<Timestamp>,
}

/// A certificate of an active connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateInUse {
    /// The organization.
    pub organization: OrganizationId,
    /// The connection.
    pub connection: ConnectionId,
    /// The certificate: DER in base64.
    pub der_base64: String,
}

/// How many sign-ins ended in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptCount {
    /// The organization.
    pub organization: OrganizationId,
    /// How they ended.
    pub outcome: AttemptOutcome,
    /// Why they were refused.
    pub code: Option<String>,
    /// How many since the later instant.
    pub recent: u64,
    /// How many since the earlier one.
    pub total: u64,
}

/// A domain that does not count, or whose record is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainIssue {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Since when it has counted, if it still does.
    pub verified_at: Option<Timestamp>,
    /// Since when its record has been missing.
    pub missing_since: Option<Timestamp>,
}

impl Tx {
    /// How all organizations are; sign-ins count from `since` on, and a second time from `recent` on.
    pub async fn health(
        &mut self,
        recent_since: Timestamp,
        since: Timestamp,
    ) -> Result<Health, StoreError> {
        Ok(Health {
            organizations: self.organizations_by_name().await?,
            connections: self.connection_health().await?,
            certificates: self.certificates_in_use().await?,
            attempts: self.count_attempts(recent_since, since).await?,
            domains: self.domain_issues().await?,
        })
    }

    async fn connection_health(&mut self) -> Result<Vec<ConnectionHealth>, StoreError> {
        self.fetch_all(
            "SELECT connection.organization_id, connection.id, connection.name, connection.created_at,
                    connection.tested_at, connection.activated_at, connection.disabled_at, connection_draft.updated_at
               FROM connection
               LEFT JOIN connection_draft ON connection_draft.organization_id = connection.organization_id
                                         AND connection_draft.connection_id = connection.id
              ORDER BY connection.organization_id, connection.created_at, connection.id",
            &[],
            |row| {
                Ok(ConnectionHealth {
                    organization: row.parsed("organization_id")?,
                    id: row.parsed("id")?,
                    name: row.text("name")?,
                    lifecycle: ConnectionLifecycle {
                        created_at: row.time("created_at")?,
                        tested_at: row.maybe_time("tested_at")?,
                        activated_at: row.maybe_time("activated_at")?,
                        disabled_at: row.maybe_time("disabled_at")?,
                    },
                    draft_updated_at: row.maybe_time("updated_at")?,
                })
            },
        )
        .await
    }

    async fn certificates_in_use(&mut self) -> Result<Vec<CertificateInUse>, StoreError> {
        self.fetch_all(
            "SELECT connection.organization_id, certificate.connection_id, certificate.der_base64
               FROM certificate
               JOIN connection ON connection.id = certificate.connection_id
              WHERE connection.activated_at IS NOT NULL AND connection.disabled_at IS NULL
              ORDER BY connection.organization_id, certificate.connection_id, certificate.position",
            &[],
            |row| {
                Ok(CertificateInUse {
                    organization: row.parsed("organization_id")?,
                    connection: row.parsed("connection_id")?,
                    der_base64: row.text("der_base64")?,
                })
            },
        )
        .await
    }

    async fn count_attempts(
        &mut self,
        recent_since: Timestamp,
        since: Timestamp,
    ) -> Result<Vec<AttemptCount>, StoreError> {
        self.fetch_all(
            "SELECT organization_id, outcome, code, COUNT(*) AS total,
                    COUNT(CASE WHEN started_at >= $2 THEN 1 END) AS recent
               FROM attempt
              WHERE started_at >= $3 AND kind = $1 AND outcome IS NOT NULL
              GROUP BY organization_id, outcome, code
              ORDER BY organization_id, outcome, code",
            &[
                AttemptKind::SignIn.as_str().into(),
                recent_since.into(),
                since.into(),
            ],
            |row| {
                Ok(AttemptCount {
                    organization: row.parsed("organization_id")?,
                    outcome: row.parsed("outcome")?,
                    code: row.maybe_text("code")?,
                    recent: count(row, "recent")?,
                    total: count(row, "total")?,
                })
            },
        )
        .await
    }

    async fn domain_issues(&mut self) -> Result<Vec<DomainIssue>, StoreError> {
        self.fetch_all(
            "SELECT organization_id, name, verified_at, missing_since
               FROM domain
              WHERE verified_at IS NULL OR missing_since IS NOT NULL
              ORDER BY organization_id, name",
            &[],
            |row| {
                Ok(DomainIssue {
                    organization: row.parsed("organization_id")?,
                    name: row.text("name")?,
                    verified_at: row.maybe_time("verified_at")?,
                    missing_since: row.maybe_time("missing_since")?,
                })
            },
        )
        .await
    }
}

fn count(row: &Row, column: &'static str) -> Result<u64, StoreError> {
    u64::try_from(row.number(column)?).map_err(|_| StoreError::InvalidValue { column })
}
