//! What is stored of a sign-in attempt: each check, the outcome and its code, and for a while the sealed messages.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::random;
use saml::{Check, Rule, UnverifiedMessage};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    Attempt, AttemptId, AttemptKind, AttemptMessages, AttemptOrigin, AttemptOutcome, ConnectionId,
    CountedAttempt, OrganizationId, OrganizationTx, PendingSignInId, SealedColumn, SealedText,
    StoreError,
};

use super::attempt_warning::AttemptWarning;
use super::discovery::OrgConnection;
use super::error::SignInError;
use crate::health;

/// Longer texts of a message are shortened, in characters.
const MAX_TEXT_CHARS: usize = 500;
/// Longer messages are not stored: everything that real identity providers send is far below.
const MAX_MESSAGE_BYTES: usize = 256 * 1024;
/// How many rejected attempts of a connection are recorded in an hour, by their origin; the others are counted. When an
/// identity provider is misconfigured, every sign-in of its members fails in the same way.
const MAX_VERIFIED_PER_HOUR: u32 = 1000;
const MAX_SOLICITED_PER_HOUR: u32 = 200;
/// Anyone can send these.
const MAX_UNKNOWN_PER_HOUR: u32 = 20;
/// A longer text is no name and no address.
const MAX_USER_BYTES: usize = 254;

/// A sign-in attempt in progress.
#[derive(Debug)]
pub struct AttemptLog {
    /// The pending sign-in that the response answers.
    pub pending: Option<PendingSignInId>,
    /// Whether the response came from the browser in which its sign-in was started, even if that is over.
    pub is_solicited: bool,
    pub messages: SamlMessages,
    pub checks: Vec<Check>,
    kind: AttemptKind,
    tester: Option<String>,
    id: AttemptId,
    organization: OrganizationId,
    connection: ConnectionId,
    now: Timestamp,
}

/// One check, as the API shows it.
#[derive(Serialize)]
struct CheckRow {
    name: String,
    title: String,
    outcome: &'static str,
    expected: Option<String>,
    received: Option<String>,
    code: Option<&'static str>,
    detail: Option<String>,
}

impl AttemptLog {
    pub fn new(org_connection: &OrgConnection, now: Timestamp) -> Self {
        Self {
            pending: None,
            is_solicited: false,
            messages: SamlMessages::default(),
            checks: Vec::new(),
            kind: AttemptKind::SignIn,
            tester: None,
            id: AttemptId::from_ordered(random::ordered_bytes(now)),
            organization: org_connection.organization.id.clone(),
            connection: org_connection.connection.id.clone(),
            now,
        }
    }

    pub fn for_test(org_connection: &OrgConnection, tester: &str, now: Timestamp) -> Self {
        Self {
            kind: AttemptKind::Test,
            tester: Some(tester.to_owned()),
            ..Self::new(org_connection, now)
        }
    }

    pub fn id(&self) -> &AttemptId {
        &self.id
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The rows of an attempt that succeeds. The caller adds the member.
    pub fn accepted(&self, app: &App) -> AttemptRows {
        let checks: Vec<CheckRow> = self.checks.iter().map(CheckRow::new).collect();
        self.rows(app, AttemptOutcome::Accepted, None, &checks)
    }

    /// Stores that the attempt failed, and gives the reference ID for the error page.
    ///
    /// It is `None` when the attempt cannot be stored, which is then in the log, or is only counted, because the
    /// connection had too many such attempts. The user sees the error all the same.
    pub async fn store_failure(&self, app: &App, error: &SignInError) -> Option<AttemptId> {
        let code = error.code().as_str();
        if self.kind == AttemptKind::SignIn {
            app.metrics.count_sign_in(code);
        }
        let mut checks: Vec<CheckRow> = self.checks.iter().map(CheckRow::new).collect();
        if !matches!(error, SignInError::Saml(_)) || checks.is_empty() {
            checks.push(CheckRow::sign_in_check(error));
        }
        let rows = self.rows(app, AttemptOutcome::Rejected, Some(code), &checks);
        let organization = self.organization.clone();
        let written = app
            .store
            .write(async move |tx| {
                let is_recorded = rows.insert(&mut tx.organization(&organization)).await?;
                Ok::<_, SignInError>(is_recorded)
            })
            .await;
        written.unwrap_or_default().then(|| self.id.clone())
    }

    fn origin(&self) -> AttemptOrigin {
        if self.kind == AttemptKind::Test {
            AttemptOrigin::Test
        } else if self.has_passed(Rule::TrustedSignature) {
            AttemptOrigin::Verified
        } else if self.is_solicited {
            AttemptOrigin::Solicited
        } else {
            AttemptOrigin::Unknown
        }
    }

    fn has_passed(&self, rule: Rule) -> bool {
        let mut checks = self.checks.iter();
        checks.any(|check| check.rule == rule && check.outcome == saml::Outcome::Passed)
    }

    /// The messages to store. Those of a sender whom anyone may be are not stored, and neither is what is no XML.
    fn messages_to_store(&self, app: &App) -> Option<AttemptMessages> {
        let mut messages = self.messages.clone();
        if !self.has_passed(Rule::Xml) {
            messages.response = None;
        }
        if self.origin() == AttemptOrigin::Unknown {
            return None;
        }
        let mut stored = messages.seal(app, &self.id, self.now)?;
        // What an unverified message says about a person may be false.
        if !self.has_passed(Rule::TrustedSignature) {
            stored.user = None;
        }
        Some(stored)
    }

    fn rows(
        &self,
        app: &App,
        outcome: AttemptOutcome,
        code: Option<&str>,
        checks: &[CheckRow],
    ) -> AttemptRows {
        let attempt = Attempt {
            id: self.id.clone(),
            organization: self.organization.clone(),
            connection: self.connection.clone(),
            kind: self.kind,
            pending_sign_in: self.pending.clone(),
            started_at: self.now,
            finished_at: Some(self.now),
            outcome: Some(outcome),
            code: code.map(str::to_owned),
            member: None,
            checks: serde_json::to_string(checks).expect("strings are JSON"),
            test_result: None,
            test_result_until: None,
            tested_by: self.tester.clone(),
            user: None,
        };
        AttemptRows {
            messages: self.messages_to_store(app),
            origin: self.origin(),
            attempt,
        }
    }
}

/// An attempt with its messages, where the operator keeps them.
#[derive(Clone, Debug)]
pub struct AttemptRows {
    pub attempt: Attempt,
    messages: Option<AttemptMessages>,
    origin: AttemptOrigin,
}

impl AttemptRows {
    /// Counts the attempt, and records it unless the connection had too many of its kind in this hour. Returns whether it
    /// is recorded.
    pub async fn insert(&self, organization: &mut OrganizationTx<'_>) -> Result<bool, StoreError> {
        let counted = self.counted();
        let is_recorded = organization
            .count_attempt(&counted, self.hourly_limit())
            .await?;
        health::record_attempt(organization, &counted).await?;
        if !is_recorded {
            return Ok(false);
        }
        organization.add_attempt(&self.attempt).await?;
        if let Some(messages) = &self.messages {
            organization
                .insert_messages(&self.attempt.id, messages)
                .await?;
        }
        Ok(true)
    }

    /// Adds warnings to the checks of the attempt.
    pub fn warn(&mut self, warnings: &[AttemptWarning]) {
        if warnings.is_empty() {
            return;
        }
        let mut checks: Vec<Value> = serde_json::from_str(&self.attempt.checks).unwrap_or_default();
        checks.extend(warnings.iter().map(|warning| json!(warning.row())));
        self.attempt.checks = Value::from(checks).to_string();
    }

    fn counted(&self) -> CountedAttempt {
        CountedAttempt {
            connection: self.attempt.connection.clone(),
            started_at: self.attempt.started_at,
            origin: self.origin,
            outcome: self.attempt.outcome.unwrap_or(AttemptOutcome::Rejected),
            code: self.attempt.code.clone(),
        }
    }

    fn hourly_limit(&self) -> Option<u32> {
        match (self.attempt.outcome, self.origin) {
            (Some(AttemptOutcome::Accepted), _) => None,
            (_, AttemptOrigin::Verified) => Some(MAX_VERIFIED_PER_HOUR),
            (_, AttemptOrigin::Solicited | AttemptOrigin::Test) => Some(MAX_SOLICITED_PER_HOUR),
            (_, AttemptOrigin::Unknown) => Some(MAX_UNKNOWN_PER_HOUR),
        }
    }
}

impl CheckRow {
    fn new(check: &Check) -> Self {
        let (outcome, code, detail) = match &check.outcome {
            saml::Outcome::Passed => ("passed", None, notes(check)),
            saml::Outcome::Failed(rejection) => (
                "failed",
                Some(rejection.code()),
                Some(match check.difference() {
                    Some(difference) => format!("{rejection}; {difference}"),
                    None => rejection.to_string(),
                }),
            ),
            saml::Outcome::Unchecked(reason) => ("unchecked", None, Some((*reason).to_owned())),
        };
        Self {
            name: check.rule.id().to_owned(),
            title: check.rule.to_string(),
            outcome,
            expected: check.expected.as_deref().map(shorten),
            received: check.received.as_deref().map(shorten),
            code,
            detail: detail.as_deref().map(shorten),
        }
    }

    /// The check that this server makes in addition to those of the message.
    fn sign_in_check(error: &SignInError) -> Self {
        let (expected, received) = error.expected_and_received();
        Self {
            name: "sign-in".to_owned(),
            title: "Sign-in not allowed".to_owned(),
            outcome: "failed",
            expected: expected.as_deref().map(shorten),
            received: received.as_deref().map(shorten),
            code: Some(error.code().as_str()),
            detail: Some(shorten(&error.to_string())),
        }
    }
}

/// Checks as an attempt stores them.
pub(crate) fn checks_json(checks: &[Check]) -> Value {
    let rows: Vec<CheckRow> = checks.iter().map(CheckRow::new).collect();
    serde_json::to_value(rows).unwrap_or(Value::Null)
}

/// The deviations that were accepted, as one text.
fn notes(check: &Check) -> Option<String> {
    let notes: Vec<String> = check.notes.iter().map(ToString::to_string).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The messages of an attempt, stored so that a failure can be explained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamlMessages {
    /// The `AuthnRequest`, as XML.
    pub request: Option<String>,
    /// The field `SAMLResponse` as it was posted.
    pub response: Option<String>,
}

impl SamlMessages {
    /// `None` where the operator keeps no messages.
    fn seal(&self, app: &App, attempt: &AttemptId, now: Timestamp) -> Option<AttemptMessages> {
        let days = i64::from(app.config.keep_messages_days);
        if days == 0 || (self.request.is_none() && self.response.is_none()) {
            return None;
        }
        let fitting = |message: &Option<String>| {
            let message = message.as_deref();
            message
                .filter(|text| text.len() <= MAX_MESSAGE_BYTES)
                .map(str::to_owned)
        };
        let stored = Self {
            request: fitting(&self.request),
            response: fitting(&self.response),
        };
        let text = serde_json::to_vec(&stored).expect("strings are JSON");
        Some(AttemptMessages {
            sealed: app.seal.seal(
                &SealedColumn::AttemptMessages.place(attempt.as_str()),
                &text,
            ),
            user: stored.response.as_deref().and_then(guess_user),
            until: now + SignedDuration::from_hours(24 * days),
        })
    }

    /// `None` when the sealed messages do not open with this deployment's key.
    pub fn open(app: &App, attempt: &AttemptId, sealed: &SealedText) -> Option<Self> {
        let text = app
            .seal
            .unseal(
                &SealedColumn::AttemptMessages.place(attempt.as_str()),
                sealed,
            )
            .ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// The response as XML; `None` when there is none, or it cannot be decoded.
    pub fn response_xml(&self) -> Option<String> {
        saml::message_text(self.response.as_deref()?)
    }
}

/// The user whom a response seems to name: an email address if it has one, or else the `NameID`. It is not verified, and
/// only helps to find the attempt.
fn guess_user(response: &str) -> Option<String> {
    let claimed = UnverifiedMessage::parse(response)?;
    let values = claimed
        .attributes
        .iter()
        .flat_map(|attribute| attribute.values.iter());
    let is_address = |value: &&str| value.contains('@') && !value.contains(char::is_whitespace);
    let name_id = claimed.name_id.as_deref();
    let user = name_id.into_iter().chain(values).find(is_address);
    user.or(name_id)
        .filter(|user| user.len() <= MAX_USER_BYTES)
        .map(str::to_owned)
}
