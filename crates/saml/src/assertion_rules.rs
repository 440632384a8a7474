//! The rules that a verified assertion has to meet (saml-profiles 4.1.4.2 and 4.1.4.3).

use jiff::Timestamp;

use crate::assertion::{Assertion, BEARER, Confirmation, ConfirmationData};
use crate::check::{CheckLog, Rule};
use crate::dsig::SignedElement;
use crate::expectation::{InResponseTo, MAX_ASSERTION_AGE, PartialExpectation};
use crate::note::Note;
use crate::rejection::{Rejection, shorten, shorten_all};
use crate::request::RequestId;
use crate::requirements::RequiredAuthentication;
use crate::response_envelope::ResponseEnvelope;
use crate::xml::trim;
use crate::xs_date_time::saturating_add;

const NOT_GIVEN: &str = "the expected value was not given";

type CheckResult = Result<(), Rejection>;

/// Compares the assertion with the expectation. All rules are applied; the first failure is the verdict.
///
/// Returns the ID of the request that the accepted confirmation answers; other confirmations do not count.
pub(crate) fn check_assertion<'a>(
    assertion: &'a Assertion<'_>,
    envelope: &'a ResponseEnvelope<'_>,
    signed_response: Option<SignedElement<'a>>,
    expectation: &'a PartialExpectation,
    log: &mut CheckLog,
) -> Result<Option<&'a str>, Rejection> {
    let validation = Validation {
        assertion,
        envelope,
        signed_response,
        expectation,
    };
    validation.issuer(log);
    validation.destination(log);
    let in_response_to = validation.confirmation(log);
    validation.audience(log);
    validation.validity_period(log);
    validation.authentication(log);
    log.first_failure().map_or(Ok(in_response_to), Err)
}

struct Validation<'v, 'd> {
    assertion: &'v Assertion<'d>,
    envelope: &'v ResponseEnvelope<'d>,
    signed_response: Option<SignedElement<'d>>,
    expectation: &'v PartialExpectation,
}

/// A bearer confirmation and the rules that it breaks.
struct BearerConfirmation<'c> {
    data: Option<&'c ConfirmationData<'c>>,
    faults: Vec<(Rule, Rejection)>,
}

impl BearerConfirmation<'_> {
    fn without_data(rule: Rule, rejection: Rejection) -> Self {
        Self {
            data: None,
            faults: vec![(rule, rejection)],
        }
    }
}

impl<'v> Validation<'v, '_> {
    /// The issuer of the assertion, and of the response if it names one (saml-profiles 4.1.4.2).
    fn issuer(&self, log: &mut CheckLog) {
        let received = self.assertion.issuer;
        let response = self.envelope.issuer.map(|issuer| issuer.value().map(trim));
        let outcome = match (self.expectation.issuer.as_ref(), response) {
            (_, Some(Err(error))) => Err(Rejection::from_value_error("Issuer", error)),
            (Some(expected), _) if received != expected => {
                Err(issuer_mismatch("Assertion", expected, received))
            }
            (Some(expected), Some(Ok(response))) if response != expected => {
                Err(issuer_mismatch("Response", expected, response))
            }
            (None, Some(Ok(response))) if response != received => {
                Err(issuer_mismatch("Response", received, response))
            }
            (Some(expected), _) => {
                return log.passed_with(Rule::Issuer, expected, received);
            }
            (None, _) => return log.unchecked(Rule::Issuer, NOT_GIVEN),
        };
        record(log, Rule::Issuer, outcome);
    }

    /// `Destination`, which a signed response must have (saml-bindings 3.5.5.2).
    fn destination(&self, log: &mut CheckLog) {
        let Some(expected) = &self.expectation.recipient else {
            return log.unchecked(Rule::Destination, NOT_GIVEN);
        };
        let expected = expected.clone();
        match self.envelope.destination() {
            Some(received) if received == expected => {
                log.passed_with(Rule::Destination, expected, received);
            }
            Some(received) => {
                let received = shorten(received);
                log.failed(
                    Rule::Destination,
                    &Rejection::DestinationMismatch { expected, received },
                );
            }
            None if self.signed_response.is_some() => {
                log.failed(
                    Rule::Destination,
                    &Rejection::DestinationMissing { expected },
                );
            }
            None => log.unchecked(
                Rule::Destination,
                "an unsigned response does not need a Destination",
            ),
        }
    }

    /// Recipient, NotOnOrAfter and InResponseTo of one bearer confirmation (saml-profiles 4.1.4.2).
    fn confirmation(&self, log: &mut CheckLog) -> Option<&'v str> {
        let bearer = self.bearer();
        for (rule, rejection) in &bearer.faults {
            log.failed(*rule, rejection);
        }
        let data = bearer.data?;
        match (&self.expectation.recipient, data.recipient) {
            (Some(expected), Some(received)) => {
                log.passed_with(Rule::Recipient, expected, received);
            }
            _ => log.unchecked(Rule::Recipient, NOT_GIVEN),
        }
        self.record_in_response_to(data, log)
    }

    /// Records which request the response answers, and returns its ID.
    fn record_in_response_to(
        &self,
        data: &ConfirmationData<'v>,
        log: &mut CheckLog,
    ) -> Option<&'v str> {
        const UNSOLICITED: &str = "none: unsolicited";
        let rule = Rule::InResponseTo;
        match &self.expectation.in_response_to {
            None => log.unchecked(rule, NOT_GIVEN),
            Some(InResponseTo::UnsolicitedOrPlaceholder) => {
                log.passed_with(rule, UNSOLICITED, UNSOLICITED);
                if let Some(received) = data
                    .in_response_to
                    .or_else(|| self.envelope.in_response_to())
                {
                    let received = shorten(received);
                    log.note(rule, Note::InResponseToIgnored { received });
                }
                return None;
            }
            Some(InResponseTo::Request(_) | InResponseTo::Unsolicited) => {
                let received = shorten(data.in_response_to.unwrap_or(UNSOLICITED));
                log.passed_with(rule, received.as_str(), received.as_str());
            }
        }
        data.in_response_to
    }

    /// The first bearer confirmation without faults, or else the first one.
    fn bearer(&self) -> BearerConfirmation<'v> {
        let Some(subject) = self.assertion.subject.as_ref() else {
            return BearerConfirmation::without_data(Rule::Subject, Rejection::SubjectMissing);
        };
        let bearers = subject
            .confirmations
            .iter()
            .filter(|confirmation| confirmation.method == BEARER);
        let mut first = None;
        for bearer in bearers.map(|confirmation| self.check_bearer(confirmation)) {
            if bearer.faults.is_empty() {
                return bearer;
            }
            first.get_or_insert(bearer);
        }
        first.unwrap_or_else(|| {
            let received = shorten_all(
                subject
                    .confirmations
                    .iter()
                    .map(|confirmation| confirmation.method),
            );
            BearerConfirmation::without_data(
                Rule::Recipient,
                Rejection::SubjectConfirmationMissing { received },
            )
        })
    }

    fn check_bearer<'c>(&self, confirmation: &'c Confirmation<'c>) -> BearerConfirmation<'c> {
        let unusable = |detail| {
            BearerConfirmation::without_data(
                Rule::Recipient,
                Rejection::InvalidSubjectConfirmation { detail },
            )
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
        if let Some(expected) = &self.expectation.recipient
            && expected != received
        {
            let rejection = Rejection::RecipientMismatch {
                expected: expected.clone(),
                received: shorten(received),
            };
            faults.push((Rule::Recipient, rejection));
        }
        if let Err(rejection) = self.not_expired("SubjectConfirmationData NotOnOrAfter", until) {
            faults.push((Rule::NotOnOrAfter, rejection));
        }
        if let Err(rejection) = self.in_response_to(data) {
            faults.push((Rule::InResponseTo, rejection));
        }
        BearerConfirmation {
            data: Some(data),
            faults,
        }
    }

    /// The confirmation decides; the response may repeat its InResponseTo and may not contradict it.
    fn in_response_to(&self, data: &ConfirmationData<'_>) -> CheckResult {
        let response = self.envelope.in_response_to();
        let assertion = data.in_response_to;
        match (&self.expectation.in_response_to, assertion) {
            (Some(InResponseTo::Request(expected)), received)
                if received != Some(expected.as_str()) =>
            {
                return Err(Rejection::InResponseToMismatch {
                    expected: expected.clone(),
                    received: received.map(shorten),
                    response: response.map(shorten),
                });
            }
            (Some(InResponseTo::UnsolicitedOrPlaceholder), _) => {
                // An ID in the form of this service's IDs may be that of another browser's request.
                let ours = [assertion, response]
                    .into_iter()
                    .flatten()
                    .find(|id| RequestId::has_form(id));
                return ours.map_or(Ok(()), |received| {
                    Err(Rejection::UnexpectedInResponseTo {
                        received: shorten(received),
                    })
                });
            }
            (Some(InResponseTo::Unsolicited), Some(received)) => {
                return Err(Rejection::UnexpectedInResponseTo {
                    received: shorten(received),
                });
            }
            _ => {}
        }
        if response.is_some() && response != assertion {
            return Err(Rejection::InResponseToInconsistent {
                response: response.map(shorten),
                assertion: assertion.map(shorten),
            });
        }
        Ok(())
    }

    /// Every AudienceRestriction has to name our entity ID as one of its audiences (saml-core 2.5.1.4).
    fn audience(&self, log: &mut CheckLog) {
        let Some(conditions) = &self.assertion.conditions else {
            return log.failed(Rule::Audience, &Rejection::ConditionsMissing);
        };
        if let Some(received) = conditions.unknown.clone() {
            return log.failed(Rule::Audience, &Rejection::UnknownCondition { received });
        }
        let restrictions = &conditions.audience_restrictions;
        let received = shorten_all(restrictions.iter().flatten().copied());
        match &self.expectation.audience {
            None => log.unchecked(Rule::Audience, NOT_GIVEN),
            Some(expected) if received.is_empty() => {
                log.failed(
                    Rule::Audience,
                    &Rejection::AudienceMissing {
                        expected: expected.clone(),
                    },
                );
            }
            Some(expected)
                if restrictions
                    .iter()
                    .all(|any| any.contains(&expected.as_str())) =>
            {
                log.passed_with(Rule::Audience, expected, received.join(", "));
            }
            Some(expected) => {
                log.failed(
                    Rule::Audience,
                    &Rejection::AudienceMismatch {
                        expected: expected.clone(),
                        received,
                    },
                );
            }
        }
    }

    /// The time of the check has to be inside every period that the assertion states.
    fn validity_period(&self, log: &mut CheckLog) {
        let conditions = self.assertion.conditions.as_ref();
        let from = conditions.and_then(|conditions| conditions.not_before);
        let until = conditions.and_then(|conditions| conditions.not_on_or_after);
        if let (Some(from), Some(until)) = (from, until)
            && from >= until
        {
            return log.failed(
                Rule::NotBefore,
                &Rejection::InvalidValidityPeriod { from, until },
            );
        }
        let Some(now) = self.expectation.now else {
            log.unchecked(Rule::NotBefore, "the time of the check was not given");
            return log.unchecked(Rule::NotOnOrAfter, "the time of the check was not given");
        };
        let authentications = &self.assertion.authentications;
        let starts = [
            (Some(self.assertion.issued), "IssueInstant"),
            (from, "Conditions NotBefore"),
            (
                authentications
                    .iter()
                    .map(|statement| statement.instant)
                    .max(),
                "AuthnInstant",
            ),
        ];
        let ends = [
            (
                Some(saturating_add(self.assertion.issued, MAX_ASSERTION_AGE)),
                "one day after IssueInstant",
            ),
            (until, "Conditions NotOnOrAfter"),
            (
                self.assertion.session_not_on_or_after(),
                "SessionNotOnOrAfter",
            ),
        ];
        let mut starts = starts
            .into_iter()
            .filter_map(|(at, field)| Some((at?, field)));
        let mut ends = ends
            .into_iter()
            .filter_map(|(at, field)| Some((at?, field)));
        let outcome = starts.try_for_each(|(at, field)| self.already_valid(field, at));
        record_time(log, Rule::NotBefore, outcome, from, now);
        let outcome = ends.try_for_each(|(at, field)| self.not_expired(field, at));
        record_time(log, Rule::NotOnOrAfter, outcome, until, now);
    }

    /// The `AuthnStatement`, which saml-profiles 4.1.4.2 demands, and its authentication context. Of several
    /// statements, each is true (saml-core 2.7.2), so one with an accepted context is enough.
    fn authentication(&self, log: &mut CheckLog) {
        let required = &self.expectation.requirements.authentication;
        let statements = &self.assertion.authentications;
        if statements.is_empty() {
            return match required {
                RequiredAuthentication::Nothing => log.unchecked(
                    Rule::Authentication,
                    "the assertion does not say how the user signed in, which this connection accepts",
                ),
                RequiredAuthentication::AnyContext | RequiredAuthentication::OneOf(_) => {
                    log.failed(Rule::Authentication, &Rejection::AuthnStatementMissing);
                }
            };
        }
        let RequiredAuthentication::OneOf(contexts) = required else {
            return log.passed(Rule::Authentication);
        };
        let received = || {
            statements
                .iter()
                .filter_map(|statement| statement.context_class)
        };
        match received().find(|context| required.is_met_by(Some(context))) {
            Some(received) => {
                log.passed_with(Rule::Authentication, contexts.join(", "), received);
            }
            None => {
                let received: Vec<_> = received().collect();
                let rejection = Rejection::AuthnContextMismatch {
                    expected: contexts.clone(),
                    received: (!received.is_empty()).then(|| shorten(&received.join(", "))),
                };
                log.failed(Rule::Authentication, &rejection);
            }
        }
    }

    fn already_valid(&self, field: &'static str, from: Timestamp) -> CheckResult {
        let tolerance = self.expectation.tolerance.duration();
        match self.expectation.now {
            Some(now) if saturating_add(now, tolerance) < from => Err(Rejection::NotYetValid {
                field,
                from,
                now,
                tolerance,
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// `NotOnOrAfter` itself is already too late (saml-core 2.5.1.2).
    fn not_expired(&self, field: &'static str, until: Timestamp) -> CheckResult {
        let tolerance = self.expectation.tolerance.duration();
        match self.expectation.now {
            Some(now) if saturating_add(until, tolerance) <= now => Err(Rejection::Expired {
                field,
                until,
                now,
                tolerance,
            }),
            Some(_) | None => Ok(()),
        }
    }
}

fn issuer_mismatch(element: &'static str, expected: &str, received: &str) -> Rejection {
    Rejection::IssuerMismatch {
        element,
        expected: shorten(expected),
        received: shorten(received),
    }
}

fn record(log: &mut CheckLog, rule: Rule, outcome: CheckResult) {
    // The log keeps the rejection; the verdict is taken from it after all rules.
    drop(log.record(rule, outcome));
}

fn record_time(
    log: &mut CheckLog,
    rule: Rule,
    outcome: CheckResult,
    bound: Option<Timestamp>,
    now: Timestamp,
) {
    if log.has(rule) {
        return;
    }
    match (outcome, bound) {
        (Ok(()), Some(bound)) if rule == Rule::NotBefore => {
            log.passed_with(rule, format!("not before {bound}"), now.to_string());
        }
        (Ok(()), Some(bound)) => {
            log.passed_with(rule, format!("before {bound}"), now.to_string());
        }
        (outcome, _) => record(log, rule, outcome),
    }
}
