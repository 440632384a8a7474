//! The operators' page about the health of all organizations.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use serde::Deserialize;
use service::health::{
    self, ConnectionSummary, HealthQuery, HealthScope, Issue, OrganizationHealth,
};
use store::{IssueKind, SignInCounts};
use web::page;

use super::current_user::RequireOperator;
use super::frame::ConsoleFrame;
use super::list_query;
use super::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/health.html")]
struct HealthPage<'p> {
    frame: ConsoleFrame<'p>,
    filter: HealthFilter,
    organizations: Vec<OrganizationRow>,
    more: Option<String>,
}

/// The query of the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HealthFilter {
    q: String,
    /// An [`IssueKind`], `all`, or empty for any issue.
    issue: String,
    after: Option<String>,
}

impl HealthFilter {
    fn scope(&self) -> HealthScope {
        match IssueKind::parse(&self.issue) {
            Ok(kind) => HealthScope::With(kind),
            Err(_) if self.issue == "all" => HealthScope::All,
            Err(_) => HealthScope::NeedingAttention,
        }
    }

    fn is_empty(&self) -> bool {
        self.q.trim().is_empty() && self.issue.is_empty()
    }
}

#[derive(Debug)]
struct OrganizationRow {
    slug: String,
    name: String,
    issues: Vec<IssueLink>,
    connections: Vec<ConnectionSummary>,
    day: String,
    week: String,
    top_code: Option<String>,
}

/// An issue, with the organization's page on which it can be resolved.
#[derive(Debug)]
struct IssueLink {
    text: String,
    page: &'static str,
    is_urgent: bool,
}

/// `GET /console/health`
pub(super) async fn show(
    State(app): State<App>,
    operator: RequireOperator,
    Query(filter): Query<HealthFilter>,
) -> Result<Response, PageError> {
    let query = HealthQuery {
        scope: filter.scope(),
        search: &filter.q,
        after: filter.after.as_deref(),
    };
    let found = health::list(&app, query).await?;
    let filters = [("q", filter.q.as_str()), ("issue", filter.issue.as_str())];
    let more = found
        .next
        .map(|next| list_query::next_page(&filters, &next));
    let frame = operator.frame(&app, "health");
    let text = frame.text;
    let page = HealthPage {
        frame,
        filter,
        organizations: found
            .organizations
            .into_iter()
            .map(|health| OrganizationRow::new(text, health))
            .collect(),
        more,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// The name of a kind of issue, for the filter.
fn kind_label(kind: &IssueKind, text: &Localizer) -> String {
    text.get(&format!(
        "operator-health-kind-{}",
        kind.as_str().replace('_', "-")
    ))
}

impl OrganizationRow {
    fn new(text: Localizer, health: OrganizationHealth) -> Self {
        Self {
            slug: health.organization.slug,
            name: health.organization.name,
            issues: health
                .issues
                .iter()
                .map(|issue| IssueLink::new(text, issue))
                .collect(),
            connections: health.connections,
            day: counts_text(text, health.last_day),
            week: counts_text(text, health.last_week),
            top_code: health.top_rejection_code,
        }
    }
}

fn counts_text(text: Localizer, counts: SignInCounts) -> String {
    text.format(
        "operator-health-counts",
        &[
            ("accepted", counts.accepted.to_string().into()),
            ("rejected", counts.rejected.to_string().into()),
        ],
    )
}

impl IssueLink {
    fn new(text: Localizer, issue: &Issue) -> Self {
        let with_name =
            |key, name: &'static str| text.format(key, &[(name, issue.name.as_str().into())]);
        let (page, text) = match issue.kind {
            IssueKind::PlanMismatch => ("settings", text.get("operator-health-sso-not-in-plan")),
            IssueKind::AllSignInsRejected => ("sso", text.get("operator-health-all-rejected")),
            IssueKind::MostSignInsRejected => (
                "sign-in-attempts",
                text.get("operator-health-mostly-rejected"),
            ),
            IssueKind::CertificateExpired => (
                "sso",
                with_name("operator-health-certificate-expired", "connection"),
            ),
            IssueKind::CertificateExpiring => (
                "sso",
                text.format(
                    "operator-health-certificate-expires",
                    &[
                        ("connection", issue.name.as_str().into()),
                        ("days", issue.days.into()),
                    ],
                ),
            ),
            IssueKind::DomainLost => (
                "domains",
                with_name("operator-health-domain-lost", "domain"),
            ),
            IssueKind::DomainRecordMissing => (
                "domains",
                with_name("operator-health-record-missing", "domain"),
            ),
            IssueKind::StaleDraft => ("sso", with_name("operator-health-unfinished", "connection")),
        };
        Self {
            text,
            page,
            is_urgent: issue.is_urgent(),
        }
    }
}
