//! Attempts to sign in: the list of an organization, and the page of one.

mod detail;
mod fix_links;
mod messages;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
pub(super) use detail::{look, reveal, show, trust};
use i18n::Localizer;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use serde::Deserialize;
use service::sign_in_attempt::{AttemptView, Wanted};
use service::{PageRequest, sign_in_attempt};
use store::{AttemptKind, AttemptOutcome};
use web::page;

use super::current_user::AdminVisit;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// The most attempts of a page.
const MANY: u32 = 50;

/// Lists attempts, newest first.
#[derive(Debug, Template)]
#[template(path = "console/attempts.html")]
struct AttemptsPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    attempts: Vec<AttemptView>,
    asked: &'p Asked,
    /// Whether the number that was looked for is nobody's.
    is_unknown: bool,
    /// What of the filter could not be read.
    problem: Option<Problem>,
    more: Option<String>,
}

impl AttemptsPage<'_> {
    /// Whether something in a field of the filter could not be read.
    fn is_wrong(&self, field: &str) -> bool {
        let problems = self.problem.iter().flat_map(|problem| &problem.errors);
        problems.into_iter().any(|one| one.field == field)
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    id: String,
    outcome: String,
    person: String,
    from: String,
    to: String,
    after: Option<String>,
}

impl Asked {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            outcome: &self.outcome,
            person: &self.person,
            from: &self.from,
            to: &self.to,
        }
    }

    /// The address of the page after this one: the same filter, further on.
    fn more(&self, next: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::from("?"));
        for (name, value) in [
            ("outcome", &self.outcome),
            ("person", &self.person),
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

/// `GET /console/organizations/{organization}/attempts`
pub(super) async fn list(
    State(app): State<App>,
    visit: AdminVisit,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let wanted = asked.id.trim();
    let is_unknown = !wanted.is_empty();
    if is_unknown {
        match sign_in_attempt::show(&app, organization.id.as_str(), wanted).await {
            Ok(found) => {
                let path = path(&organization.slug, &found.id);
                return Ok(Redirect::to(&path).into_response());
            }
            Err(problem) if problem.status == StatusCode::NOT_FOUND => {}
            Err(problem) => return Err(problem.into()),
        }
    }
    let request = PageRequest {
        cursor: asked.after.clone(),
        limit: Some(MANY),
    };
    let id = organization.id.as_str();
    let (attempts, next, problem) =
        match sign_in_attempt::search(&app, id, asked.wanted(), &request).await {
            Ok(listing) => (listing.items, listing.next, None),
            Err(problem) if problem.status.is_server_error() => return Err(problem.into()),
            Err(problem) => (Vec::new(), None, Some(problem)),
        };
    let page = AttemptsPage {
        frame: visit.frame(&app, "attempts"),
        slug: &organization.slug,
        attempts,
        asked: &asked,
        is_unknown,
        problem,
        more: next.map(|next| asked.more(&next)),
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// The path of an attempt's page.
fn path(slug: &str, id: &str) -> String {
    format!("/console/organizations/{slug}/attempts/{id}")
}

/// How an attempt ended: the class of its badge and its word.
fn outcome(attempt: &AttemptView, text: &Localizer) -> (&'static str, String) {
    match attempt.outcome {
        Some(AttemptOutcome::Accepted) if attempt.kind == AttemptKind::Test => {
            ("good", text.get("attempt-outcome-tested"))
        }
        Some(AttemptOutcome::Accepted) => ("good", text.get("attempt-outcome-accepted")),
        Some(AttemptOutcome::Refused) => ("bad", text.get("attempt-outcome-refused")),
        None => ("", text.get("attempt-outcome-open")),
    }
}

/// Enough of what somebody seemed to be called to tell attempts apart, and not who it is.
fn hint(person: &str) -> String {
    let beginning: String = person.chars().take(1).collect();
    match EmailAddress::parse(person) {
        Some(address) => format!("{beginning}…@{}", address.domain()),
        None => format!("{beginning}…"),
    }
}

/// What an attempt was for.
fn kind(attempt: &AttemptView, text: &Localizer) -> String {
    match attempt.kind {
        AttemptKind::SignIn => text.get("attempt-kind-sign-in"),
        AttemptKind::Test => text.get("attempt-kind-test"),
    }
}
