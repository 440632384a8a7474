//! What is written down of an attempt to sign in: every check, the outcome and the code. AttemptMessages
//! are kept sealed, and only for as long as the operator wants ([`service::sign_in::saml_messages`]).

use jiff::Timestamp;
use runtime::app::App;
use runtime::random;
use saml::Check;
use serde::Serialize;
use service::sign_in::discovery::Destination;
use service::sign_in::error::Refusal;
use service::sign_in::saml_messages::KeptMessages;
use store::{
    Attempt, AttemptId, AttemptKind, AttemptMessages, AttemptOutcome, ConnectionId, OrganizationId,
    PendingSignInId,
};

use super::failed_sign_in::Refused;

/// A text of the message that is longer is shown to nobody.
const LONGEST_TEXT: usize = 500;

/// An attempt that is being made.
#[derive(Debug)]
pub(super) struct Record {
    /// The sign-in that it answers.
    pub pending: Option<PendingSignInId>,
    /// What was asked and what came.
    pub messages: KeptMessages,
    /// The checks that have been made.
    pub checks: Vec<Check>,
    /// The address by which the application hears that it failed.
    pub back: Option<String>,
    /// The languages that the application asked for, best first.
    pub languages: Vec<String>,
    kind: AttemptKind,
    tester: Option<String>,
    id: AttemptId,
    organization: OrganizationId,
    connection: ConnectionId,
    began: Timestamp,
}

/// One check, as the API shows it.
#[derive(Serialize)]
struct Line {
    name: String,
    title: String,
    outcome: &'static str,
    expected: Option<String>,
    received: Option<String>,
    code: Option<&'static str>,
    detail: Option<String>,
}

impl Record {
    /// Begins that of somebody who wants to come in.
    pub(super) fn begin(app: &App, destination: &Destination) -> Self {
        Self::of_kind(app, destination, AttemptKind::SignIn)
    }

    /// Begins that of somebody who tries a connection, and who that is.
    pub(super) fn begin_test(app: &App, destination: &Destination, by: &str) -> Self {
        Self {
            tester: Some(by.to_owned()),
            ..Self::of_kind(app, destination, AttemptKind::Test)
        }
    }

    fn of_kind(app: &App, destination: &Destination, kind: AttemptKind) -> Self {
        Self {
            pending: None,
            messages: KeptMessages::default(),
            checks: Vec::new(),
            back: None,
            languages: Vec::new(),
            kind,
            tester: None,
            id: AttemptId::from_random(random::bytes()),
            organization: destination.organization.id.clone(),
            connection: destination.connection.id.clone(),
            began: app.clock.now(),
        }
    }

    /// Its number.
    pub(super) fn id(&self) -> &AttemptId {
        &self.id
    }

    /// The row of an attempt that succeeds; its member is known once they have come in.
    pub(super) fn accepted(&self, app: &App) -> Attempt {
        let lines: Vec<Line> = self.checks.iter().map(line).collect();
        self.row(app, AttemptOutcome::Accepted, None, &lines)
    }

    /// Writes down that it failed, and gives the page its number.
    ///
    /// What cannot be written down is in the log, and the person learns the reason all the same.
    pub(super) async fn refused(self, app: &App, refusal: Refusal) -> Refused {
        if self.kind == AttemptKind::SignIn {
            app.metrics.count_sign_in(refusal.code());
        }
        let mut lines: Vec<Line> = self.checks.iter().map(line).collect();
        if !matches!(refusal, Refusal::Saml(_)) || lines.is_empty() {
            lines.push(own_line(&refusal));
        }
        let attempt = self.row(app, AttemptOutcome::Refused, Some(refusal.code()), &lines);
        let messages = self.sealed(app);
        let written = app
            .store
            .write(async move |tx| {
                let place = attempt.organization.clone();
                let mut place = tx.organization(&place);
                place.add_attempt(&attempt).await?;
                if let Some(messages) = &messages {
                    place.insert_messages(&attempt.id, messages).await?;
                }
                Ok::<_, Refusal>(())
            })
            .await;
        Refused {
            refusal,
            attempt: written.is_ok().then_some(self.id),
            back: self.back,
            languages: self.languages.into(),
        }
    }

    /// The messages as they are kept; nothing where the operator keeps none.
    pub(super) fn sealed(&self, app: &App) -> Option<AttemptMessages> {
        self.messages.close(app, &self.id)
    }

    fn row(
        &self,
        app: &App,
        outcome: AttemptOutcome,
        code: Option<&str>,
        lines: &[Line],
    ) -> Attempt {
        Attempt {
            id: self.id.clone(),
            organization: self.organization.clone(),
            connection: self.connection.clone(),
            kind: self.kind,
            pending_sign_in: self.pending.clone(),
            started_at: self.began,
            finished_at: Some(app.clock.now()),
            outcome: Some(outcome),
            code: code.map(str::to_owned),
            member: None,
            checks: serde_json::to_string(lines).expect("lines of text are JSON"),
            test_result: None,
            test_result_until: None,
            tested_by: self.tester.clone(),
            person: None,
        }
    }
}

fn line(check: &Check) -> Line {
    let (outcome, code, detail) = match &check.outcome {
        saml::Outcome::Passed => ("passed", None, None),
        saml::Outcome::Failed(rejection) => (
            "failed",
            Some(rejection.code()),
            Some(rejection.to_string()),
        ),
        saml::Outcome::Unchecked(why) => ("unchecked", None, Some((*why).to_owned())),
    };
    Line {
        name: check.rule.id().to_owned(),
        title: check.rule.to_string(),
        outcome,
        expected: check.expected.as_deref().map(shortened),
        received: check.received.as_deref().map(shortened),
        code,
        detail: detail.as_deref().map(shortened),
    }
}

/// The check that this server makes beside those of the message.
fn own_line(refusal: &Refusal) -> Line {
    let (expected, received) = refusal.sides();
    Line {
        name: "sign-in".to_owned(),
        title: "Sign-in not allowed".to_owned(),
        outcome: "failed",
        expected: expected.as_deref().map(shortened),
        received: received.as_deref().map(shortened),
        code: Some(refusal.code()),
        detail: Some(shortened(&refusal.to_string())),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
