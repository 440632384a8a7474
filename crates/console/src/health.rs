//! The operators' page about the health of all organizations.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use service::health::{self, ConnectionSummary, Issue, OrganizationHealth, SignInCounts};
use web::page;

use super::current_user::RequireOperator;
use super::frame::ConsoleFrame;
use super::page_error::PageError;

/// The organizations that need attention are the first ones.
const MAX_ORGANIZATIONS: usize = 500;

#[derive(Debug, Template)]
#[template(path = "console/health.html")]
struct HealthPage<'p> {
    frame: ConsoleFrame<'p>,
    organizations: Vec<OrganizationRow>,
    /// The number of all organizations.
    total: usize,
    /// The number of organizations that need attention.
    needing_attention: usize,
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
) -> Result<Response, PageError> {
    let organizations = health::list(&app).await?;
    let frame = operator.frame(&app, "health");
    let text = frame.text;
    let needing_attention = organizations
        .iter()
        .filter(|organization| !organization.issues.is_empty());
    let page = HealthPage {
        frame,
        total: organizations.len(),
        needing_attention: needing_attention.count(),
        organizations: organizations
            .into_iter()
            .take(MAX_ORGANIZATIONS)
            .map(|health| OrganizationRow::new(text, health))
            .collect(),
    };
    Ok(page::answer(StatusCode::OK, &page))
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
        let with_name = |key, name: &'static str, value: &str| {
            text.format(key, &[(name, value.to_owned().into())])
        };
        let (page, text) = match issue {
            Issue::PlanMismatch => ("settings", text.get("operator-health-sso-not-in-plan")),
            Issue::AllSignInsRejected => ("sso", text.get("operator-health-all-rejected")),
            Issue::MostSignInsRejected => (
                "sign-in-attempts",
                text.get("operator-health-mostly-rejected"),
            ),
            Issue::CertificateExpired { connection } => (
                "sso",
                with_name(
                    "operator-health-certificate-expired",
                    "connection",
                    connection,
                ),
            ),
            Issue::CertificateExpiring { days, connection } => (
                "sso",
                text.format(
                    "operator-health-certificate-expires",
                    &[
                        ("connection", connection.as_str().into()),
                        ("days", (*days).into()),
                    ],
                ),
            ),
            Issue::DomainLost { domain } => (
                "domains",
                with_name("operator-health-domain-lost", "domain", domain),
            ),
            Issue::DomainRecordMissing { domain } => (
                "domains",
                with_name("operator-health-record-missing", "domain", domain),
            ),
            Issue::StaleDraft { connection } => (
                "sso",
                with_name("operator-health-unfinished", "connection", connection),
            ),
        };
        Self {
            text,
            page,
            is_urgent: issue.is_urgent(),
        }
    }
}
