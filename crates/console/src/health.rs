//! The operator's page of how all organizations are.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use service::health;
use service::health::{OrganizationHealth, Tally, Trouble};
use web::page;

use super::current_user::OperatorVisit;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// The most organizations of the page; those that need a hand are the first of them.
const MANY: usize = 500;

/// Shows all organizations.
#[derive(Debug, Template)]
#[template(path = "console/health.html")]
struct HealthPage<'p> {
    frame: ConsoleFrame<'p>,
    rows: Vec<Row>,
    /// How many organizations there are.
    all: usize,
    /// How many of them need a hand.
    in_need: usize,
}

/// An organization as the page shows it.
#[derive(Debug)]
struct Row {
    slug: String,
    name: String,
    troubles: Vec<Line>,
    connections: Vec<String>,
    day: String,
    week: String,
    top_code: Option<String>,
}

/// Something that needs a hand, with the page where it is given one.
#[derive(Debug)]
struct Line {
    text: String,
    tab: &'static str,
    is_urgent: bool,
}

/// `GET /console/health`
pub(super) async fn show(
    State(app): State<App>,
    visit: OperatorVisit,
) -> Result<Response, Refusal> {
    let organizations = health::of_all(&app).await?;
    let frame = ConsoleFrame::of_visitor(&app, visit.visitor(), "health");
    let text = frame.text;
    let in_need = organizations.iter().filter(|one| !one.troubles.is_empty());
    let page = HealthPage {
        frame,
        all: organizations.len(),
        in_need: in_need.count(),
        rows: organizations
            .into_iter()
            .take(MANY)
            .map(|one| row(text, one))
            .collect(),
    };
    Ok(page::answer(StatusCode::OK, &page))
}

fn row(text: Localizer, health: OrganizationHealth) -> Row {
    let state = |(name, state): (String, store::ConnectionState)| format!("{name}: {state}");
    Row {
        slug: health.organization.slug,
        name: health.organization.name,
        troubles: health.troubles.iter().map(|one| line(text, one)).collect(),
        connections: health.connections.into_iter().map(state).collect(),
        day: said(text, health.day),
        week: said(text, health.week),
        top_code: health.top_code,
    }
}

fn said(text: Localizer, tally: Tally) -> String {
    text.format(
        "operator-health-tally",
        &[
            ("accepted", tally.accepted.to_string().into()),
            ("refused", tally.refused.to_string().into()),
        ],
    )
}

fn line(text: Localizer, trouble: &Trouble) -> Line {
    let about =
        |key, name: &'static str, value: &str| text.format(key, &[(name, value.to_owned().into())]);
    let (tab, words) = match trouble {
        Trouble::PlanMismatch => ("settings", text.get("operator-health-plan")),
        Trouble::NobodyComesIn => ("sso", text.get("operator-health-nobody")),
        Trouble::MostAreRefused => ("attempts", text.get("operator-health-most")),
        Trouble::CertificateOver { connection } => (
            "sso",
            about("operator-health-over", "connection", connection),
        ),
        Trouble::CertificateEnds { days, connection } => (
            "sso",
            text.format(
                "operator-health-ends",
                &[
                    ("connection", connection.as_str().into()),
                    ("days", (*days).into()),
                ],
            ),
        ),
        Trouble::DomainLost { domain } => {
            ("domains", about("operator-health-lost", "domain", domain))
        }
        Trouble::DomainMissing { domain } => (
            "domains",
            about("operator-health-missing", "domain", domain),
        ),
        Trouble::DraftLiesAround { connection } => (
            "sso",
            about("operator-health-draft", "connection", connection),
        ),
    };
    Line {
        text: words,
        tab,
        is_urgent: trouble.is_urgent(),
    }
}
