use std::fmt;

use crate::note::Note;
use crate::rejection::Rejection;
use crate::value_difference::ValueDifference;

/// One verification step and its outcome.
///
/// Administrators see the whole list: a response that fails three checks shows all three, not only the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub rule: Rule,
    pub outcome: Outcome,
    /// The value that would pass, where the check compares values.
    pub expected: Option<String>,
    /// The value in the message, where the check compares values.
    pub received: Option<String>,
    /// Accepted deviations that the check found.
    pub notes: Vec<Note>,
}

impl Check {
    /// How the two values differ, if the check failed and they look alike.
    pub fn difference(&self) -> Option<ValueDifference> {
        match (&self.outcome, &self.expected, &self.received) {
            (Outcome::Failed(_), Some(expected), Some(received)) => {
                ValueDifference::with_one_of(expected, received)
            }
            _ => None,
        }
    }
}

/// The outcome of a [`Check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed(Rejection),
    /// The check was not made; the text says why.
    Unchecked(&'static str),
}

/// What is checked in every response, in the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    Encoding,
    Xml,
    Message,
    Status,
    /// The response's own signature, if it has one.
    ResponseSignature,
    Decryption,
    /// The assertion's own signature, if it has one.
    AssertionSignature,
    /// The assertion is covered by a signature of a configured certificate: its own or the response's.
    TrustedSignature,
    Certificate,
    Assertion,
    Issuer,
    Destination,
    Recipient,
    Audience,
    NotBefore,
    NotOnOrAfter,
    InResponseTo,
    /// How the user signed in to the identity provider.
    Authentication,
    Subject,
}

impl Rule {
    /// All rules, in the order of the checks.
    pub const ALL: &[Self] = &[
        Self::Encoding,
        Self::Xml,
        Self::Message,
        Self::Status,
        Self::ResponseSignature,
        Self::Decryption,
        Self::AssertionSignature,
        Self::TrustedSignature,
        Self::Certificate,
        Self::Assertion,
        Self::Issuer,
        Self::Destination,
        Self::Recipient,
        Self::Audience,
        Self::NotBefore,
        Self::NotOnOrAfter,
        Self::InResponseTo,
        Self::Authentication,
        Self::Subject,
    ];

    /// The identifier that the API and the command line use. Never changes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Xml => "xml",
            Self::Message => "message",
            Self::Status => "status",
            Self::ResponseSignature => "response-signature",
            Self::Decryption => "decryption",
            Self::AssertionSignature => "assertion-signature",
            Self::TrustedSignature => "trusted-signature",
            Self::Certificate => "certificate",
            Self::Assertion => "assertion",
            Self::Issuer => "issuer",
            Self::Destination => "destination",
            Self::Recipient => "recipient",
            Self::Audience => "audience",
            Self::NotBefore => "not-before",
            Self::NotOnOrAfter => "not-on-or-after",
            Self::InResponseTo => "in-response-to",
            Self::Authentication => "authentication",
            Self::Subject => "subject",
        }
    }
}

#[expect(clippy::as_conversions, reason = "the discriminants begin at 0")]
// `Rule::ALL` is complete.
const _: () = assert!(Rule::ALL.len() == Rule::Subject as usize + 1);

/// The title of the check, worded as the fact that holds when it has passed.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoding => "Message decoded",
            Self::Xml => "XML well-formed and within the limits",
            Self::Message => "SAML 2.0 response with one assertion",
            Self::Status => "Identity provider reported success",
            Self::ResponseSignature => "Response signature verified",
            Self::Decryption => "Assertion decrypted",
            Self::AssertionSignature => "Assertion signature verified",
            Self::TrustedSignature => "Signed with a configured certificate",
            Self::Certificate => "Signing certificate not expired",
            Self::Assertion => "Assertion well-formed",
            Self::Issuer => "Issuer matches the identity provider",
            Self::Destination => "Destination matches this service's URL",
            Self::Recipient => "Recipient matches this service's URL",
            Self::Audience => "Audience includes this service provider",
            Self::NotBefore => "Assertion already valid",
            Self::NotOnOrAfter => "Assertion not expired",
            Self::InResponseTo => "InResponseTo as expected",
            Self::Authentication => "User authenticated as required",
            Self::Subject => "Subject and attributes read",
        })
    }
}

/// Collects the checks as they are made.
#[derive(Debug, Default)]
pub(crate) struct CheckLog(Vec<Check>);

impl CheckLog {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(19))
    }

    pub(crate) fn passed(&mut self, rule: Rule) {
        self.add(rule, Outcome::Passed, None, None);
    }

    /// Records that a rule holds, unless an earlier entry says something about it.
    pub(crate) fn passed_with(
        &mut self,
        rule: Rule,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) {
        if !self.has(rule) {
            self.add(
                rule,
                Outcome::Passed,
                Some(expected.into()),
                Some(received.into()),
            );
        }
    }

    pub(crate) fn unchecked(&mut self, rule: Rule, reason: &'static str) {
        self.add(rule, Outcome::Unchecked(reason), None, None);
    }

    /// Replaces an entry that says that the first part of this check has passed.
    pub(crate) fn failed(&mut self, rule: Rule, rejection: &Rejection) {
        let (expected, received) = rejection.expected_and_received();
        let failed = Check {
            rule,
            outcome: Outcome::Failed(rejection.clone()),
            expected,
            received,
            notes: Vec::new(),
        };
        let is_passed = |check: &&mut Check| check.rule == rule && check.outcome == Outcome::Passed;
        match self.0.iter_mut().find(is_passed) {
            Some(passed) => *passed = failed,
            None => self.0.push(failed),
        }
    }

    pub(crate) fn add(
        &mut self,
        rule: Rule,
        outcome: Outcome,
        expected: Option<String>,
        received: Option<String>,
    ) {
        self.0.push(Check {
            rule,
            outcome,
            expected,
            received,
            notes: Vec::new(),
        });
    }

    /// Adds a note to the entry of a rule.
    pub(crate) fn note(&mut self, rule: Rule, note: Note) {
        if let Some(check) = self.0.iter_mut().find(|check| check.rule == rule) {
            check.notes.push(note);
        }
    }

    pub(crate) fn has(&self, rule: Rule) -> bool {
        self.0.iter().any(|check| check.rule == rule)
    }

    pub(crate) fn has_failed(&self, rule: Rule) -> bool {
        self.0
            .iter()
            .any(|check| check.rule == rule && matches!(check.outcome, Outcome::Failed(_)))
    }

    /// Records the result of a step and returns it.
    pub(crate) fn record<T>(
        &mut self,
        rule: Rule,
        result: Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        match &result {
            Ok(_) => self.passed(rule),
            Err(rejection) => self.failed(rule, rejection),
        }
        result
    }

    /// The verdict: the first failure decides.
    pub(crate) fn first_failure(&self) -> Option<Rejection> {
        self.0.iter().find_map(|check| match &check.outcome {
            Outcome::Failed(rejection) => Some(rejection.clone()),
            Outcome::Passed | Outcome::Unchecked(_) => None,
        })
    }

    pub(crate) fn into_checks(self) -> Vec<Check> {
        self.0
    }
}
