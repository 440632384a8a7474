//! The health of organizations: which ones need attention, and the details of one.

use jiff::Timestamp;

use crate::attempt_count::hour;
use crate::engine::{Row, Value};
use crate::query::{Query, like_pattern};
use crate::{
    AttemptOutcome, ConnectionId, ConnectionLifecycle, IssueKind, OrganizationId, OrganizationTx,
    StoreError, Tx,
};

/// How many connections and domains of an organization are read at most.
const MAX_DETAILS: i64 = 50;

/// What the health of one organization is judged by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// At most 50.
    pub connections: Vec<ConnectionHealth>,
    /// Recent sign-in attempts.
    pub attempts: Vec<AttemptCount>,
    /// Domains that are unverified, or may soon be; at most 50.
    pub domains: Vec<DomainIssue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionHealth {
    pub id: ConnectionId,
    pub name: String,
    pub lifecycle: ConnectionLifecycle,
    /// When the last of its certificates expires, where that is known.
    pub certificates_expire_at: Option<Timestamp>,
    /// When its draft was last changed, if it has one.
    pub draft_updated_at: Option<Timestamp>,
}

/// How many sign-in attempts had one outcome and code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptCount {
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
    pub name: String,
    pub verified_at: Option<Timestamp>,
    pub missing_since: Option<Timestamp>,
}

/// What counts as an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueCriteria<'c> {
    pub now: Timestamp,
    /// A certificate that expires before this time is an issue.
    pub certificates_until: Timestamp,
    /// A draft that was last changed at this time or before is an issue.
    pub drafts_until: Timestamp,
    pub plans_with_sso: &'c [String],
    /// The name or the slug of the organization contains this text.
    pub search: Option<&'c str>,
}

/// An issue, with its place among those of its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IssuePosition {
    pub at: i64,
    pub organization: OrganizationId,
    /// A connection ID or a domain; empty for an issue of the whole organization.
    pub subject: String,
}

/// Where one kind of issues is found: a statement with the columns `at`, `organization_id` and `subject`.
struct IssueSource<'v> {
    /// The statement up to a value.
    sql: &'static str,
    value: Value<'v>,
    /// A further condition up to its value.
    and: Option<(&'static str, Timestamp)>,
    /// Columns in the order of an index, which identify a position.
    order: &'static str,
    /// The parts of the position that `order` has.
    key: &'static [KeyPart],
}

enum KeyPart {
    At,
    Organization,
    Subject,
}

const FULL_KEY: &[KeyPart] = &[KeyPart::At, KeyPart::Organization, KeyPart::Subject];

macro_rules! connections {
    ($at:literal, $condition:literal) => {
        concat!(
            "SELECT ",
            $at,
            " AS at, organization_id, id AS subject FROM connection AS issue WHERE ",
            $condition
        )
    };
}

impl Tx {
    /// The organizations with one kind of issue, after a position. An organization may be among them whose issue has just
    /// ended, or which has been deleted.
    pub async fn issues(
        &mut self,
        kind: IssueKind,
        criteria: &IssueCriteria<'_>,
        after: Option<&IssuePosition>,
        limit: u32,
    ) -> Result<Vec<IssuePosition>, StoreError> {
        let plans = match kind {
            IssueKind::PlanMismatch => self.plans_in_use().await?,
            _ => Vec::new(),
        };
        let pattern = criteria.search.map(like_pattern);
        let mut found = Vec::new();
        for source in sources(kind, criteria, &plans) {
            let mut query = Query::new(source.sql);
            query.bind(source.value);
            if let Some((condition, time)) = source.and {
                query.push_if(condition, Some(time));
            }
            push_search(&mut query, pattern.as_deref());
            if let Some(after) = after {
                query.push(" AND (").push(source.order).push(") > ");
                let mut separator = "(";
                for part in source.key {
                    query.push(separator);
                    match part {
                        KeyPart::At => query.bind(after.at),
                        KeyPart::Organization => query.bind(&after.organization),
                        KeyPart::Subject => query.bind(&after.subject),
                    };
                    separator = ", ";
                }
                query.push(")");
            }
            query
                .push(" ORDER BY ")
                .push(source.order)
                .push_if(" LIMIT ", Some(i64::from(limit)));
            found.extend(self.fetch_query(&query, IssuePosition::from_row).await?);
        }
        found.sort();
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// The plans of organizations with active connections, each looked up in the index once.
    async fn plans_in_use(&mut self) -> Result<Vec<String>, StoreError> {
        let mut plans: Vec<String> = Vec::new();
        loop {
            let last = plans.last().map(String::as_str).unwrap_or_default();
            let next = self
                .fetch_optional(
                    "SELECT organization_plan FROM connection
                      WHERE activated_at IS NOT NULL AND disabled_at IS NULL AND organization_plan > $1
                      ORDER BY organization_plan LIMIT 1",
                    &[last.into()],
                    |row| row.text("organization_plan"),
                )
                .await?;
            match next {
                Some(plan) => plans.push(plan),
                None => return Ok(plans),
            }
        }
    }
}

fn sources<'v>(
    kind: IssueKind,
    criteria: &IssueCriteria<'_>,
    plans: &'v [String],
) -> Vec<IssueSource<'v>> {
    let IssueCriteria {
        now,
        certificates_until,
        drafts_until,
        ..
    } = *criteria;
    let first = Timestamp::MIN;
    match kind {
        IssueKind::PlanMismatch => plans
            .iter()
            .filter(|plan| !criteria.plans_with_sso.contains(plan))
            .map(|plan| plan_source(plan))
            .collect(),
        IssueKind::AllSignInsRejected | IssueKind::MostSignInsRejected => {
            vec![sign_in_source(kind)]
        }
        IssueKind::CertificateExpired => {
            vec![certificate_source(
                first,
                " AND certificates_expire_at <= ",
                now,
            )]
        }
        IssueKind::CertificateExpiring => vec![certificate_source(
            now,
            " AND certificates_expire_at < ",
            certificates_until,
        )],
        IssueKind::DomainLost => vec![domain_source(
            "SELECT missing_since AS at, organization_id, name AS subject FROM domain AS issue
              WHERE verified_at IS NULL AND missing_since IS NOT NULL AND missing_since > ",
        )],
        IssueKind::DomainRecordMissing => vec![domain_source(
            "SELECT missing_since AS at, organization_id, name AS subject FROM domain AS issue
              WHERE verified_at IS NOT NULL AND missing_since IS NOT NULL AND missing_since > ",
        )],
        IssueKind::StaleDraft => draft_sources(drafts_until).into(),
    }
}

impl<'v> IssueSource<'v> {
    fn new(sql: &'static str, value: impl Into<Value<'v>>, order: &'static str) -> Self {
        Self {
            sql,
            value: value.into(),
            and: None,
            order,
            key: FULL_KEY,
        }
    }
}

/// The active connections of organizations with a plan.
fn plan_source(plan: &str) -> IssueSource<'_> {
    let sql = connections!(
        "CAST(0 AS BIGINT)",
        "activated_at IS NOT NULL AND disabled_at IS NULL AND organization_plan = "
    );
    IssueSource {
        key: &[KeyPart::Organization, KeyPart::Subject],
        ..IssueSource::new(sql, plan, "organization_id, id")
    }
}

fn sign_in_source(kind: IssueKind) -> IssueSource<'static> {
    IssueSource {
        key: &[KeyPart::At, KeyPart::Organization],
        ..IssueSource::new(
            "SELECT hour AS at, organization_id, '' AS subject FROM rejected_sign_in AS issue
              WHERE issue.issue IS NOT NULL AND issue.issue = ",
            kind.as_str(),
            "hour, organization_id",
        )
    }
}

/// The active connections whose last certificate expires after a time, and for which a condition holds.
fn certificate_source(
    after: Timestamp,
    condition: &'static str,
    time: Timestamp,
) -> IssueSource<'static> {
    let sql = connections!(
        "certificates_expire_at",
        "activated_at IS NOT NULL AND disabled_at IS NULL AND certificates_expire_at > "
    );
    IssueSource {
        and: Some((condition, time)),
        ..IssueSource::new(sql, after, "certificates_expire_at, organization_id, id")
    }
}

fn domain_source(sql: &'static str) -> IssueSource<'static> {
    IssueSource::new(sql, Timestamp::MIN, "missing_since, organization_id, name")
}

/// Connections that were never active, and drafts of the others.
fn draft_sources(until: Timestamp) -> [IssueSource<'static>; 2] {
    let unfinished = connections!(
        "created_at",
        "activated_at IS NULL AND disabled_at IS NULL AND created_at <= "
    );
    [
        IssueSource::new(unfinished, until, "created_at, organization_id, id"),
        IssueSource::new(
            "SELECT updated_at AS at, organization_id, connection_id AS subject FROM connection_draft AS issue
              WHERE updated_at <= ",
            until,
            "updated_at, organization_id, connection_id",
        ),
    ]
}

fn push_search<'v>(query: &mut Query<'v>, pattern: Option<&'v str>) {
    if let Some(pattern) = pattern {
        query
            .push(
                " AND EXISTS (SELECT 1 FROM organization WHERE organization.id = issue.organization_id
                                 AND (LOWER(organization.name) LIKE LOWER(",
            )
            .bind(pattern)
            .push(") ESCAPE '\\' OR organization.slug LIKE LOWER(")
            .bind(pattern)
            .push(") ESCAPE '\\'))");
    }
}

impl IssuePosition {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            at: row.number("at")?,
            organization: row.parsed("organization_id")?,
            subject: row.text("subject")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// Attempts since the hour of `since` are counted as `total`, those since the hour of `recent_since` also as `recent`.
    /// Tests and responses that anyone may have sent are not counted.
    pub async fn health(
        &mut self,
        recent_since: Timestamp,
        since: Timestamp,
    ) -> Result<Health, StoreError> {
        Ok(Health {
            connections: self.connection_health().await?,
            attempts: self.count_attempts(recent_since, since).await?,
            domains: self.domain_issues().await?,
        })
    }

    async fn connection_health(&mut self) -> Result<Vec<ConnectionHealth>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT connection.id, connection.name, connection.created_at,
                        connection.tested_at, connection.activated_at, connection.disabled_at,
                        connection.session_epoch, connection.unconfirmed_since,
                        connection.certificates_expire_at, connection_draft.updated_at
                   FROM connection
                   LEFT JOIN connection_draft ON connection_draft.organization_id = connection.organization_id
                                             AND connection_draft.connection_id = connection.id
                  WHERE connection.organization_id = $1 AND connection.deleted_at IS NULL
                  ORDER BY connection.created_at, connection.id
                  LIMIT $2",
                &[self.id.into(), MAX_DETAILS.into()],
                |row| {
                    Ok(ConnectionHealth {
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
                        certificates_expire_at: row.maybe_time("certificates_expire_at")?,
                        draft_updated_at: row.maybe_time("updated_at")?,
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
        self.tx
            .fetch_all(
                "SELECT outcome, NULLIF(code, '') AS code,
                        CAST(SUM(recorded + unrecorded) AS BIGINT) AS total,
                        CAST(SUM(CASE WHEN hour >= $2 THEN recorded + unrecorded ELSE 0 END) AS BIGINT) AS recent
                   FROM attempt_count
                  WHERE organization_id = $1 AND hour >= $3 AND origin IN ('verified', 'solicited')
                  GROUP BY outcome, code
                  ORDER BY outcome, code",
                &[
                    self.id.into(),
                    hour(recent_since).into(),
                    hour(since).into(),
                ],
                |row| {
                    Ok(AttemptCount {
                        outcome: row.parsed("outcome")?,
                        code: row.maybe_text("code")?,
                        recent: row.count("recent")?,
                        total: row.count("total")?,
                    })
                },
            )
            .await
    }

    async fn domain_issues(&mut self) -> Result<Vec<DomainIssue>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT name, verified_at, missing_since
                   FROM domain
                  WHERE organization_id = $1 AND (verified_at IS NULL OR missing_since IS NOT NULL)
                  ORDER BY CASE WHEN missing_since IS NULL THEN 1 ELSE 0 END, missing_since, name
                  LIMIT $2",
                &[self.id.into(), MAX_DETAILS.into()],
                |row| {
                    Ok(DomainIssue {
                        name: row.text("name")?,
                        verified_at: row.maybe_time("verified_at")?,
                        missing_since: row.maybe_time("missing_since")?,
                    })
                },
            )
            .await
    }
}
