//! The rules of acceptance: what a verified assertion has to say about itself.

use crate::assertion::{Assertion, Confirmation, ConfirmationData};
use crate::check::{Ledger, Rule};
use crate::dsig::Signed;
use crate::expectation::{InResponseTo, Known, Question};
use crate::rejection::{Rejection, shorten, shorten_all};
use crate::response::Claimed;
use crate::timestamp::Timestamp;
use crate::xml::Element;

const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const NOT_GIVEN: &str = "the expected value was not given";

/// How long after it was issued an assertion can be used, whatever it says: one day, in seconds.
///
/// It bounds how long its ID has to be remembered against replay.
pub(crate) const MAX_AGE: i64 = 86_400;

type Rules<T = ()> = Result<T, Rejection>;

/// Holds the assertion against what is expected; every rule is applied, and the first that fails is the verdict.
///
/// Gives the request that the accepted confirmation answers: the others may name what they like.
pub(crate) fn validate<'a>(
    assertion: &'a Assertion<'_>,
    claimed: &'a Claimed<'_>,
    signed_response: Option<Signed<'a>>,
    question: &'a Question,
    ledger: &mut Ledger,
) -> Result<Option<&'a str>, Rejection> {
    let rules = Validation {
        assertion,
        claimed,
        signed_response,
        question,
    };
    rules.issuer(ledger);
    rules.destination(ledger);
    let answered = rules.confirmation(ledger);
    rules.audience(ledger);
    rules.window(ledger);
    ledger.first_failure().map_or(Ok(answered), Err)
}

struct Validation<'v, 'd> {
    assertion: &'v Assertion<'d>,
    claimed: &'v Claimed<'d>,
    signed_response: Option<Signed<'d>>,
    question: &'v Question,
}

/// A bearer confirmation with what is wrong with it.
struct Bearer<'c> {
    data: Option<&'c ConfirmationData<'c>>,
    faults: Vec<(Rule, Rejection)>,
}

impl Bearer<'_> {
    fn without_data(rule: Rule, rejection: Rejection) -> Self {
        Self {
            data: None,
            faults: vec![(rule, rejection)],
        }
    }
}

impl<'v> Validation<'v, '_> {
    /// The issuer of the assertion, and that of the response where it names one (saml-profiles 4.1.4.2).
    fn issuer(&self, ledger: &mut Ledger) {
        let received = self.assertion.issuer;
        let response = self.claimed.issuer.map(Element::value);
        let outcome = match (self.question.issuer.as_ref(), response) {
            (_, Some(Err(error))) => Err(Rejection::value("Issuer", error)),
            (Known::Is(expected), _) if received != expected => {
                Err(issuer("Assertion", expected, received))
            }
            (Known::Is(expected), Some(Ok(response))) if response != expected => {
                Err(issuer("Response", expected, response))
            }
            (Known::NotGiven, Some(Ok(response))) if response != received => {
                Err(issuer("Response", received, response))
            }
            (Known::Is(expected), _) => {
                return ledger.passed_with(Rule::Issuer, expected, received);
            }
            (Known::NotGiven, _) => return ledger.unchecked(Rule::Issuer, NOT_GIVEN),
        };
        note(ledger, Rule::Issuer, outcome);
    }

    /// `Destination`, which a signed response must have (saml-bindings 3.5.5.2).
    fn destination(&self, ledger: &mut Ledger) {
        let Known::Is(expected) = &self.question.recipient else {
            return ledger.unchecked(Rule::Destination, NOT_GIVEN);
        };
        let expected = expected.clone();
        match self.claimed.destination() {
            Some(received) if received == expected => {
                ledger.passed_with(Rule::Destination, expected, received);
            }
            Some(received) => {
                let received = shorten(received);
                ledger.failed(
                    Rule::Destination,
                    &Rejection::Destination { expected, received },
                );
            }
            None if self.signed_response.is_some() => {
                ledger.failed(
                    Rule::Destination,
                    &Rejection::DestinationMissing { expected },
                );
            }
            None => ledger.unchecked(
                Rule::Destination,
                "an unsigned response need not name its destination",
            ),
        }
    }

    /// Recipient, end and request of a bearer confirmation, all three of the same one (saml-profiles 4.1.4.2).
    fn confirmation(&self, ledger: &mut Ledger) -> Option<&'v str> {
        let bearer = self.bearer();
        for (rule, rejection) in &bearer.faults {
            ledger.failed(*rule, rejection);
        }
        let data = bearer.data?;
        match (&self.question.recipient, data.recipient) {
            (Known::Is(expected), Some(received)) => {
                ledger.passed_with(Rule::Recipient, expected, received);
            }
            _ => ledger.unchecked(Rule::Recipient, NOT_GIVEN),
        }
        match &self.question.in_response_to {
            Known::Is(_) => {
                let received = shorten(data.in_response_to.unwrap_or("none: unsolicited"));
                ledger.passed_with(Rule::InResponseTo, received.as_str(), received.as_str());
            }
            Known::NotGiven => ledger.unchecked(Rule::InResponseTo, NOT_GIVEN),
        }
        data.in_response_to
    }

    /// The first bearer confirmation that is right in everything, or the first one with its faults.
    fn bearer(&self) -> Bearer<'v> {
        let Some(subject) = self.assertion.subject.as_ref() else {
            return Bearer::without_data(Rule::Subject, Rejection::SubjectMissing);
        };
        let bearers = subject
            .confirmations
            .iter()
            .filter(|one| one.method == BEARER);
        let mut first = None;
        for bearer in bearers.map(|one| self.bearer_of(one)) {
            if bearer.faults.is_empty() {
                return bearer;
            }
            first.get_or_insert(bearer);
        }
        first.unwrap_or_else(|| {
            let received = shorten_all(subject.confirmations.iter().map(|one| one.method));
            Bearer::without_data(
                Rule::Recipient,
                Rejection::SubjectConfirmationMissing { received },
            )
        })
    }

    fn bearer_of<'c>(&self, confirmation: &'c Confirmation<'c>) -> Bearer<'c> {
        let unusable = |detail| {
            Bearer::without_data(Rule::Recipient, Rejection::SubjectConfirmation { detail })
        };
        let Some(data) = &confirmation.data else {
            return unusable("it has no SubjectConfirmationData");
        };
        let Some(received) = data.recipient else {
            return unusable("SubjectConfirmationData has no Recipient");
        };
        let Some(until) = data.not_on_or_after else {
            return unusable("SubjectConfirmationData has no NotOnOrAfter");
        };
        if data.not_before.is_some() {
            return unusable(
                "SubjectConfirmationData has a NotBefore, which a bearer's may not have",
            );
        }
        let mut faults = Vec::new();
        if let Known::Is(expected) = &self.question.recipient
            && expected != received
        {
            let (expected, received) = (expected.clone(), shorten(received));
            faults.push((Rule::Recipient, Rejection::Recipient { expected, received }));
        }
        if let Err(rejection) = self.not_over("SubjectConfirmationData NotOnOrAfter", until) {
            faults.push((Rule::NotOnOrAfter, rejection));
        }
        if let Err(rejection) = self.in_response_to(data) {
            faults.push((Rule::InResponseTo, rejection));
        }
        Bearer {
            data: Some(data),
            faults,
        }
    }

    /// The request that is answered, which the response may repeat and may not contradict.
    fn in_response_to(&self, data: &ConfirmationData<'_>) -> Rules {
        let (response, assertion) = (self.claimed.in_response_to(), data.in_response_to);
        match (&self.question.in_response_to, assertion) {
            (Known::Is(InResponseTo::Request(expected)), received)
                if received != Some(expected.as_str()) =>
            {
                let (expected, received) = (expected.clone(), received.map(shorten));
                return Err(Rejection::InResponseTo { expected, received });
            }
            (Known::Is(InResponseTo::Unsolicited), Some(received)) => {
                return Err(Rejection::NotUnsolicited {
                    received: shorten(received),
                });
            }
            _ => {}
        }
        if response.is_some() && response != assertion {
            let (response, assertion) = (response.map(shorten), assertion.map(shorten));
            return Err(Rejection::InResponseToContradicts {
                response,
                assertion,
            });
        }
        Ok(())
    }

    /// Every AudienceRestriction has to name us, by any of its audiences (saml-core 2.5.1.4).
    fn audience(&self, ledger: &mut Ledger) {
        let Some(conditions) = &self.assertion.conditions else {
            return ledger.failed(Rule::Audience, &Rejection::ConditionsMissing);
        };
        if let Some(received) = conditions.unknown.clone() {
            return ledger.failed(Rule::Audience, &Rejection::ConditionUnknown { received });
        }
        let restrictions = &conditions.audience_restrictions;
        let received = shorten_all(restrictions.iter().flatten().copied());
        match &self.question.audience {
            Known::NotGiven => ledger.unchecked(Rule::Audience, NOT_GIVEN),
            Known::Is(expected) if received.is_empty() => {
                ledger.failed(
                    Rule::Audience,
                    &Rejection::AudienceMissing {
                        expected: expected.clone(),
                    },
                );
            }
            Known::Is(expected)
                if restrictions
                    .iter()
                    .all(|any| any.contains(&expected.as_str())) =>
            {
                ledger.passed_with(Rule::Audience, expected, received.join(", "));
            }
            Known::Is(expected) => {
                ledger.failed(
                    Rule::Audience,
                    &Rejection::Audience {
                        expected: expected.clone(),
                        received,
                    },
                );
            }
        }
    }

    /// Whether now is inside every span of time that the assertion names.
    fn window(&self, ledger: &mut Ledger) {
        let conditions = self.assertion.conditions.as_ref();
        let (from, until) = (
            conditions.and_then(|c| c.not_before),
            conditions.and_then(|c| c.not_on_or_after),
        );
        if let (Some(from), Some(until)) = (from, until)
            && from >= until
        {
            return ledger.failed(Rule::NotBefore, &Rejection::WindowEmpty { from, until });
        }
        let Known::Is(now) = self.question.now else {
            ledger.unchecked(Rule::NotBefore, "the time of the check was not given");
            return ledger.unchecked(Rule::NotOnOrAfter, "the time of the check was not given");
        };
        let authentication = self.assertion.authentication;
        let begun = [
            (Some(self.assertion.issued), "IssueInstant"),
            (from, "Conditions NotBefore"),
            (authentication.map(|one| one.instant), "AuthnInstant"),
        ];
        let over = [
            (
                Some(self.assertion.issued.plus_seconds(MAX_AGE)),
                "one day after IssueInstant",
            ),
            (until, "Conditions NotOnOrAfter"),
            (
                authentication.and_then(|one| one.session_not_on_or_after),
                "SessionNotOnOrAfter",
            ),
        ];
        let mut begun = begun
            .into_iter()
            .filter_map(|(at, field)| Some((at?, field)));
        let mut over = over
            .into_iter()
            .filter_map(|(at, field)| Some((at?, field)));
        let outcome = begun.try_for_each(|(at, field)| self.begun(field, at));
        note_time(ledger, Rule::NotBefore, outcome, from, now);
        let outcome = over.try_for_each(|(at, field)| self.not_over(field, at));
        note_time(ledger, Rule::NotOnOrAfter, outcome, until, now);
    }

    fn begun(&self, field: &'static str, from: Timestamp) -> Rules {
        let tolerance = self.question.tolerance.seconds();
        match self.question.now {
            Known::Is(now) if now.plus_seconds(i64::from(tolerance)) < from => {
                Err(Rejection::TooEarly {
                    field,
                    from,
                    now,
                    tolerance: tolerance.into(),
                })
            }
            Known::Is(_) | Known::NotGiven => Ok(()),
        }
    }

    /// The named instant is already too late (saml-core 2.5.1.2).
    fn not_over(&self, field: &'static str, until: Timestamp) -> Rules {
        let tolerance = self.question.tolerance.seconds();
        match self.question.now {
            Known::Is(now) if until.plus_seconds(i64::from(tolerance)) <= now => {
                Err(Rejection::Expired {
                    field,
                    until,
                    now,
                    tolerance: tolerance.into(),
                })
            }
            Known::Is(_) | Known::NotGiven => Ok(()),
        }
    }
}

fn issuer(element: &'static str, expected: &str, received: &str) -> Rejection {
    Rejection::Issuer {
        element,
        expected: shorten(expected),
        received: shorten(received),
    }
}

fn note(ledger: &mut Ledger, rule: Rule, outcome: Rules) {
    // The ledger keeps the reason; the verdict is taken from it when all rules have been applied.
    drop(ledger.note(rule, outcome));
}

fn note_time(
    ledger: &mut Ledger,
    rule: Rule,
    outcome: Rules,
    bound: Option<Timestamp>,
    now: Timestamp,
) {
    if ledger.has(rule) {
        return;
    }
    match (outcome, bound) {
        (Ok(()), Some(bound)) if rule == Rule::NotBefore => {
            ledger.passed_with(rule, format!("not before {bound}"), now.to_string());
        }
        (Ok(()), Some(bound)) => {
            ledger.passed_with(rule, format!("before {bound}"), now.to_string());
        }
        (outcome, _) => note(ledger, rule, outcome),
    }
}
