//! Searches sign-in attempts.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{FieldProblem, Problem};
use store::{AttemptFilter, AttemptOutcome, PagedList};

use super::{AttemptView, view};
use crate::{Listing, PageRequest, organization};

/// A search for attempts. Empty fields match all attempts.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttemptQuery<'w> {
    /// `accepted` or `rejected`.
    pub outcome: &'w str,
    /// An email address, or the user's name at the identity provider.
    pub user: &'w str,
    /// The first day, such as `2026-01-31`.
    pub from: &'w str,
    /// The last day, inclusive.
    pub to: &'w str,
}

const EXPECTED_DATE: &str = "a date such as 2026-01-31";
const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);

impl AttemptQuery<'_> {
    fn filter(&self) -> Result<AttemptFilter, Problem> {
        let mut problems = Vec::new();
        let outcome = match self.outcome {
            "" => None,
            outcome => AttemptOutcome::parse(outcome).ok().or_else(|| {
                let expected = "accepted or rejected";
                problems.push(FieldProblem::new(
                    "outcome",
                    expected,
                    format!("{outcome:?}"),
                ));
                None
            }),
        };
        let since = parse_date("from", self.from, &mut problems);
        let last = parse_date("to", self.to, &mut problems);
        if !problems.is_empty() {
            return Err(Problem::fields(problems));
        }
        let user = self.user.trim();
        Ok(AttemptFilter {
            outcome,
            user: (!user.is_empty()).then(|| normalize_user(user)),
            since,
            before: last.map(|day| day.saturating_add(ONE_DAY).unwrap_or(Timestamp::MAX)),
        })
    }
}

/// An email address in its stored form, or another name in lower case.
fn normalize_user(user: &str) -> String {
    EmailAddress::parse(user).map_or_else(|| user.to_lowercase(), |email| email.to_string())
}

fn parse_date(field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> Option<Timestamp> {
    if text.is_empty() {
        return None;
    }
    let midnight = saml::parse_xs_date_time(&format!("{text}T00:00:00Z"));
    if midnight.is_none() {
        problems.push(FieldProblem::new(field, EXPECTED_DATE, format!("{text:?}")));
    }
    midnight
}

/// The matching attempts of an organization, newest first.
pub async fn search(
    app: &App,
    org_id_or_slug: &str,
    query: AttemptQuery<'_>,
    request: &PageRequest,
) -> Result<Listing<AttemptView>, Problem> {
    let filter = query.filter()?;
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let list = PagedList::AttemptsOf(&organization.id);
    let page = request.page(&mut tx, list).await?;
    let mut org_tx = tx.organization(&organization.id);
    let found = org_tx.attempts(&filter, &page).await?;
    Ok(Listing::new(
        &page,
        found,
        |attempt| attempt.id.as_str(),
        view,
    ))
}
