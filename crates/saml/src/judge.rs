//! The verdict: from a posted field to claims that may be believed.

use crate::assertion::{Assertion, Attribute as Read, Identifier};
use crate::check::{Check, Ledger, Rule};
use crate::claims::{Attribute, Claims, NameId};
use crate::decryption::{Decryption, Mode};
use crate::dsig::{self, Signed, Trust, Verified};
use crate::expectation::{Expectation, Known, Question};
use crate::rejection::{Problem, Rejection, Suspicion};
use crate::response::{Claimed, Content, elements_of, structure};
use crate::validate::validate;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source};
use crate::{encryption, post, remainder};

/// Claims that met every expectation of a connection.
///
/// [`judge`] alone makes one, so whoever holds it need not ask again.
///
/// ```compile_fail
/// fn forge(claims: saml::Claims) -> saml::Accepted {
///     saml::Accepted(claims)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted(Claims);

impl Accepted {
    /// What the assertion says.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.0
    }

    /// What the assertion says, for keeps.
    #[must_use]
    pub fn into_claims(self) -> Claims {
        self.0
    }
}

/// The verdict on a response, with every check that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether the response is accepted.
    pub verdict: Result<Accepted, Rejection>,
    /// Each check in the order in which it was made.
    pub checks: Vec<Check>,
}

/// An opinion about a response by somebody who may not know everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the response says, if nothing that could be checked is wrong.
    pub verdict: Result<Claims, Rejection>,
    /// Each check in the order in which it was made, those included that could not be made.
    pub checks: Vec<Check>,
}

/// Decides whether a posted response names a person whom we may believe.
///
/// `posted` is the value of the form field `SAMLResponse` after form decoding.
#[must_use]
pub fn judge(
    posted: &str,
    trust: &Trust,
    decryption: &Decryption,
    expectation: &Expectation,
) -> Judgement {
    let question = Question::from(expectation);
    let known = Known::Is(trust);
    let mut examination = Examination::new(known, decryption, &question, Asker::Stranger);
    let verdict = examination.response(posted).map(Accepted);
    Judgement {
        verdict,
        checks: examination.ledger.into_checks(),
    }
}

/// The same for somebody who does not know everything that would have to be expected.
///
/// What is not known is not checked, except that nothing is believed without a trusted key. Whoever sees the answer
/// must be the one who holds the keys: to explain a broken signature, AES-CBC is opened here that nothing vouches for,
/// and a stranger who may ask often could learn from the answers what it holds. What a refusal for want of a good
/// signature comes before is listed with what the message says of itself, and decides nothing.
#[must_use]
pub fn explain(
    posted: &str,
    trust: Known<&Trust>,
    decryption: &Decryption,
    question: &Question,
) -> Explanation {
    let mut examination = Examination::new(trust, decryption, question, Asker::KeyHolder);
    let verdict = examination.response(posted);
    if verdict.is_err() {
        remainder::note(posted, question, &mut examination.ledger);
    }
    Explanation {
        verdict,
        checks: examination.ledger.into_checks(),
    }
}

/// Who sees the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asker {
    /// Anybody who can post something.
    Stranger,
    /// Somebody who could decrypt the message without us.
    KeyHolder,
}

struct Examination<'e> {
    asker: Asker,
    trust: Known<&'e Trust>,
    decryption: &'e Decryption,
    question: &'e Question,
    ledger: Ledger,
}

type Step<T> = Result<T, Rejection>;
/// A verified signature, or none where none has to be.
type Signature<'d, 'e> = Option<Verified<'d, 'e>>;

impl<'e> Examination<'e> {
    fn new(
        trust: Known<&'e Trust>,
        decryption: &'e Decryption,
        question: &'e Question,
        asker: Asker,
    ) -> Self {
        Self {
            asker,
            trust,
            decryption,
            question,
            ledger: Ledger::new(),
        }
    }

    fn response(&mut self, posted: &str) -> Step<Claims> {
        let octets = self.ledger.note(Rule::Encoding, post::decode(posted))?;
        let source = Source::new(&octets, &Limits::MESSAGE);
        let source = source.map_err(|error| self.failed(Rule::Xml, error.into()))?;
        let document =
            Document::read(&source, Profile::Message, &Limits::MESSAGE).map_err(Rejection::from);
        let document = self.ledger.note(Rule::Xml, document)?;
        let claimed = self.ledger.note(Rule::Message, Claimed::read(&document))?;
        self.ledger.note(Rule::Status, claimed.check_status())?;
        let content = claimed
            .content()
            .map_err(|rejection| self.failed(Rule::Message, rejection))?;
        let outer = self.response_signature(&claimed, content)?;
        match content {
            Content::Plain(assertion) => self.plain(assertion, &claimed, outer),
            Content::Encrypted(wrapper) => self.encrypted(wrapper, &claimed, outer),
        }
    }

    fn response_signature<'d>(
        &mut self,
        claimed: &Claimed<'d>,
        content: Content<'d>,
    ) -> Step<Signature<'d, 'e>> {
        let Some(signature) = claimed.signature else {
            self.ledger
                .unchecked(Rule::ResponseSignature, "the response itself is not signed");
            return Ok(None);
        };
        let verified = self.verify(signature, claimed.root);
        let verified = match (verified, content) {
            (Err(Rejection::DigestMismatch { element, .. }), Content::Encrypted(wrapper)) => {
                if self.was_signed_before_encryption(claimed.root, wrapper) {
                    Err(Rejection::SignedBeforeEncryption)
                } else {
                    let suspicion = Suspicion::SignedBeforeEncryption;
                    Err(Rejection::DigestMismatch { element, suspicion })
                }
            }
            (verified, _) => verified,
        };
        self.ledger
            .note(Rule::ResponseSignature, verified)
            .map(Some)
    }

    /// The assertion stands in the response as it is.
    fn plain(
        &mut self,
        assertion: Element<'_>,
        claimed: &Claimed<'_>,
        outer: Signature<'_, 'e>,
    ) -> Step<Claims> {
        let inner = self.assertion_signature(assertion)?;
        let covered = match (inner, outer) {
            (Some(inner), _) => inner,
            (None, Some(outer)) => {
                let child = outer
                    .signed
                    .children()
                    .find(|child| child.is(Namespace::SAML, "Assertion"));
                let signed = child.ok_or_else(|| self.failed(Rule::Signed, Rejection::Unsigned))?;
                Verified {
                    signed,
                    signer: outer.signer,
                }
            }
            (None, None) => return Err(self.failed(Rule::Signed, Rejection::Unsigned)),
        };
        self.conclude(covered, claimed, outer)
    }

    /// The assertion has to be decrypted first, which by itself gives no reason to believe it.
    fn encrypted(
        &mut self,
        wrapper: Element<'_>,
        claimed: &Claimed<'_>,
        outer: Signature<'_, 'e>,
    ) -> Step<Claims> {
        let opened = self
            .decryption
            .open(wrapper)
            .map_err(|rejection| self.failed(Rule::Decryption, rejection))?;
        // Without an outer signature an attacker chooses the ciphertext. In CBC mode every difference between
        // his attempts would tell him something of the plaintext, so there is one answer to all of them.
        let tells_nothing = opened.mode == Mode::Malleable && outer.is_none();
        let hide = |rejection| {
            if tells_nothing {
                Rejection::DecryptionFailed
            } else {
                rejection
            }
        };
        let source = Source::new(&opened.octets, &Limits::MESSAGE).map_err(Rejection::from);
        let source = source.map_err(|rejection| self.failed(Rule::Decryption, hide(rejection)))?;
        let plaintext = plaintext(&source)
            .map_err(|rejection| self.failed(Rule::Decryption, hide(rejection)))?;
        let inner = match own_signature(plaintext.root()) {
            Ok(Some(signature)) => self.verify(signature, plaintext.root()).map(Some),
            Ok(None) if outer.is_none() => Err(Rejection::Unsigned),
            Ok(None) => Ok(None),
            Err(rejection) => Err(rejection),
        };
        if tells_nothing && inner.is_err() {
            return Err(self.failed(Rule::Decryption, Rejection::DecryptionFailed));
        }
        self.ledger.passed(Rule::Decryption);
        let covered = match (self.note_assertion_signature(inner)?, outer) {
            (Some(inner), _) => inner,
            (None, Some(outer)) => {
                let signed = Signed::decrypted(outer.signed, plaintext.root());
                Verified {
                    signed,
                    signer: outer.signer,
                }
            }
            (None, None) => return Err(self.failed(Rule::Signed, Rejection::Unsigned)),
        };
        self.conclude(covered, claimed, outer)
    }

    fn assertion_signature<'d>(&mut self, assertion: Element<'d>) -> Step<Signature<'d, 'e>> {
        let verified = match own_signature(assertion) {
            Ok(Some(signature)) => self.verify(signature, assertion).map(Some),
            Ok(None) => Ok(None),
            Err(rejection) => Err(rejection),
        };
        self.note_assertion_signature(verified)
    }

    fn note_assertion_signature<'d>(
        &mut self,
        verified: Step<Signature<'d, 'e>>,
    ) -> Step<Signature<'d, 'e>> {
        match verified {
            Ok(None) => {
                self.ledger.unchecked(
                    Rule::AssertionSignature,
                    "the assertion itself is not signed",
                );
                Ok(None)
            }
            verified => self.ledger.note(Rule::AssertionSignature, verified),
        }
    }

    fn verify<'d>(&self, signature: Element<'d>, parent: Element<'d>) -> Step<Verified<'d, 'e>> {
        match self.trust {
            Known::Is(trust) => dsig::verify(signature, parent, trust),
            Known::NotGiven => Err(Rejection::NoTrustedKey),
        }
    }

    /// Reads what is covered by a signature, and applies every rule to it.
    fn conclude(
        &mut self,
        covered: Verified<'_, 'e>,
        claimed: &Claimed<'_>,
        outer: Signature<'_, 'e>,
    ) -> Step<Claims> {
        self.ledger.passed_with(
            Rule::Signed,
            "a configured certificate",
            covered.signer.sha256(),
        );
        self.certificate(covered.signer)?;
        let assertion = self
            .ledger
            .note(Rule::Assertion, Assertion::read(covered.signed))?;
        let answered = validate(
            &assertion,
            claimed,
            outer.map(|outer| outer.signed),
            self.question,
            &mut self.ledger,
        )?;
        let name_id = self.name_id(&assertion);
        let name_id = name_id.map_err(|rejection| self.failed(Rule::Subject, rejection))?;
        let attributes = self.attributes(&assertion);
        let attributes = attributes.map_err(|rejection| self.failed(Rule::Subject, rejection))?;
        self.ledger.passed(Rule::Subject);
        Ok(Claims::copy(&assertion, answered, name_id, attributes).signed_by(covered.signer))
    }

    fn certificate(&mut self, signer: &crate::certificate::Certificate) -> Step<()> {
        match (self.trust, self.question.now.as_ref()) {
            (Known::Is(trust), Known::Is(now)) => self
                .ledger
                .note(Rule::Certificate, trust.check_expiry(signer, *now)),
            (Known::NotGiven, _) | (_, Known::NotGiven) => {
                self.ledger
                    .unchecked(Rule::Certificate, "the time of the check was not given");
                Ok(())
            }
        }
    }

    fn name_id(&self, assertion: &Assertion<'_>) -> Step<Option<NameId>> {
        match assertion
            .subject
            .as_ref()
            .and_then(|subject| subject.identifier)
        {
            None => Ok(None),
            Some(Identifier::Plain(name_id)) => NameId::read(name_id).map(Some),
            Some(Identifier::Encrypted(wrapper)) => {
                self.inside(wrapper, "NameID", |signed| NameId::read(signed).map(Some))
            }
        }
    }

    fn attributes(&self, assertion: &Assertion<'_>) -> Step<Vec<Attribute>> {
        let mut attributes = Vec::with_capacity(assertion.attributes.len());
        for attribute in &assertion.attributes {
            match attribute {
                Read::Plain {
                    name,
                    name_format,
                    values,
                } => {
                    attributes.push(Attribute::copy(name, *name_format, values));
                }
                Read::Encrypted(wrapper) => {
                    attributes.extend(self.inside(*wrapper, "Attribute", Attribute::read)?);
                }
            }
        }
        Ok(attributes)
    }

    /// Decrypts a part of the assertion, whose ciphertext is covered by the assertion's signature.
    fn inside<T>(
        &self,
        wrapper: Signed<'_>,
        local: &str,
        read: impl Fn(Signed<'_>) -> Step<T>,
    ) -> Step<T> {
        let opened = self.decryption.open(wrapper.element())?;
        let source = Source::new(&opened.octets, &Limits::MESSAGE)?;
        let document = Document::read(&source, Profile::Message, &Limits::MESSAGE)?;
        let root = document.root();
        if !root.is(Namespace::SAML, local) {
            return Err(structure(Problem::Unexpected, root, wrapper.element()));
        }
        read(Signed::decrypted(wrapper, root))
    }

    /// Whether the response's signature fits when the ciphertext is replaced by what it holds.
    ///
    /// For the message to the administrator alone: nothing is believed on the strength of it. The ciphertext may be
    /// an attacker's, so strangers have it opened only where a changed one is noticed.
    fn was_signed_before_encryption(&self, root: Element<'_>, wrapper: Element<'_>) -> bool {
        if self.asker == Asker::Stranger && !encryption::is_authenticated(wrapper) {
            return false;
        }
        let Ok(opened) = self.decryption.open(wrapper) else {
            return false;
        };
        let Ok(plaintext) = String::from_utf8(opened.octets) else {
            return false;
        };
        let text = root.document().text_with(wrapper, &plaintext);
        let Ok(source) = Source::new(text.as_bytes(), &Limits::MESSAGE) else {
            return false;
        };
        let Ok(document) = Document::read(&source, Profile::Message, &Limits::MESSAGE) else {
            return false;
        };
        let Ok(Some(signature)) = own_signature(document.root()) else {
            return false;
        };
        self.verify(signature, document.root()).is_ok()
    }

    fn failed(&mut self, rule: Rule, rejection: Rejection) -> Rejection {
        self.ledger.failed(rule, &rejection);
        rejection
    }
}

/// Reads a decrypted assertion as strictly as if it had come alone.
fn plaintext<'s>(source: &'s Source<'_>) -> Step<Document<'s>> {
    let document = Document::read(source, Profile::Message, &Limits::MESSAGE)?;
    crate::response::check_plaintext(&document)?;
    Ok(document)
}

/// The signature directly in an element.
fn own_signature(element: Element<'_>) -> Step<Option<Element<'_>>> {
    let mut signatures = elements_of(element)?
        .into_iter()
        .filter(|child| child.is(Namespace::DS, "Signature"));
    let signature = signatures.next();
    match signatures.next() {
        None => Ok(signature),
        Some(second) => Err(structure(Problem::Repeated, second, element)),
    }
}
