//! The health of organizations for the operators, the most urgent issues first.

mod assessment;
mod cursor;
mod sign_ins;

pub use assessment::{ConnectionSummary, Issue, OrganizationHealth};
use assessment::{ONE_DAY, ONE_WEEK, STALE_DRAFT_AGE, assess};
use config::Plans;
use cursor::Cursor;
use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
pub use sign_ins::{record_attempt, refresh_sign_in_issues};
use store::{IssueCriteria, IssueKind, IssuePosition, OrganizationId, Snapshot, StoreError};

use super::{PageRequest, connection, organization};
use crate::organization::OrganizationQuery;

/// How many organizations a page has.
const PAGE_SIZE: usize = 50;
/// How many issues are looked at for one page. An organization with many issues is listed once.
const MAX_SCANNED_ISSUES: usize = 500;

/// Which organizations to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthScope {
    /// Those with any issue.
    NeedingAttention,
    /// Those with this kind of issue.
    With(IssueKind),
    /// Also the healthy ones.
    All,
}

#[derive(Clone, Copy, Debug)]
pub struct HealthQuery<'q> {
    pub scope: HealthScope,
    /// The name or the slug contains this text; an empty text matches all organizations.
    pub search: &'q str,
    /// The `next` of the previous page.
    pub after: Option<&'q str>,
}

/// One page of organizations.
#[derive(Clone, Debug, Default)]
pub struct HealthPage {
    pub organizations: Vec<OrganizationHealth>,
    pub next: Option<String>,
}

/// Lists organizations, those with the most urgent issues first. With [`HealthScope::All`], the oldest organization is
/// first.
///
/// An invalid cursor starts at the beginning.
pub async fn list(app: &App, query: HealthQuery<'_>) -> Result<HealthPage, Problem> {
    match query.scope {
        HealthScope::All => list_all(app, query).await,
        HealthScope::NeedingAttention => list_issues(app, query, IssueKind::ALL).await,
        HealthScope::With(kind) => list_issues(app, query, &[kind]).await,
    }
}

async fn list_all(app: &App, query: HealthQuery<'_>) -> Result<HealthPage, Problem> {
    let filter = OrganizationQuery {
        search: Some(query.search.to_owned()),
        ..OrganizationQuery::default()
    };
    let request = PageRequest {
        cursor: query.after.map(str::to_owned),
        limit: u32::try_from(PAGE_SIZE).ok(),
    };
    let listing = organization::list(app, &filter, &request).await?;
    let mut reader = HealthReader::new(app, query).await?;
    let mut page = HealthPage {
        next: listing.next,
        ..HealthPage::default()
    };
    for listed in listing.items {
        let Ok(id) = OrganizationId::parse(&listed.id) else {
            continue;
        };
        page.organizations.extend(reader.read(&id).await?);
    }
    Ok(page)
}

async fn list_issues(
    app: &App,
    query: HealthQuery<'_>,
    kinds: &[IssueKind],
) -> Result<HealthPage, Problem> {
    let mut reader = HealthReader::new(app, query).await?;
    let mut page = HealthPage::default();
    let mut last = query.after.and_then(Cursor::parse);
    let first_kind = last.as_ref().map(|cursor| cursor.kind);
    let mut scanned = 0;
    for kind in kinds
        .iter()
        .copied()
        .filter(|kind| Some(*kind) >= first_kind)
    {
        loop {
            let after = last.as_ref().filter(|last| last.kind == kind);
            let found = reader
                .issues(kind, after.map(|last| &last.position))
                .await?;
            for position in &found {
                if page.organizations.len() == PAGE_SIZE || scanned == MAX_SCANNED_ISSUES {
                    page.next = last.as_ref().map(ToString::to_string);
                    return Ok(page);
                }
                scanned += 1;
                let first_issue = reader.read_first_issue(kinds, kind, position).await?;
                page.organizations.extend(first_issue);
                last = Some(Cursor {
                    kind,
                    position: position.clone(),
                });
            }
            if found.len() < PAGE_SIZE {
                break;
            }
        }
    }
    Ok(page)
}

/// Reads the health of organizations on one view of the database.
struct HealthReader<'q> {
    snapshot: Snapshot,
    plans: &'q Plans,
    plans_with_sso: Vec<String>,
    search: Option<&'q str>,
    now: Timestamp,
}

impl<'q> HealthReader<'q> {
    async fn new(app: &'q App, query: HealthQuery<'q>) -> Result<Self, StoreError> {
        let plans = &app.config.plans;
        let search = query.search.trim();
        Ok(Self {
            snapshot: app.store.snapshot().await?,
            plans,
            plans_with_sso: plans
                .names()
                .iter()
                .filter(|plan| plans.includes_sso(plan))
                .cloned()
                .collect(),
            search: (!search.is_empty()).then_some(search),
            now: app.clock.now(),
        })
    }

    async fn issues(
        &mut self,
        kind: IssueKind,
        after: Option<&IssuePosition>,
    ) -> Result<Vec<IssuePosition>, StoreError> {
        let criteria = IssueCriteria {
            now: self.now,
            certificates_until: self.now + connection::CERTIFICATE_EXPIRY_WARNING,
            drafts_until: self.now - STALE_DRAFT_AGE,
            plans_with_sso: &self.plans_with_sso,
            search: self.search,
        };
        let limit = u32::try_from(PAGE_SIZE).unwrap_or(u32::MAX);
        self.snapshot.issues(kind, &criteria, after, limit).await
    }

    async fn read(
        &mut self,
        id: &OrganizationId,
    ) -> Result<Option<OrganizationHealth>, StoreError> {
        let mut org_tx = self.snapshot.organization(id);
        let Some(organization) = org_tx.read().await? else {
            return Ok(None);
        };
        let (day, week) = (self.now - ONE_DAY, self.now - ONE_WEEK);
        let health = org_tx.health(day, week).await?;
        Ok(Some(assess(organization, health, self.plans, self.now)))
    }

    /// The organization of an issue, if the issue is the organization's first one of these kinds, so that it is listed
    /// once.
    async fn read_first_issue(
        &mut self,
        kinds: &[IssueKind],
        kind: IssueKind,
        position: &IssuePosition,
    ) -> Result<Option<OrganizationHealth>, StoreError> {
        let health = self.read(&position.organization).await?;
        let is_first = |health: &OrganizationHealth| {
            let mut issues = health.issues.iter();
            let first = issues.find(|issue| kinds.contains(&issue.kind));
            first.is_some_and(|first| {
                first.kind == kind && (first.subject == position.subject || health.is_truncated)
            })
        };
        Ok(health.filter(is_first))
    }
}
