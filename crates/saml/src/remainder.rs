//! The checks that a refusal comes before: what they would have held against each other, for whoever explains it.

use crate::check::{Ledger, Outcome, Rule};
use crate::expectation::{InResponseTo, Known, Question};
use crate::post;
use crate::rejection::{shorten, shorten_all};
use crate::timestamp::Timestamp;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source};

const NOT_GIVEN: &str = "nothing vouches for the message, and the expected value was not given";
const SILENT: &str = "nothing vouches for the message, and it does not say";
const AGREES: &str = "nothing vouches for the message; what it says is as expected";
const DIFFERS: &str = "nothing vouches for the message; what it says is not as expected";
const NOT_DECIDED: &str = "nothing vouches for the message";

/// Lists what was not decided about a message that no trusted key signed, beside what the message says of itself.
///
/// Nothing of it passes or fails: it was read from what somebody wrote.
pub(crate) fn note(posted: &str, question: &Question, ledger: &mut Ledger) {
    let stopped_at_the_signature = [
        Rule::ResponseSignature,
        Rule::AssertionSignature,
        Rule::Signed,
        Rule::Decryption,
    ]
    .into_iter()
    .any(|rule| ledger.has_failed(rule));
    if !stopped_at_the_signature {
        return;
    }
    let Ok(octets) = post::decode(posted) else {
        return;
    };
    let Ok(source) = Source::new(&octets, &Limits::MESSAGE) else {
        return;
    };
    if let Ok(document) = Document::read(&source, Profile::Message, &Limits::MESSAGE) {
        let remainder = Remainder {
            document: &document,
            question,
        };
        remainder.note(ledger);
    }
}

struct Remainder<'r> {
    document: &'r Document<'r>,
    question: &'r Question,
}

impl Remainder<'_> {
    fn note(&self, ledger: &mut Ledger) {
        for rule in [Rule::Signed, Rule::Certificate, Rule::Assertion] {
            if !ledger.has(rule) {
                ledger.unchecked(rule, NOT_DECIDED);
            }
        }
        let recipient = &self.question.recipient;
        self.text(ledger, Rule::Issuer, &self.question.issuer, self.issuer());
        self.text(
            ledger,
            Rule::Destination,
            recipient,
            self.document.root().attribute("Destination"),
        );
        let data = self.first(Namespace::SAML, "SubjectConfirmationData");
        let of_data = |name| data.and_then(|data| data.attribute(name));
        self.text(ledger, Rule::Recipient, recipient, of_data("Recipient"));
        let in_response_to = match &self.question.in_response_to {
            Known::Is(InResponseTo::Request(id)) => Known::Is(id.clone()),
            Known::Is(InResponseTo::Unsolicited) | Known::NotGiven => Known::NotGiven,
        };
        let answered =
            of_data("InResponseTo").or_else(|| self.document.root().attribute("InResponseTo"));
        self.text(ledger, Rule::InResponseTo, &in_response_to, answered);
        self.audience(ledger);
        self.window(ledger);
        if !ledger.has(Rule::Subject) {
            ledger.unchecked(Rule::Subject, NOT_DECIDED);
        }
    }

    fn first(&self, namespace: Namespace, local: &str) -> Option<Element<'_>> {
        self.document
            .elements()
            .find(|element| element.is(namespace, local))
    }

    /// The assertion's issuer, or the response's where the assertion cannot be read.
    fn issuer(&self) -> Option<&str> {
        let of_assertion = self.first(Namespace::SAML, "Assertion").and_then(|one| {
            one.children()
                .find(|child| child.is(Namespace::SAML, "Issuer"))
        });
        of_assertion
            .or_else(|| self.first(Namespace::SAML, "Issuer"))?
            .value()
            .ok()
    }

    fn text(
        &self,
        ledger: &mut Ledger,
        rule: Rule,
        expected: &Known<String>,
        received: Option<&str>,
    ) {
        let expected = given(expected);
        let agrees = expected.is_some() && expected == received;
        undecided(
            ledger,
            rule,
            [expected.map(str::to_owned), received.map(shorten)],
            agrees,
        );
    }

    fn audience(&self, ledger: &mut Ledger) {
        let audiences: Vec<&str> = self
            .document
            .elements()
            .filter(|element| element.is(Namespace::SAML, "Audience"))
            .filter_map(|element| element.value().ok())
            .collect();
        let expected = given(&self.question.audience);
        let agrees = expected.is_some_and(|expected| audiences.contains(&expected));
        let received = shorten_all(audiences).join(", ");
        let received = Some(received).filter(|received| !received.is_empty());
        undecided(
            ledger,
            Rule::Audience,
            [expected.map(str::to_owned), received],
            agrees,
        );
    }

    /// The span of the conditions against the time of the check.
    fn window(&self, ledger: &mut Ledger) {
        let conditions = self.first(Namespace::SAML, "Conditions");
        let bound = |name| {
            conditions
                .and_then(|conditions| conditions.attribute(name))
                .and_then(Timestamp::parse)
        };
        let tolerance = i64::from(self.question.tolerance.seconds());
        let now = match self.question.now {
            Known::Is(now) => Some(now),
            Known::NotGiven => None,
        };
        let (from, until) = (bound("NotBefore"), bound("NotOnOrAfter"));
        let has_begun = now
            .zip(from)
            .is_some_and(|(now, from)| now.plus_seconds(tolerance) >= from);
        let is_left = now
            .zip(until)
            .is_some_and(|(now, until)| now < until.plus_seconds(tolerance));
        let written = |now: Option<Timestamp>| now.map(|now| now.to_string());
        let from = from.map(|from| format!("not before {from}"));
        let until = until.map(|until| format!("before {until}"));
        undecided(ledger, Rule::NotBefore, [written(now), from], has_begun);
        undecided(ledger, Rule::NotOnOrAfter, [written(now), until], is_left);
    }
}

fn given(expected: &Known<String>) -> Option<&str> {
    match expected {
        Known::Is(expected) => Some(expected),
        Known::NotGiven => None,
    }
}

/// Notes a check with its two sides, the expected one first; only `agrees` knows what makes them fit.
fn undecided(
    ledger: &mut Ledger,
    rule: Rule,
    [expected, received]: [Option<String>; 2],
    agrees: bool,
) {
    if ledger.has(rule) {
        return;
    }
    let why = match (&expected, &received) {
        (None, _) => NOT_GIVEN,
        (Some(_), None) => SILENT,
        (Some(_), Some(_)) if agrees => AGREES,
        (Some(_), Some(_)) => DIFFERS,
    };
    ledger.add(rule, Outcome::Unchecked(why), expected, received);
}
