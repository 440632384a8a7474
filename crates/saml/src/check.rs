use std::fmt;

use crate::rejection::Rejection;

/// One question that was asked of a response, with the answer.
///
/// The list of them is what an administrator sees: a response that fails in three ways shows three crosses, not
/// only the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was asked.
    pub rule: Rule,
    /// The answer.
    pub outcome: Outcome,
    /// What would have been right, where that can be said.
    pub expected: Option<String>,
    /// What the message says, where that can be said.
    pub received: Option<String>,
}

/// The answer to a [`Check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is right.
    Passed,
    /// It is wrong, and this is why.
    Failed(Rejection),
    /// It was not looked at, and this is why.
    Unchecked(&'static str),
}

/// What is asked of every response, in the order of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The form field can be decoded.
    Encoding,
    /// The document can be read.
    Xml,
    /// The document is one SAML 2.0 response with one assertion.
    Message,
    /// The identity provider reports success.
    Status,
    /// The response's own signature, when it has one.
    ResponseSignature,
    /// The encrypted assertion can be decrypted.
    Decryption,
    /// The assertion's own signature, when it has one.
    AssertionSignature,
    /// The response or the assertion is signed.
    Signed,
    /// The certificate that made the signature has not ended.
    Certificate,
    /// The assertion can be read.
    Assertion,
    /// The response and the assertion come from the configured identity provider.
    Issuer,
    /// The response was sent to the address at which it arrived.
    Destination,
    /// The assertion was made for the address at which it arrived.
    Recipient,
    /// The assertion is for us.
    Audience,
    /// The assertion's first valid instant has come.
    NotBefore,
    /// The assertion's last valid instant has not passed.
    NotOnOrAfter,
    /// The response answers the request of this browser.
    InResponseTo,
    /// The subject can be used.
    Subject,
}

impl Rule {
    /// The name that the API and the command line use. Never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Xml => "xml",
            Self::Message => "message",
            Self::Status => "status",
            Self::ResponseSignature => "response-signature",
            Self::Decryption => "decryption",
            Self::AssertionSignature => "assertion-signature",
            Self::Signed => "signed",
            Self::Certificate => "certificate",
            Self::Assertion => "assertion",
            Self::Issuer => "issuer",
            Self::Destination => "destination",
            Self::Recipient => "recipient",
            Self::Audience => "audience",
            Self::NotBefore => "not-before",
            Self::NotOnOrAfter => "not-on-or-after",
            Self::InResponseTo => "in-response-to",
            Self::Subject => "subject",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoding => "The posted field can be decoded",
            Self::Xml => "The document is well-formed and within the limits",
            Self::Message => "The document is a SAML 2.0 response with one assertion",
            Self::Status => "The identity provider reports success",
            Self::ResponseSignature => "The signature of the response is right",
            Self::Decryption => "The encrypted assertion can be decrypted",
            Self::AssertionSignature => "The signature of the assertion is right",
            Self::Signed => "What is read was signed with a configured certificate",
            Self::Certificate => "The certificate that signed has not ended",
            Self::Assertion => "The assertion can be read",
            Self::Issuer => "The issuer is the configured identity provider",
            Self::Destination => "The response was sent to this address",
            Self::Recipient => "The assertion was made for this address",
            Self::Audience => "The assertion is for this service provider",
            Self::NotBefore => "The assertion is already valid",
            Self::NotOnOrAfter => "The assertion is still valid",
            Self::InResponseTo => "The response answers this browser's request",
            Self::Subject => "The subject can be used",
        })
    }
}

/// Writes down the checks as they are made.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Vec<Check>);

impl Ledger {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(18))
    }

    pub(crate) fn passed(&mut self, rule: Rule) {
        self.0.push(Check {
            rule,
            outcome: Outcome::Passed,
            expected: None,
            received: None,
        });
    }

    /// Notes that a rule holds, unless a part of it has been seen not to.
    pub(crate) fn passed_with(
        &mut self,
        rule: Rule,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) {
        if self.has(rule) {
            return;
        }
        let (expected, received) = (Some(expected.into()), Some(received.into()));
        self.0.push(Check {
            rule,
            outcome: Outcome::Passed,
            expected,
            received,
        });
    }

    pub(crate) fn unchecked(&mut self, rule: Rule, why: &'static str) {
        self.0.push(Check {
            rule,
            outcome: Outcome::Unchecked(why),
            expected: None,
            received: None,
        });
    }

    /// Notes a check of which whoever calls knows both sides.
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
        });
    }

    pub(crate) fn failed(&mut self, rule: Rule, rejection: &Rejection) {
        let (expected, received) = rejection.sides();
        self.0.push(Check {
            rule,
            outcome: Outcome::Failed(rejection.clone()),
            expected,
            received,
        });
    }

    /// Whether anything has been noted about a rule.
    pub(crate) fn has(&self, rule: Rule) -> bool {
        self.0.iter().any(|check| check.rule == rule)
    }

    /// Whether a rule has been seen not to hold.
    pub(crate) fn has_failed(&self, rule: Rule) -> bool {
        let failed = |check: &Check| matches!(check.outcome, Outcome::Failed(_));
        self.0
            .iter()
            .any(|check| check.rule == rule && failed(check))
    }

    /// Notes the outcome of a step and hands it on.
    pub(crate) fn note<T>(
        &mut self,
        rule: Rule,
        step: Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        match &step {
            Ok(_) => self.passed(rule),
            Err(rejection) => self.failed(rule, rejection),
        }
        step
    }

    /// The reason to refuse that was noted first.
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
