//! The sign-in attempts of an organization.

mod detail;
mod fix_links;
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
use service::{PageRequest, sign_in_attempt};
use store::{AttemptKind, AttemptOutcome};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
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
    user: String,
    from: String,
    to: String,
    after: Option<String>,
}

impl AttemptFilter {
    fn to_search(&self) -> AttemptQuery<'_> {
        AttemptQuery {
            outcome: &self.outcome,
            user: &self.user,
            from: &self.from,
            to: &self.to,
        }
    }

    /// The query of the next page of the same search.
    fn next_query(&self, next: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::from("?"));
        for (name, value) in [
            ("outcome", &self.outcome),
            ("user", &self.user),
            ("from", &self.from),
            ("to", &self.to),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("after", next).finish()
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
    let search = filter.to_search();
    let (attempts, more, filter) =
        match sign_in_attempt::search(&app, organization, search, &request).await {
            Ok(listing) => {
                let more = listing.next.map(|next| filter.next_query(&next));
                (listing.items, more, FormState::new(filter))
            }
            Err(problem) => (Vec::new(), None, FormState::rejected(filter, problem)?),
        };
    let unrecorded = sign_in_attempt::count_unrecorded(&app, &admin.organization().id).await?;
    let page = AttemptsPage {
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
