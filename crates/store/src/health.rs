//! The health of all organizations, in a fixed number of statements.

use jiff::Timestamp;

use crate::attempt_count::hour;
use crate::engine::Row;
use crate::{
    AttemptOrigin, AttemptOutcome, ConnectionId, ConnectionLifecycle, Organization, OrganizationId,
    StoreError, Tx,
};

/// Every list is sorted by organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// By name.
    pub organizations: Vec<Organization>,
    pub connections: Vec<ConnectionHealth>,
    /// The signing certificates of active connections.
    pub certificates: Vec<CertificateInUse>,
    /// Recent sign-in attempts.
    pub attempts: Vec<AttemptCount>,
    /// Domains that are unverified, or may soon be.
    pub domains: Vec<DomainIssue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionHealth {
    pub organization: OrganizationId,
    pub id: ConnectionId,
    pub name: String,
    pub lifecycle: ConnectionLifecycle,
    /// When its draft was last changed, if it has one.
    pub draft_updated_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateInUse {
    pub organization: OrganizationId,
    pub connection: ConnectionId,
    pub der_base64: String,
}

/// How many sign-in attempts had one outcome and code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptCount {
    pub organization: OrganizationId,
    pub outcome: AttemptOutcome,
    /// The error code.
    pub code: Option<String>,
    /// Since the later of the two times.
    pub recent: u64,
    /// Since the earlier of the two times.
    pub total: u64,
}

/// A domain that is unverified, or whose DNS record is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainIssue {
    pub organization: OrganizationId,
    pub name: String,
    pub verified_at: Option<Timestamp>,
    pub missing_since: Option<Timestamp>,
}

impl Tx {
    /// The health of all organizations. Attempts since the hour of `since` are counted as `total`, those since the hour of
    /// `recent_since` also as `recent`. Tests and responses that anyone may have sent are not
    /// counted.
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
                    connection.tested_at, connection.activated_at, connection.disabled_at,
                    connection.session_epoch, connection.unconfirmed_since, connection_draft.updated_at
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
                        session_epoch: row.number("session_epoch")?,
                        unconfirmed_since: row.maybe_time("unconfirmed_since")?,
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
            certificate_in_use,
        )
        .await
    }

    /// The signing certificates of up to `limit` active connections, in the order of their IDs, after this one.
    pub async fn certificates_in_use_after(
        &mut self,
        after: Option<&ConnectionId>,
        limit: u32,
    ) -> Result<Vec<CertificateInUse>, StoreError> {
        self.fetch_all(
            "SELECT connection.organization_id, certificate.connection_id, certificate.der_base64
               FROM certificate
               JOIN connection ON connection.id = certificate.connection_id
              WHERE connection.id IN (SELECT id FROM connection
                                       WHERE id > $1 AND activated_at IS NOT NULL AND disabled_at IS NULL
                                       ORDER BY id LIMIT $2)
              ORDER BY certificate.connection_id, certificate.position",
            &[
                after.map_or("", ConnectionId::as_str).into(),
                i64::from(limit).into(),
            ],
            certificate_in_use,
        )
        .await
    }

    async fn count_attempts(
        &mut self,
        recent_since: Timestamp,
        since: Timestamp,
    ) -> Result<Vec<AttemptCount>, StoreError> {
        self.fetch_all(
            "SELECT organization_id, outcome, NULLIF(code, '') AS code,
                    CAST(SUM(recorded + unrecorded) AS BIGINT) AS total,
                    CAST(SUM(CASE WHEN hour >= $2 THEN recorded + unrecorded ELSE 0 END) AS BIGINT) AS recent
               FROM attempt_count
              WHERE hour >= $3 AND origin IN ($1, $4)
              GROUP BY organization_id, outcome, code
              ORDER BY organization_id, outcome, code",
            &[
                AttemptOrigin::Verified.as_str().into(),
                hour(recent_since).into(),
                hour(since).into(),
                AttemptOrigin::Solicited.as_str().into(),
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

fn certificate_in_use(row: &Row) -> Result<CertificateInUse, StoreError> {
    Ok(CertificateInUse {
        organization: row.parsed("organization_id")?,
        connection: row.parsed("connection_id")?,
        der_base64: row.text("der_base64")?,
    })
}

fn count(row: &Row, column: &'static str) -> Result<u64, StoreError> {
    u64::try_from(row.number(column)?).map_err(|_| StoreError::InvalidValue { column })
}
