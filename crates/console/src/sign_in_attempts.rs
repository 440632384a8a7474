//! The sign-in attempts of an organization.

mod detail;
mod messages;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
pub(super) use detail::{find_certificate, reveal, show, trust_certificate};
use i18n::Localizer;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use serde::Deserialize;
use service::sign_in_attempt::{AttemptQuery, AttemptView};
use service::{PageRequest, connection, sign_in_attempt};
use store::{AttemptKind, AttemptOutcome, ConnectionName};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::list_query;
use super::page_error::PageError;

const PAGE_SIZE: u32 = 50;

/// Lists attempts, newest first.
#[derive(Debug, Template)]
#[template(path = "console/sign_in_attempts.html")]
struct AttemptsPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of this page, on which the paths of the attempts are based.
    path: String,
    attempts: Vec<AttemptView>,
    filter: FormState<AttemptFilter>,
    /// The connections to choose from.
    connections: Vec<ConnectionName>,
    /// Whether the reference ID that was searched for is unknown.
    is_unknown: bool,
    more: Option<String>,
    /// The number of attempts of the last day that were not recorded.
    unrecorded: i64,
}

/// The query of the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AttemptFilter {
    id: String,
    outcome: String,
    code: String,
    connection: String,
    user: String,
    from: String,
    to: String,
    after: Option<String>,
}

impl AttemptFilter {
    fn to_query(&self) -> AttemptQuery {
        AttemptQuery {
            outcome: list_query::filled(&self.outcome),
            code: list_query::filled(&self.code),
            connection: list_query::filled(&self.connection),
            member: None,
            user: list_query::filled(&self.user),
            from: list_query::filled(&self.from),
            to: list_query::filled(&self.to),
        }
    }

    /// The query of the next page of the same search.
    fn next_query(&self, next: &str) -> String {
        let filters = [
            ("outcome", self.outcome.as_str()),
            ("code", self.code.as_str()),
            ("connection", self.connection.as_str()),
            ("user", self.user.as_str()),
            ("from", self.from.as_str()),
            ("to", self.to.as_str()),
        ];
        list_query::next_page(&filters, next)
    }
}

/// `GET /console/organizations/{organization}/sign-in-attempts`
pub(super) async fn list(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(filter): Query<AttemptFilter>,
) -> Result<Response, PageError> {
    let path = admin.path("sign-in-attempts");
    let organization = admin.organization_id();
    let id = filter.id.trim();
    let is_unknown = !id.is_empty();
    if is_unknown {
        match sign_in_attempt::show(&app, organization, id).await {
            Ok(attempt) => {
                return Ok(Redirect::to(&format!("{path}/{}", attempt.id)).into_response());
            }
            Err(problem) if problem.status == StatusCode::NOT_FOUND => {}
            Err(problem) => return Err(problem.into()),
        }
    }
    let request = PageRequest {
        cursor: filter.after.clone(),
        limit: Some(PAGE_SIZE),
    };
    let query = filter.to_query();
    let connections = connection::list_names(&app, &admin.organization().id).await?;
    let (attempts, more, unrecorded, filter) =
        match sign_in_attempt::list(&app, organization, &query, &request).await {
            Ok(listing) => {
                let more = listing.next.map(|next| filter.next_query(&next));
                let filter = FormState::new(filter);
                (listing.items, more, listing.unrecorded, filter)
            }
            Err(problem) => (Vec::new(), None, 0, FormState::rejected(filter, problem)?),
        };
    let page = AttemptsPage {
        connections,
        unrecorded,
        frame: admin.frame(&app, "sign-in-attempts"),
        path,
        attempts,
        filter,
        is_unknown,
        more,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// The class and the text of the badge that shows how an attempt ended.
fn outcome_badge(attempt: &AttemptView, text: &Localizer) -> (&'static str, String) {
    match attempt.outcome {
        Some(AttemptOutcome::Accepted) if attempt.kind == AttemptKind::Test => {
            ("good", text.get("attempt-outcome-tested"))
        }
        Some(AttemptOutcome::Accepted) => ("good", text.get("attempt-outcome-accepted")),
        Some(AttemptOutcome::Rejected) => ("bad", text.get("attempt-outcome-rejected")),
        None => ("", text.get("attempt-outcome-open")),
    }
}

/// The first letter and the domain: tells attempts apart without identifying the user.
fn redact_user(user: &str) -> String {
    let beginning: String = user.chars().take(1).collect();
    match EmailAddress::parse(user) {
        Some(address) => format!("{beginning}…@{}", address.domain()),
        None => format!("{beginning}…"),
    }
}

fn kind_label(attempt: &AttemptView, text: &Localizer) -> String {
    match attempt.kind {
        AttemptKind::SignIn => text.get("attempt-type-sign-in"),
        AttemptKind::Test => text.get("attempt-type-test"),
    }
}
