//! Looking for attempts by what is known of them.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{FieldProblem, Problem};
use store::{AttemptFilter, AttemptOutcome};

use super::{AttemptView, view};
use crate::{Listing, PageRequest, organization};

/// What is known of the attempts that are looked for; what is empty excludes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'w> {
    /// `accepted` or `refused`.
    pub outcome: &'w str,
    /// An e-mail address, or the name by which the identity provider knows the person.
    pub person: &'w str,
    /// The first day, such as `2026-01-31`.
    pub from: &'w str,
    /// The last day.
    pub to: &'w str,
}

const A_DAY: &str = "a day such as 2026-01-31";
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Wanted<'_> {
    fn filter(&self) -> Result<AttemptFilter, Problem> {
        let mut problems = Vec::new();
        let outcome = match self.outcome {
            "" => None,
            word => AttemptOutcome::parse(word).ok().or_else(|| {
                let expected = "accepted or refused";
                problems.push(FieldProblem::new("outcome", expected, format!("{word:?}")));
                None
            }),
        };
        let since = day("from", self.from, &mut problems);
        let last = day("to", self.to, &mut problems);
        if !problems.is_empty() {
            return Err(Problem::fields(problems));
        }
        let person = self.person.trim();
        Ok(AttemptFilter {
            outcome,
            person: (!person.is_empty()).then(|| one_form(person)),
            since,
            before: last.map(|day| day.saturating_add(DAY).unwrap_or(Timestamp::MAX)),
        })
    }
}

/// An address as it is kept; whatever else somebody seemed to be called in lower case.
fn one_form(person: &str) -> String {
    EmailAddress::parse(person).map_or_else(|| person.to_lowercase(), |email| email.to_string())
}

fn day(field: &str, written: &str, problems: &mut Vec<FieldProblem>) -> Option<Timestamp> {
    if written.is_empty() {
        return None;
    }
    let midnight = saml::parse_xs_date_time(&format!("{written}T00:00:00Z"));
    if midnight.is_none() {
        problems.push(FieldProblem::new(field, A_DAY, format!("{written:?}")));
    }
    midnight
}

/// The attempts of an organization that fit, newest first.
///
/// # Errors
///
/// When there is no such organization, or what is known of them cannot be read.
pub async fn search(
    app: &App,
    named: &str,
    wanted: Wanted<'_>,
    request: &PageRequest,
) -> Result<Listing<AttemptView>, Problem> {
    let page = request.page()?;
    let filter = wanted.filter()?;
    let organization = organization::find(app, named).await?;
    let part = page.clone();
    let found = {
        let mut tx = app.store.snapshot().await?;
        let mut place = tx.organization(&organization.id);
        place.attempts(&filter, &part).await?
    };
    Ok(Listing::new(
        &page,
        found,
        |attempt| attempt.id.as_str(),
        view,
    ))
}
