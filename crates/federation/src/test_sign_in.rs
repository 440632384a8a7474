//! Test sign-ins: somebody who sets a connection up signs in with its working copy, and nobody is signed in.
//!
//! The response is judged as a member's would be, and used up as one; who they would be is found out as for a member.
//! Then the attempt is written down with what would have happened, and the browser goes to the page that shows it,
//! however it ended.

use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use saml::Claims;
use serde::{Deserialize, Serialize};
use service::connection::{ConnectionRef, WorkingCopy};
use service::sign_in::discovery::{Destination, check_plan};
use service::sign_in::error::Refusal;
use service::sign_in::federated_user::{Finding, Newcomer};
use service::sign_in::member_match::Decision;
use service::sign_in::test_result::TestResult;
use service::{Actor, connection, plan};
use store::{
    Attempt, AttemptMessages, Connection, ConnectionDraft, ConnectionId, OrganizationId,
    PendingSignInId, StoreError, Tx, VerifiedAssertion,
};
use web::{Cookie, RequestLanguage};

use super::acs::judge;
use super::attempt_log::Record;
use super::authn_request::depart;
use super::diagnose::with_lookalike;
use super::email_page::of_ours;
use super::failed_sign_in::Refused;
use super::pending_sign_in::Claimed;
use super::posted_form::Posted;
use super::redirect::see_other;
use super::sign_in_flow::Asked;

/// What is to be tested, by whom, and where they go afterwards.
#[derive(Clone, Copy, Debug)]
pub struct TestSignIn<'t> {
    /// The connection.
    pub place: ConnectionRef<'t>,
    /// Who tests it.
    pub by: &'t Actor,
    /// A path of this server, to which the attempt's id is added.
    pub return_to: &'t str,
}

/// A test sign-in, as it is kept while the person is at the identity provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Test {
    by: String,
    return_to: String,
}

/// A test sign-in that has come back.
#[derive(Clone, Debug)]
pub(super) struct UnderTest {
    /// What it is.
    pub test: Test,
    /// Its row.
    pub pending: PendingSignInId,
    /// The connection at which it was begun.
    pub connection: ConnectionId,
}

/// Sends a browser to the identity provider to try the working copy of a connection, in whatever state it is.
///
/// # Errors
///
/// When there is no such connection, it is not complete, or the organization's plan does not include SAML single
/// sign-on.
pub async fn begin_test(
    app: &App,
    headers: &HeaderMap,
    test: TestSignIn<'_>,
) -> Result<Response, Problem> {
    let WorkingCopy {
        organization,
        connection,
        ..
    } = connection::load_working_copy(app, test.place).await?;
    plan::check_sso(&app.config.plans, &organization)?;
    connection::check_complete(&connection)?;
    let destination = Destination {
        organization,
        connection,
    };
    let asked = Asked::Test(Test {
        by: test.by.to_string(),
        return_to: test.return_to.to_owned(),
    });
    let browser = Cookie::Browser.get_or_create(app, headers);
    let departure = depart(app, &destination, &asked, &browser.hash).await;
    let departure = departure.map_err(|refusal| of_ours(&refusal))?;
    Ok(departure.response(
        app,
        RequestLanguage::from_headers(headers).localizer(&[]),
        &browser,
    ))
}

/// Takes a response back that a test sign-in was waiting for, and shows whoever tests what came of it.
///
/// # Errors
///
/// When it cannot even be written down.
pub(super) async fn conclude(
    app: &App,
    (claimed, under): (Claimed, UnderTest),
    (headers, posted): (&HeaderMap, &Posted),
) -> Result<Response, Refused> {
    let row = Destination::find(app, under.connection.as_str()).await?;
    let tried = Tried::read(app, row).await?;
    let mut record = Record::begin_test(app, &tried.destination, &under.test.by);
    record.pending = Some(under.pending.clone());
    record.messages.response = Some(posted.response.clone());
    record.messages.request = claimed.authn_request().map(str::to_owned);
    let judged = attempt(app, &tried, (claimed, headers, posted), &mut record).await;
    let written = match judged {
        Ok(claims) => write(app, &tried, (&claims, &under), &record).await,
        Err(refusal) => Err(refusal),
    };
    let id = match written {
        Ok(()) => record.id().clone(),
        Err(refusal) => {
            let refused = record.refused(app, refusal).await;
            match &refused.attempt {
                Some(id) => id.clone(),
                None => return Err(refused),
            }
        }
    };
    Ok(see_other(&format!("{}{id}", under.test.return_to)))
}

/// What a test tries: the connection with the settings of its draft, if it has one.
#[derive(Clone, Debug)]
struct Tried {
    destination: Destination,
    row: Connection,
    draft: Option<ConnectionDraft>,
}

impl Tried {
    async fn read(app: &App, row: Destination) -> Result<Self, Refusal> {
        let (place, id) = (row.organization.id.clone(), row.connection.id.clone());
        let draft = app
            .store
            .snapshot()
            .await?
            .organization(&place)
            .draft(&id)
            .await?;
        let connection = match draft.clone() {
            Some(draft) => draft.apply_to(row.connection.clone()),
            None => row.connection.clone(),
        };
        Ok(Self {
            destination: Destination {
                organization: row.organization,
                connection,
            },
            row: row.connection,
            draft,
        })
    }
}

async fn attempt(
    app: &App,
    tried: &Tried,
    (claimed, headers, posted): (Claimed, &HeaderMap, &Posted),
    record: &mut Record,
) -> Result<Claims, Refusal> {
    check_plan(app, &tried.destination.organization)?;
    let arrival = claimed.check(app, headers)?;
    judge(app, &tried.destination, (&arrival, posted), record).await
}

/// Finds out who they would be, and then uses request and assertion up and writes down what was found.
async fn write(
    app: &App,
    tried: &Tried,
    (claims, under): (&Claims, &UnderTest),
    record: &Record,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    let newcomer = Newcomer::read(app, &tried.destination, claims)?;
    let found = find_out(app, &tried.destination.organization.id, &newcomer, now).await?;
    let found = found.map_err(|refusal| with_lookalike(refusal, claims));
    let result = TestResult::new(claims, &newcomer, found.as_ref());
    let mut attempt = record.accepted(app);
    attempt.member = found.ok().and_then(|finding| match finding.decision {
        Decision::Welcome(member) | Decision::Join(member) => Some(member),
        Decision::Create => None,
    });
    attempt.test_result = Some(result.seal(app, &attempt.id));
    attempt.test_result_until = Some(now + TestResult::KEPT);
    let done = Done {
        tried: tried.clone(),
        pending: under.pending.clone(),
        assertion: VerifiedAssertion {
            connection: tried.row.id.clone(),
            assertion_id: claims.assertion_id.clone(),
            remember_until: claims.remember_until,
        },
        attempt,
        messages: record.sealed(app),
        by: under.test.by.clone(),
        now,
    };
    app.store.write(async move |tx| done.write(tx).await).await
}

/// The inner refusal is an answer to what was asked: it says what a member would have met.
async fn find_out(
    app: &App,
    organization: &OrganizationId,
    newcomer: &Newcomer,
    now: Timestamp,
) -> Result<Result<Finding, Refusal>, Refusal> {
    let mut tx = app.store.snapshot().await?;
    let found = newcomer
        .find_out(&mut tx.organization(organization), now)
        .await;
    match found {
        Err(refusal @ (Refusal::Broken(_) | Refusal::Overloaded)) => Err(refusal),
        found => Ok(found),
    }
}

/// Everything that a successful test writes.
#[derive(Clone)]
struct Done {
    tried: Tried,
    pending: PendingSignInId,
    assertion: VerifiedAssertion,
    attempt: Attempt,
    messages: Option<AttemptMessages>,
    by: String,
    now: Timestamp,
}

impl Done {
    async fn write(&self, tx: &mut Tx) -> Result<(), Refusal> {
        // Nothing begins with what is spent here: a test gives no session.
        drop(
            tx.consume_solicited(&self.pending, &self.assertion, self.now)
                .await??,
        );
        let mut place = tx.organization(&self.tried.destination.organization.id);
        let id = &self.tried.row.id;
        place.lock_connection(id).await?;
        if let Some(there) = place.connection(id).await? {
            let draft = place.draft(id).await?;
            self.mark(&mut place, (&there, draft.as_ref())).await?;
        }
        place.add_attempt(&self.attempt).await?;
        if let Some(messages) = &self.messages {
            place.insert_messages(&self.attempt.id, messages).await?;
        }
        Ok(())
    }

    /// What somebody has changed meanwhile was not tested.
    async fn mark(
        &self,
        place: &mut store::OrganizationTx<'_>,
        (row, draft): (&Connection, Option<&ConnectionDraft>),
    ) -> Result<(), StoreError> {
        let id: &ConnectionId = &row.id;
        let is_same = match (&self.tried.draft, draft) {
            (Some(tried), Some(there)) => is_same_draft(tried, there),
            (None, None) => is_same_row(&self.tried.row, row),
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !is_same {
            return Ok(());
        }
        match draft {
            Some(_) => place.mark_draft_tested(id, self.now).await?,
            None => place.set_tested(id, Some(self.now)).await?,
        };
        place.set_tested_by(id, &self.by).await?;
        Ok(())
    }
}

fn is_same_draft(one: &ConnectionDraft, other: &ConnectionDraft) -> bool {
    one.settings == other.settings && one.certificates == other.certificates
}

fn is_same_row(one: &Connection, other: &Connection) -> bool {
    one.settings == other.settings && one.certificates == other.certificates
}
