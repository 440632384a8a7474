//! Lists the checks that a rejected signature prevented, with the values that they would have compared.

use jiff::Timestamp;

use crate::check::{CheckLog, Outcome, Rule};
use crate::expectation::{InResponseTo, PartialExpectation};
use crate::post;
use crate::rejection::{shorten, shorten_all};
use crate::response_envelope::is_quoted;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source, trim};
use crate::xs_date_time::{format_xs_date_time, parse_xs_date_time, saturating_add};

const NOT_GIVEN: &str = "the message is not verified, and the expected value was not given";
const ABSENT: &str = "the message is not verified, and has no such value";
const MATCHES: &str = "the message is not verified; its value matches the expected one";
const DIFFERS: &str = "the message is not verified; its value differs from the expected one";
const NOT_VERIFIED: &str = "the message is not verified";

/// Lists the remaining checks of a message that no trusted key signed, with the values in the message.
///
/// None of them passes or fails: anyone can have written the values.
pub(crate) fn list_unverified_checks(
    posted: &str,
    expectation: &PartialExpectation,
    log: &mut CheckLog,
) {
    let signature_failed = [
        Rule::ResponseSignature,
        Rule::AssertionSignature,
        Rule::TrustedSignature,
        Rule::Decryption,
    ]
    .into_iter()
    .any(|rule| log.has_failed(rule));
    if !signature_failed {
        return;
    }
    let Ok(octets) = post::decode(posted) else {
        return;
    };
    let Ok(source) = Source::new(&octets, &Limits::MESSAGE) else {
        return;
    };
    if let Ok(document) = Document::parse(&source, Profile::Message, &Limits::MESSAGE) {
        let checks = UnverifiedChecks {
            document: &document,
            expectation,
        };
        checks.list(log);
    }
}

struct UnverifiedChecks<'r> {
    document: &'r Document<'r>,
    expectation: &'r PartialExpectation,
}

impl UnverifiedChecks<'_> {
    fn list(&self, log: &mut CheckLog) {
        for rule in [Rule::TrustedSignature, Rule::Certificate, Rule::Assertion] {
            if !log.has(rule) {
                log.unchecked(rule, NOT_VERIFIED);
            }
        }
        let expected = self.expectation;
        let recipient = expected.recipient.as_deref();
        compare(log, Rule::Issuer, expected.issuer.as_deref(), self.issuer());
        let destination = self.document.root().attribute("Destination");
        compare(log, Rule::Destination, recipient, destination);
        let data = self.first(Namespace::SAML, "SubjectConfirmationData");
        let data_attribute = |name| data.and_then(|data| data.attribute(name));
        compare(log, Rule::Recipient, recipient, data_attribute("Recipient"));
        let request = match &expected.in_response_to {
            Some(InResponseTo::Request(id)) => Some(id.as_str()),
            Some(InResponseTo::Unsolicited | InResponseTo::UnsolicitedOrPlaceholder) | None => None,
        };
        // The confirmation decides. That of an encrypted assertion cannot be read.
        let in_response_to = match data {
            Some(data) => data.attribute("InResponseTo"),
            None => self.document.root().attribute("InResponseTo"),
        };
        compare(log, Rule::InResponseTo, request, in_response_to);
        self.audience(log);
        self.validity_period(log);
        for rule in [Rule::Authentication, Rule::Subject] {
            if !log.has(rule) {
                log.unchecked(rule, NOT_VERIFIED);
            }
        }
    }

    fn first(&self, namespace: Namespace, local: &str) -> Option<Element<'_>> {
        self.document
            .elements()
            .find(|element| element.is(namespace, local) && !is_quoted(*element))
    }

    /// The assertion's issuer, or the response's if the assertion is encrypted.
    fn issuer(&self) -> Option<&str> {
        let assertion = self.first(Namespace::SAML, "Assertion");
        let issuer = assertion.and_then(|assertion| {
            assertion
                .children()
                .find(|child| child.is(Namespace::SAML, "Issuer"))
        });
        issuer
            .or_else(|| self.first(Namespace::SAML, "Issuer"))?
            .value()
            .ok()
            .map(trim)
    }

    fn audience(&self, log: &mut CheckLog) {
        let audiences: Vec<&str> = self
            .document
            .elements()
            .filter(|element| element.is(Namespace::SAML, "Audience") && !is_quoted(*element))
            .filter_map(|element| element.value().ok().map(trim))
            .collect();
        let expected = self.expectation.audience.as_deref();
        let matches = expected.is_some_and(|expected| audiences.contains(&expected));
        let received = shorten_all(audiences).join(", ");
        let received = Some(received).filter(|received| !received.is_empty());
        add(
            log,
            Rule::Audience,
            expected.map(str::to_owned),
            received,
            matches,
        );
    }

    /// Compares the time of the check with the period that `Conditions` states.
    fn validity_period(&self, log: &mut CheckLog) {
        let conditions = self.first(Namespace::SAML, "Conditions");
        let bound = |name| {
            conditions
                .and_then(|conditions| conditions.attribute(name))
                .and_then(parse_xs_date_time)
        };
        let tolerance = self.expectation.tolerance.duration();
        let now = self.expectation.now;
        let from = bound("NotBefore");
        let until = bound("NotOnOrAfter");
        let has_begun = now
            .zip(from)
            .is_some_and(|(now, from)| saturating_add(now, tolerance) >= from);
        let has_not_ended = now
            .zip(until)
            .is_some_and(|(now, until)| now < saturating_add(until, tolerance));
        let format_now = |now: Option<Timestamp>| now.map(format_xs_date_time);
        let from = from.map(|from| format!("not before {from}"));
        let until = until.map(|until| format!("before {until}"));
        add(log, Rule::NotBefore, format_now(now), from, has_begun);
        add(
            log,
            Rule::NotOnOrAfter,
            format_now(now),
            until,
            has_not_ended,
        );
    }
}

fn compare(log: &mut CheckLog, rule: Rule, expected: Option<&str>, received: Option<&str>) {
    let received = received.map(trim);
    let matches = expected.is_some() && expected == received;
    add(
        log,
        rule,
        expected.map(str::to_owned),
        received.map(shorten),
        matches,
    );
}

/// Adds an unchecked rule with its two values, unless the log has the rule already.
fn add(
    log: &mut CheckLog,
    rule: Rule,
    expected: Option<String>,
    received: Option<String>,
    matches: bool,
) {
    if log.has(rule) {
        return;
    }
    let reason = match (&expected, &received) {
        (None, _) => NOT_GIVEN,
        (Some(_), None) => ABSENT,
        (Some(_), Some(_)) if matches => MATCHES,
        (Some(_), Some(_)) => DIFFERS,
    };
    log.add(rule, Outcome::Unchecked(reason), expected, received);
}
