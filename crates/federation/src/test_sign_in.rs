//! Test sign-ins: an administrator signs in with the working copy of a connection, and no session starts.
//!
//! The response is validated and spent as a member's would be, and the member is matched. Then the attempt is stored with
//! what would have happened, and the browser goes to the page that shows it, whether it passed or failed.

use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use saml::Claims;
use service::connection::{ConnectionRef, WorkingCopy, tested_settings};
use service::sign_in::attempt_log::{AttemptLog, AttemptRows};
use service::sign_in::discovery::{OrgConnection, check_plan};
use service::sign_in::error::SignInError;
use service::sign_in::federated_user::{FederatedUser, MemberMatch};
use service::sign_in::member_match::Decision;
use service::sign_in::rejection_diagnosis::with_email_candidate;
use service::sign_in::test_result::TestResult;
use service::{Actor, connection, plan};
use store::{
    Connection, ConnectionDraft, OrganizationTx, PendingSignInId, SetupLinkId, StoreError, Tx,
    VerifiedAssertion,
};
use web::request_log;

use super::authn_request::send_authn_request;
use super::pending_sign_in::{RelayStateMatch, ReturnedTest, SignInFlow, TestFlow};
use super::posted_form::PostedResponse;
use super::responses::{FailedSignIn, internal_problem, see_other};
use super::sign_in_outcome::mark_as_failed;

#[derive(Clone, Copy, Debug)]
pub struct TestSignIn<'t> {
    pub connection: ConnectionRef<'t>,
    pub tester: &'t Actor,
    /// A path of this server. The ID of the attempt is appended.
    pub return_to: &'t str,
}

/// Sends the browser to the identity provider to test the working copy of a connection, in whatever state it is.
///
/// # Errors
///
/// There is no such connection, it is incomplete, or the organization's plan does not include SAML SSO.
pub async fn start_test(
    app: &App,
    headers: &HeaderMap,
    test: TestSignIn<'_>,
) -> Result<Response, Problem> {
    let WorkingCopy {
        organization,
        connection,
        ..
    } = connection::load_working_copy(app, test.connection).await?;
    plan::check_sso(&app.config.plans, &organization)?;
    connection::check_complete(&connection)?;
    let org_connection = OrgConnection {
        organization,
        connection,
    };
    let flow = SignInFlow::Test(TestFlow {
        tester: test.tester.to_string(),
        return_to: test.return_to.to_owned(),
    });
    let now = app.clock.now();
    send_authn_request(app, headers, &org_connection, &flow, now)
        .await
        .map_err(|error| internal_problem(&error))
}

/// Handles the response to a test sign-in, and redirects to the page that shows the result.
///
/// # Errors
///
/// The attempt cannot be stored.
pub(crate) async fn finish_test(
    app: &App,
    test: ReturnedTest,
    matched: RelayStateMatch,
    posted: &PostedResponse,
    now: Timestamp,
) -> Result<Response, FailedSignIn> {
    let org_connection = OrgConnection::find(app, test.connection.as_str()).await?;
    let tested = TestedConnection::load(app, org_connection).await?;
    let mut log = AttemptLog::for_test(&tested.org_connection, &test.flow.tester, now);
    log.pending = Some(test.pending.clone());
    log.messages.response = posted.message().map(str::to_owned);
    log.messages.request = matched.authn_request().map(str::to_owned);
    let return_to = test.flow.return_to.clone();
    let validated = tested
        .validate_response(app, matched, posted, &mut log)
        .await;
    let stored = match validated {
        Ok(claims) => tested.store_result(app, test, &claims, &log).await,
        Err(error) => Err(error),
    };
    let result = see_other(&format!("{return_to}{}", log.id()));
    match stored {
        Ok(()) => {
            request_log::record_attempt(log.id());
            Ok(result)
        }
        Err(error) => {
            let failed = FailedSignIn::store(app, &log, error).await;
            if failed.attempt.is_none() {
                return Err(failed);
            }
            let is_rejected = failed.error.status().is_client_error();
            Ok(if is_rejected {
                mark_as_failed(result)
            } else {
                result
            })
        }
    }
}

/// The connection with the settings of its draft, if it has one.
#[derive(Clone, Debug)]
struct TestedConnection {
    org_connection: OrgConnection,
    row: Connection,
    draft: Option<ConnectionDraft>,
}

impl TestedConnection {
    async fn load(app: &App, stored: OrgConnection) -> Result<Self, SignInError> {
        let organization = &stored.organization.id;
        let id = &stored.connection.id;
        let mut tx = app.store.snapshot().await?;
        let draft = tx.organization(organization).draft(id).await?;
        drop(tx);
        let connection = match draft.clone() {
            Some(draft) => draft.apply_to(stored.connection.clone()),
            None => stored.connection.clone(),
        };
        Ok(Self {
            org_connection: OrgConnection {
                organization: stored.organization,
                connection,
            },
            row: stored.connection,
            draft,
        })
    }

    async fn validate_response(
        &self,
        app: &App,
        matched: RelayStateMatch,
        posted: &PostedResponse,
        log: &mut AttemptLog,
    ) -> Result<Claims, SignInError> {
        posted.check_binding()?;
        check_plan(app, &self.org_connection.organization)?;
        let now = log.now();
        let kind = matched.check(app, &posted.headers, now)?;
        let review = kind.review(app, &self.org_connection, &posted.response, now);
        kind.validate_response(review.await?, log).await
    }

    /// Matches the member, then spends the request and the assertion, and stores what was found.
    async fn store_result(
        &self,
        app: &App,
        test: ReturnedTest,
        claims: &Claims,
        log: &AttemptLog,
    ) -> Result<(), SignInError> {
        let now = log.now();
        let user = FederatedUser::new(app, &self.org_connection, claims)?;
        let TestMatch { email, matched } = match_member(app, &user, now).await?;
        let matched = matched.map_err(|error| with_email_candidate(error, claims));
        let result = TestResult::new(claims, &user, email.as_ref(), matched.as_deref());
        let mut rows = log.accepted(app);
        rows.warn(&user.warnings(matched.as_deref().ok()));
        rows.attempt.member = matched.ok().and_then(|matched| match matched.decision {
            Decision::Existing(member)
            | Decision::AcceptInvitation(member)
            | Decision::MoveAccount { member, .. } => Some(member),
            Decision::Provision => None,
        });
        rows.attempt.test_result = Some(result.seal(app, &rows.attempt.id));
        rows.attempt.test_result_until = Some(now + TestResult::LIFETIME);
        let writes = TestWrites {
            tested: self.clone(),
            pending: test.pending,
            assertion: VerifiedAssertion {
                connection: self.row.id.clone(),
                assertion_id: claims.assertion_id.clone(),
                remember_until: claims.remember_until,
                session_epoch: self.row.lifecycle.session_epoch,
            },
            rows,
            tester: test.flow.tester,
            now,
        };
        app.store
            .write(async move |tx| writes.write(tx).await)
            .await
    }

    /// Whether the stored connection and draft still have what was tested.
    fn is_unchanged(&self, row: &Connection, draft: Option<&ConnectionDraft>) -> bool {
        match (&self.draft, draft) {
            (Some(tested), Some(stored)) => {
                tested.settings == stored.settings && tested.certificates == stored.certificates
            }
            (None, None) => {
                self.row.settings == row.settings && self.row.certificates == row.certificates
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

/// What a member would have met.
struct TestMatch {
    /// The address of the user.
    email: Option<EmailAddress>,
    matched: Result<Box<MemberMatch>, SignInError>,
}

async fn match_member(
    app: &App,
    user: &FederatedUser,
    now: Timestamp,
) -> Result<TestMatch, SignInError> {
    let mut tx = app.store.snapshot().await?;
    let mut organization = tx.organization(&user.organization);
    let domains = organization.domains().await?;
    let matched = match user.match_member(&mut organization, now).await {
        Err(error) if error.is_internal() => return Err(error),
        matched => matched.map(Box::new),
    };
    Ok(TestMatch {
        email: user.email_trust(&domains).address().cloned(),
        matched,
    })
}

/// Everything that a test with an accepted response writes.
#[derive(Clone)]
struct TestWrites {
    tested: TestedConnection,
    pending: PendingSignInId,
    assertion: VerifiedAssertion,
    rows: AttemptRows,
    tester: String,
    now: Timestamp,
}

impl TestWrites {
    async fn write(&self, tx: &mut Tx) -> Result<(), SignInError> {
        // A test starts no session, so what was spent is not needed.
        drop(
            tx.consume_solicited(&self.pending, &self.assertion, self.now)
                .await??,
        );
        let mut organization = tx.organization(&self.tested.org_connection.organization.id);
        let id = &self.tested.row.id;
        organization.lock_connection(id).await?;
        if let Some(row) = organization.connection(id).await? {
            let draft = organization.draft(id).await?;
            if self.tested.is_unchanged(&row, draft.as_ref()) {
                self.mark_tested(&mut organization, draft.is_some()).await?;
            }
        }
        if let Ok(link) = SetupLinkId::parse(&self.tester) {
            let settings = tested_settings(&self.tested.org_connection.connection);
            organization.set_link_tested(&link, &settings).await?;
        }
        self.rows.insert(&mut organization).await?;
        Ok(())
    }

    async fn mark_tested(
        &self,
        organization: &mut OrganizationTx<'_>,
        has_draft: bool,
    ) -> Result<(), StoreError> {
        let id = &self.tested.row.id;
        if has_draft {
            organization.mark_draft_tested(id, self.now).await?;
        } else {
            organization.set_tested(id, Some(self.now)).await?;
        }
        organization.set_tested_by(id, &self.tester).await?;
        Ok(())
    }
}
