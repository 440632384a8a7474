//! Lists sign-in attempts.

use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{LocalizedText, Problem};
use serde::{Deserialize, Serialize};
use store::{AttemptFilter, AttemptOutcome, ConnectionId, MemberId, PagedList};
use utoipa::{IntoParams, ToSchema};

use super::{AttemptView, UNRECORDED_PERIOD, view};
use crate::filter::FilterReader;
use crate::{Listing, PageRequest, organization};

/// Which attempts to list. An absent or empty field matches all attempts.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AttemptQuery {
    /// `accepted` or `rejected`.
    #[param(example = "rejected")]
    pub outcome: Option<String>,
    /// Only attempts with this error code.
    #[param(example = "audience-mismatch")]
    pub code: Option<String>,
    /// Only attempts at this connection.
    pub connection: Option<String>,
    /// Only attempts of this member.
    pub member: Option<String>,
    /// Only attempts of the user with this email address, or with this name at the identity provider.
    #[param(example = "ada@acme.example")]
    pub user: Option<String>,
    /// Only attempts at this time or later: a date, or a time in UTC.
    #[param(example = "2026-01-31")]
    pub from: Option<String>,
    /// Only attempts until the end of this date, or before this time.
    #[param(example = "2026-02-28")]
    pub to: Option<String>,
}

impl AttemptQuery {
    fn filter(&self) -> Result<AttemptFilter, Problem> {
        let mut reader = FilterReader::default();
        let filter = AttemptFilter {
            outcome: reader.parsed("outcome", self.outcome.as_ref(), AttemptOutcome::parse),
            code: FilterReader::text(self.code.as_ref()),
            connection: None,
            member: None,
            user: FilterReader::text(self.user.as_ref()).map(|user| normalize_user(&user)),
            since: reader.since("from", self.from.as_ref()),
            before: reader.before("to", self.to.as_ref()),
        };
        let mut filter = reader.finish(filter)?;
        if let Some(id) = FilterReader::text(self.connection.as_ref()) {
            let parsed = ConnectionId::parse(&id);
            filter.connection = Some(parsed.map_err(|_| invalid_id("connection", &id))?);
        }
        if let Some(id) = FilterReader::text(self.member.as_ref()) {
            let parsed = MemberId::parse(&id);
            filter.member = Some(parsed.map_err(|_| invalid_id("member", &id))?);
        }
        Ok(filter)
    }
}

fn invalid_id(field: &'static str, id: &str) -> Problem {
    Problem::field(
        field,
        format!("the ID of a {field}"),
        LocalizedText::quoted(id),
    )
}

/// An email address in its stored form, or another name in lower case.
fn normalize_user(user: &str) -> String {
    EmailAddress::parse(user).map_or_else(|| user.to_lowercase(), |email| email.to_string())
}

/// One page of attempts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SignInAttemptListing)]
pub struct AttemptListing {
    /// The items of the page.
    pub items: Vec<AttemptView>,
    /// The `cursor` of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many attempts of the last 24 hours were counted but not recorded, whatever the filter: a connection had too many
    /// of their kind in an hour.
    pub unrecorded: i64,
}

/// The attempts of an organization that match, newest first.
pub async fn list(
    app: &App,
    org_id_or_slug: &str,
    query: &AttemptQuery,
    request: &PageRequest,
) -> Result<AttemptListing, Problem> {
    let filter = query.filter()?;
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let list = PagedList::AttemptsOf(&organization.id);
    let page = request.page(&mut tx, list).await?;
    let mut org_tx = tx.organization(&organization.id);
    let found = org_tx.attempts(&filter, &page).await?;
    let since = app.clock.now() - UNRECORDED_PERIOD;
    let unrecorded = org_tx.unrecorded_attempts(since).await?;
    let Listing { items, next } = Listing::new(&page, found, |attempt| attempt.id.as_str(), view);
    Ok(AttemptListing {
        items,
        next,
        unrecorded,
    })
}
