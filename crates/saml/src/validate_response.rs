//! The verdict on a posted response: verified claims or a rejection.

use crate::assertion::{Assertion, Identifier};
use crate::assertion_rules::check_assertion;
use crate::attribute::{AttributeElement, DefaultQualifiers, PlainAttribute};
use crate::certificate::Certificate;
use crate::check::{Check, CheckLog, Rule};
use crate::claims::{Attribute, Claims, NameId};
use crate::decryption::{CiphertextIntegrity, Decryption};
use crate::dsig::{self, CertificateValidity, SignedElement, Trust, VerifiedSignature};
use crate::expectation::{Expectation, NameIdUse, PartialExpectation};
use crate::note::{Note, form_notes};
use crate::plaintext::{parse_assertion, parse_plaintext};
use crate::rejection::{Hint, Rejection, StructureProblem};
use crate::response_envelope::{
    AssertionElement, ResponseEnvelope, child_elements, invalid_structure,
};
use crate::unverified_checks::list_unverified_checks;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source};
use crate::{encryption, post};

/// An assertion that met every expectation of a connection.
///
/// Only [`validate_response`] creates one, so a function that takes it needs no further checks.
///
/// ```compile_fail
/// fn forge(claims: saml::Claims) -> saml::AcceptedAssertion {
///     saml::AcceptedAssertion(claims)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedAssertion(Claims);

impl AcceptedAssertion {
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.0
    }

    #[must_use]
    pub fn into_claims(self) -> Claims {
        self.0
    }
}

/// The verdict on a response, with every check that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationReport {
    pub verdict: Result<AcceptedAssertion, Rejection>,
    /// In the order in which they were made.
    pub checks: Vec<Check>,
}

/// The result of [`explain`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The claims of the response, if no check failed. Unchecked rules may still fail: never sign a user in with them.
    pub verdict: Result<Claims, Rejection>,
    /// In the order in which they were made, including those that could not be made.
    pub checks: Vec<Check>,
}

/// Verifies a posted response.
///
/// `posted` is the value of the form field `SAMLResponse` after form decoding.
#[must_use]
pub fn validate_response(
    posted: &str,
    trust: &Trust,
    decryption: &Decryption,
    expectation: &Expectation,
) -> ValidationReport {
    let expectation = PartialExpectation::from(expectation);
    let mut verification = Verification {
        viewer: ReportViewer::Anyone,
        trust: Some(trust),
        decryption,
        expectation: &expectation,
        log: CheckLog::new(),
    };
    let verdict = verification.verify_response(posted).map(AcceptedAssertion);
    ValidationReport {
        verdict,
        checks: verification.log.into_checks(),
    }
}

/// Explains a response outside a sign-in, where parts of the expectation may be unknown.
///
/// Unknown parts are not checked, but without a trusted key every response is rejected. If the signature check fails,
/// the remaining checks are listed as unchecked, with the unverified values of the message.
///
/// Show the result only to the owner of the decryption keys: to explain a broken signature, this function decrypts
/// AES-CBC without a verified signature. An attacker who can send many messages and see the results could decrypt
/// messages with it (a padding oracle).
#[must_use]
pub fn explain(
    posted: &str,
    trust: Option<&Trust>,
    decryption: &Decryption,
    expectation: &PartialExpectation,
) -> Explanation {
    let mut verification = Verification {
        viewer: ReportViewer::KeyOwner,
        trust,
        decryption,
        expectation,
        log: CheckLog::new(),
    };
    let verdict = verification.verify_response(posted);
    if verdict.is_err() {
        list_unverified_checks(posted, expectation, &mut verification.log);
    }
    Explanation {
        verdict,
        checks: verification.log.into_checks(),
    }
}

/// Who can see the report, which decides how much it may reveal about an encrypted assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReportViewer {
    /// Possibly the sender of the message.
    Anyone,
    /// The owner of the decryption keys, to whom the plaintext is no secret.
    KeyOwner,
}

struct Verification<'e> {
    viewer: ReportViewer,
    trust: Option<&'e Trust>,
    decryption: &'e Decryption,
    expectation: &'e PartialExpectation,
    log: CheckLog,
}

type CheckResult<T> = Result<T, Rejection>;
/// The verified signature of an element, or none if the element is not signed.
type Signature<'d, 'e> = Option<VerifiedSignature<'d, 'e>>;

impl<'e> Verification<'e> {
    fn verify_response(&mut self, posted: &str) -> CheckResult<Claims> {
        let octets = self.log.record(Rule::Encoding, post::decode(posted))?;
        let source = Source::new(&octets, &Limits::MESSAGE);
        let source = source.map_err(|error| self.failed(Rule::Xml, error.into()))?;
        let document =
            Document::parse(&source, Profile::Message, &Limits::MESSAGE).map_err(Rejection::from);
        let document = self.log.record(Rule::Xml, document)?;
        let envelope = self
            .log
            .record(Rule::Message, ResponseEnvelope::parse(&document))?;
        self.log.record(Rule::Status, envelope.check_status())?;
        let assertion = envelope
            .assertion()
            .map_err(|rejection| self.failed(Rule::Message, rejection))?;
        let outer = self.response_signature(&envelope, assertion)?;
        match assertion {
            AssertionElement::Plain(assertion) => self.verify_plain(assertion, &envelope, outer),
            AssertionElement::Encrypted(wrapper) => {
                self.verify_encrypted(wrapper, &envelope, outer)
            }
        }
    }

    fn response_signature<'d>(
        &mut self,
        envelope: &ResponseEnvelope<'d>,
        assertion: AssertionElement<'d>,
    ) -> CheckResult<Signature<'d, 'e>> {
        let Some(signature) = envelope.signature else {
            if self.expectation.requirements.signed_response {
                let missing = Rejection::ResponseSignatureMissing;
                return Err(self.failed(Rule::ResponseSignature, missing));
            }
            self.log
                .unchecked(Rule::ResponseSignature, "the response itself is not signed");
            return Ok(None);
        };
        let verified = self.verify(signature, envelope.root);
        let verified = match (verified, assertion) {
            (
                Err(Rejection::DigestMismatch { element, .. }),
                AssertionElement::Encrypted(wrapper),
            ) => {
                if self.was_signed_before_encryption(envelope.root, wrapper) {
                    Err(Rejection::SignedBeforeEncryption)
                } else {
                    let hint = Hint::SignedBeforeEncryption;
                    Err(Rejection::DigestMismatch { element, hint })
                }
            }
            (verified, _) => verified,
        };
        self.log.record(Rule::ResponseSignature, verified).map(Some)
    }

    fn verify_plain(
        &mut self,
        assertion: Element<'_>,
        envelope: &ResponseEnvelope<'_>,
        outer: Signature<'_, 'e>,
    ) -> CheckResult<Claims> {
        if self.expectation.requirements.encrypted_assertion {
            return Err(self.failed(Rule::Decryption, Rejection::EncryptionMissing));
        }
        let inner = self.assertion_signature(assertion)?;
        let covered = match (inner, outer) {
            (Some(inner), _) => inner,
            (None, Some(outer)) => {
                let child = outer
                    .signed
                    .children()
                    .find(|child| child.is(Namespace::SAML, "Assertion"));
                let signed = child
                    .ok_or_else(|| self.failed(Rule::TrustedSignature, Rejection::Unsigned))?;
                VerifiedSignature {
                    signed,
                    signer: outer.signer,
                }
            }
            (None, None) => return Err(self.failed(Rule::TrustedSignature, Rejection::Unsigned)),
        };
        self.validate(covered, envelope, outer)
    }

    /// Decrypts the assertion first. Encryption does not authenticate the sender, so all signature rules still apply.
    fn verify_encrypted(
        &mut self,
        wrapper: Element<'_>,
        envelope: &ResponseEnvelope<'_>,
        outer: Signature<'_, 'e>,
    ) -> CheckResult<Claims> {
        let plaintext = self
            .decryption
            .decrypt(wrapper)
            .map_err(|rejection| self.failed(Rule::Decryption, rejection))?;
        // Without an outer signature an attacker can choose the ciphertext. In CBC mode, any difference between the
        // answers to such attempts would reveal plaintext, so all of them get the same answer.
        let hide_reason = plaintext.integrity == CiphertextIntegrity::Malleable
            && outer.is_none()
            && self.viewer == ReportViewer::Anyone;
        let hide = |rejection| {
            if hide_reason {
                Rejection::DecryptionFailed
            } else {
                rejection
            }
        };
        let source = Source::new(&plaintext.octets, &Limits::MESSAGE).map_err(Rejection::from);
        let source = source.map_err(|rejection| self.failed(Rule::Decryption, hide(rejection)))?;
        let document = parse_assertion(&source, wrapper)
            .map_err(|rejection| self.failed(Rule::Decryption, hide(rejection)))?;
        let inner = match own_signature(document.root()) {
            Ok(Some(signature)) => self.verify(signature, document.root()).map(Some),
            Ok(None) if outer.is_none() => Err(Rejection::Unsigned),
            Ok(None) => Ok(None),
            Err(rejection) => Err(rejection),
        };
        if hide_reason && inner.is_err() {
            return Err(self.failed(Rule::Decryption, Rejection::DecryptionFailed));
        }
        self.log.passed(Rule::Decryption);
        let covered = match (self.record_assertion_signature(inner)?, outer) {
            (Some(inner), _) => inner,
            (None, Some(outer)) => {
                let signed = SignedElement::decrypted(outer.signed, document.root());
                VerifiedSignature {
                    signed,
                    signer: outer.signer,
                }
            }
            (None, None) => return Err(self.failed(Rule::TrustedSignature, Rejection::Unsigned)),
        };
        self.validate(covered, envelope, outer)
    }

    fn assertion_signature<'d>(
        &mut self,
        assertion: Element<'d>,
    ) -> CheckResult<Signature<'d, 'e>> {
        let verified = match own_signature(assertion) {
            Ok(Some(signature)) => self.verify(signature, assertion).map(Some),
            Ok(None) => Ok(None),
            Err(rejection) => Err(rejection),
        };
        self.record_assertion_signature(verified)
    }

    fn record_assertion_signature<'d>(
        &mut self,
        verified: CheckResult<Signature<'d, 'e>>,
    ) -> CheckResult<Signature<'d, 'e>> {
        match verified {
            Ok(None) if self.expectation.requirements.signed_assertion => {
                let missing = Rejection::AssertionSignatureMissing;
                Err(self.failed(Rule::AssertionSignature, missing))
            }
            Ok(None) => {
                self.log.unchecked(
                    Rule::AssertionSignature,
                    "the assertion itself is not signed",
                );
                Ok(None)
            }
            verified => self.log.record(Rule::AssertionSignature, verified),
        }
    }

    fn verify<'d>(
        &self,
        signature: Element<'d>,
        parent: Element<'d>,
    ) -> CheckResult<VerifiedSignature<'d, 'e>> {
        match self.trust {
            Some(trust) => dsig::verify(signature, parent, trust),
            None => Err(Rejection::NoTrustedKey),
        }
    }

    /// Parses the signed assertion and applies every rule to it.
    fn validate(
        &mut self,
        covered: VerifiedSignature<'_, 'e>,
        envelope: &ResponseEnvelope<'_>,
        outer: Signature<'_, 'e>,
    ) -> CheckResult<Claims> {
        self.log.passed_with(
            Rule::TrustedSignature,
            "a configured certificate",
            covered.signer.sha256(),
        );
        self.certificate(covered.signer)?;
        let assertion = self
            .log
            .record(Rule::Assertion, Assertion::parse(covered.signed))?;
        for note in form_notes([
            envelope.root.document(),
            covered.signed.element().document(),
        ]) {
            self.log.note(Rule::Assertion, note);
        }
        let in_response_to = check_assertion(
            &assertion,
            envelope,
            outer.map(|outer| outer.signed),
            self.expectation,
            &mut self.log,
        )?;
        let (name_id, note) = self
            .usable_name_id(&assertion)
            .map_err(|rejection| self.failed(Rule::Subject, rejection))?;
        let attributes = self.attributes(&assertion);
        let attributes = attributes.map_err(|rejection| self.failed(Rule::Subject, rejection))?;
        self.log.passed(Rule::Subject);
        if let Some(note) = note {
            self.log.note(Rule::Subject, note);
        }
        let mut claims = Claims::new(
            &assertion,
            in_response_to,
            name_id,
            attributes,
            covered.signer,
        );
        let required = &self.expectation.requirements.authentication;
        claims
            .authentications
            .retain(|one| required.is_met_by(one.context.as_deref()));
        Ok(claims)
    }

    fn certificate(&mut self, signer: &Certificate) -> CheckResult<()> {
        match (self.trust, self.expectation.now.as_ref()) {
            (Some(trust), Some(now)) => {
                let validity = trust.check_expiry(signer, *now);
                if validity == Ok(CertificateValidity::ExpiredButAccepted) {
                    const REASON: &str =
                        "the signing certificate has expired, and the connection accepts that";
                    self.log.unchecked(Rule::Certificate, REASON);
                    return Ok(());
                }
                self.log.record(Rule::Certificate, validity).map(drop)
            }
            (None, _) | (_, None) => {
                self.log
                    .unchecked(Rule::Certificate, "the time of the check was not given");
                Ok(())
            }
        }
    }

    /// The NameID, or why it is left out: what the connection does not use cannot cause a rejection.
    ///
    /// Where it is unknown whether it is used, one without a certain value is rejected, as most connections do.
    fn usable_name_id(
        &self,
        assertion: &Assertion<'_>,
    ) -> CheckResult<(Option<NameId>, Option<Note>)> {
        match (self.name_id(assertion), self.expectation.name_id) {
            (Ok(name_id), _) => Ok((name_id, None)),
            (Err(rejection), Some(NameIdUse::Subject))
            | (
                Err(
                    rejection @ (Rejection::CommentInValue { .. } | Rejection::InvalidValue { .. }),
                ),
                None,
            ) => Err(rejection),
            (Err(rejection), Some(NameIdUse::Optional) | None) => {
                let reason = match rejection {
                    Rejection::InvalidNameId { detail } => detail.to_owned(),
                    rejection => rejection.to_string(),
                };
                Ok((None, Some(Note::NameIdNotUsed { reason })))
            }
        }
    }

    fn name_id(&self, assertion: &Assertion<'_>) -> CheckResult<Option<NameId>> {
        match assertion
            .subject
            .as_ref()
            .and_then(|subject| subject.identifier)
        {
            None => Ok(None),
            Some(Identifier::Plain(name_id)) => NameId::parse(name_id).map(Some),
            Some(Identifier::Encrypted(wrapper)) => {
                self.decrypt_inner(wrapper, "NameID", |signed| NameId::parse(signed).map(Some))
            }
        }
    }

    fn attributes(&self, assertion: &Assertion<'_>) -> CheckResult<Vec<Attribute>> {
        let defaults = DefaultQualifiers {
            name_qualifier: assertion.issuer,
            sp_name_qualifier: self.expectation.audience.as_deref().unwrap_or_default(),
        };
        let claim = |attribute: &AttributeElement<'_>| match attribute {
            AttributeElement::Plain(attribute) => Ok(attribute.to_claim(defaults)),
            AttributeElement::Encrypted(wrapper) => {
                self.decrypt_inner(*wrapper, "Attribute", |signed| {
                    PlainAttribute::parse(signed).map(|attribute| attribute.to_claim(defaults))
                })
            }
        };
        assertion.attributes.iter().map(claim).collect()
    }

    /// Decrypts an element of the assertion. The assertion's signature covers the ciphertext.
    fn decrypt_inner<T>(
        &self,
        wrapper: SignedElement<'_>,
        local: &str,
        parse: impl Fn(SignedElement<'_>) -> CheckResult<T>,
    ) -> CheckResult<T> {
        let plaintext = self.decryption.decrypt(wrapper.element())?;
        let source = Source::new(&plaintext.octets, &Limits::MESSAGE)?;
        let document = parse_plaintext(&source, wrapper.element())?;
        let root = document.root();
        if !root.is(Namespace::SAML, local) {
            return Err(invalid_structure(
                StructureProblem::Unexpected,
                root,
                wrapper.element(),
            ));
        }
        parse(SignedElement::decrypted(wrapper, root))
    }

    /// Whether the response's signature is valid once the ciphertext is replaced by its plaintext.
    ///
    /// Used only to tell the administrator the reason, never to accept a response. The ciphertext may come from an
    /// attacker, so unless the viewer owns the keys, it is decrypted only with an authenticated cipher.
    fn was_signed_before_encryption(&self, root: Element<'_>, wrapper: Element<'_>) -> bool {
        if self.viewer == ReportViewer::Anyone && !encryption::is_authenticated(wrapper) {
            return false;
        }
        let Ok(plaintext) = self.decryption.decrypt(wrapper) else {
            return false;
        };
        let Ok(plaintext) = String::from_utf8(plaintext.octets) else {
            return false;
        };
        let text = root.document().text_with(wrapper, &plaintext);
        let Ok(source) = Source::from_text(&text, &Limits::MESSAGE) else {
            return false;
        };
        let Ok(document) = Document::parse(&source, Profile::Message, &Limits::MESSAGE) else {
            return false;
        };
        let Ok(Some(signature)) = own_signature(document.root()) else {
            return false;
        };
        self.verify(signature, document.root()).is_ok()
    }

    fn failed(&mut self, rule: Rule, rejection: Rejection) -> Rejection {
        self.log.failed(rule, &rejection);
        rejection
    }
}

/// The signature that is a child of the element.
fn own_signature(element: Element<'_>) -> CheckResult<Option<Element<'_>>> {
    let mut signatures = child_elements(element)?
        .into_iter()
        .filter(|child| child.is(Namespace::DS, "Signature"));
    let signature = signatures.next();
    match signatures.next() {
        None => Ok(signature),
        Some(second) => Err(invalid_structure(
            StructureProblem::Repeated,
            second,
            element,
        )),
    }
}
