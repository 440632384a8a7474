//! An assertion, parsed from an element that a trusted key has signed.

use jiff::Timestamp;

use crate::attribute::{AttributeElement, PlainAttribute};
use crate::dsig::SignedElement;
use crate::rejection::{Rejection, StructureProblem};
use crate::response_envelope::{check_header, invalid_structure, parse_timestamp, reject_text};
use crate::xml::{Namespace, trim};

/// An assertion (saml-core 2.3.3) before the checks of [`crate::validate_response`].
///
/// Only a [`SignedElement`] can be parsed:
///
/// ```compile_fail
/// fn parse(document: &saml::xml::Document<'_>) {
///     let _ = saml::assertion::Assertion::parse(document.root());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Assertion<'d> {
    pub(crate) id: &'d str,
    pub(crate) issued: Timestamp,
    pub(crate) issuer: &'d str,
    pub(crate) subject: Option<Subject<'d>>,
    pub(crate) conditions: Option<Conditions<'d>>,
    /// In document order.
    pub(crate) authentications: Vec<AuthnStatement<'d>>,
    pub(crate) attributes: Vec<AttributeElement<'d>>,
}

/// The subject and the ways to confirm it (saml-core 2.4).
#[derive(Clone, Debug)]
pub(crate) struct Subject<'d> {
    pub(crate) identifier: Option<Identifier<'d>>,
    pub(crate) confirmations: Vec<Confirmation<'d>>,
}

/// The subject's identifier, possibly encrypted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Identifier<'d> {
    Plain(SignedElement<'d>),
    Encrypted(SignedElement<'d>),
}

pub(crate) const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// A `SubjectConfirmation` (saml-core 2.4.1.1).
#[derive(Clone, Debug)]
pub(crate) struct Confirmation<'d> {
    pub(crate) method: &'d str,
    /// None for other methods than bearer.
    pub(crate) data: Option<ConfirmationData<'d>>,
}

#[derive(Clone, Debug)]
pub(crate) struct ConfirmationData<'d> {
    pub(crate) recipient: Option<&'d str>,
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) not_on_or_after: Option<Timestamp>,
    pub(crate) in_response_to: Option<&'d str>,
}

/// `Conditions` (saml-core 2.5).
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions<'d> {
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) not_on_or_after: Option<Timestamp>,
    /// Every restriction has to name our entity ID as one of its audiences.
    pub(crate) audience_restrictions: Vec<Vec<&'d str>>,
    pub(crate) unknown: Option<String>,
}

/// How and when the subject signed in at the identity provider (saml-core 2.7.2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct AuthnStatement<'d> {
    pub(crate) instant: Timestamp,
    pub(crate) session_index: Option<&'d str>,
    pub(crate) session_not_on_or_after: Option<Timestamp>,
    pub(crate) context_class: Option<&'d str>,
}

impl<'d> Assertion<'d> {
    /// # Errors
    ///
    /// A required part is missing, a part is repeated or not allowed in its slot, or a value cannot be parsed.
    pub fn parse(signed: SignedElement<'d>) -> Result<Self, Rejection> {
        let element = signed.element();
        if !signed.is(Namespace::SAML, "Assertion") {
            return Err(invalid_structure(
                StructureProblem::Unexpected,
                element,
                element,
            ));
        }
        let issued = check_header(element)?;
        reject_text(signed)?;
        let mut children = AssertionChildren::default();
        for child in signed.children() {
            children.add(child, signed)?;
        }
        Ok(Self {
            id: signed.attribute("ID").unwrap_or_default(),
            issued,
            issuer: issuer(children.issuer.ok_or(Rejection::IssuerMissing {
                element: "Assertion",
            })?)?,
            subject: children.subject.map(Subject::parse).transpose()?,
            conditions: children.conditions.map(Conditions::parse).transpose()?,
            authentications: children
                .authentications
                .into_iter()
                .map(AuthnStatement::parse)
                .collect::<Result<_, _>>()?,
            attributes: children.attributes,
        })
    }
}

impl Assertion<'_> {
    /// The earliest end of a session: each statement may limit it (saml-core 2.7.2).
    pub(crate) fn session_not_on_or_after(&self) -> Option<Timestamp> {
        self.authentications
            .iter()
            .filter_map(|statement| statement.session_not_on_or_after)
            .min()
    }
}

/// The entity ID of an issuer (saml-core 8.3.6); its `Format` is ignored.
pub(crate) fn issuer(element: SignedElement<'_>) -> Result<&str, Rejection> {
    element.value()
}

#[derive(Default)]
struct AssertionChildren<'d> {
    issuer: Option<SignedElement<'d>>,
    subject: Option<SignedElement<'d>>,
    conditions: Option<SignedElement<'d>>,
    authentications: Vec<SignedElement<'d>>,
    attributes: Vec<AttributeElement<'d>>,
}

impl<'d> AssertionChildren<'d> {
    fn add(
        &mut self,
        child: SignedElement<'d>,
        assertion: SignedElement<'d>,
    ) -> Result<(), Rejection> {
        let (namespace, local) = (child.element().namespace(), child.element().local());
        let unexpected = || {
            invalid_structure(
                StructureProblem::Unexpected,
                child.element(),
                assertion.element(),
            )
        };
        if namespace != Namespace::SAML {
            return Err(unexpected());
        }
        let slot = match local {
            "Issuer" => &mut self.issuer,
            "Subject" => &mut self.subject,
            "Conditions" => &mut self.conditions,
            "AuthnStatement" => {
                self.authentications.push(child);
                return Ok(());
            }
            "AttributeStatement" => return self.add_attributes(child),
            // Advice and other statements may be ignored (saml-core 2.6.1).
            "Advice" | "Statement" | "AuthzDecisionStatement" => return Ok(()),
            _ => return Err(unexpected()),
        };
        match slot.replace(child) {
            None => Ok(()),
            Some(_) => Err(invalid_structure(
                StructureProblem::Repeated,
                child.element(),
                assertion.element(),
            )),
        }
    }

    fn add_attributes(&mut self, statement: SignedElement<'d>) -> Result<(), Rejection> {
        reject_text(statement)?;
        for child in statement.children() {
            if child.is(Namespace::SAML, "Attribute") {
                let attribute = PlainAttribute::parse(child)?;
                self.attributes.push(AttributeElement::Plain(attribute));
            } else if child.is(Namespace::SAML, "EncryptedAttribute") {
                self.attributes.push(AttributeElement::Encrypted(child));
            } else {
                return Err(invalid_structure(
                    StructureProblem::Unexpected,
                    child.element(),
                    statement.element(),
                ));
            }
        }
        Ok(())
    }
}

impl<'d> Subject<'d> {
    fn parse(subject: SignedElement<'d>) -> Result<Self, Rejection> {
        reject_text(subject)?;
        let mut identifier = None;
        let mut confirmations = Vec::with_capacity(1);
        for child in subject.children() {
            let found = if child.is(Namespace::SAML, "NameID") {
                Identifier::Plain(child)
            } else if child.is(Namespace::SAML, "EncryptedID") {
                Identifier::Encrypted(child)
            } else if child.is(Namespace::SAML, "SubjectConfirmation") {
                confirmations.push(Confirmation::parse(child)?);
                continue;
            } else {
                return Err(invalid_structure(
                    StructureProblem::Unexpected,
                    child.element(),
                    subject.element(),
                ));
            };
            if identifier.replace(found).is_some() {
                return Err(invalid_structure(
                    StructureProblem::Repeated,
                    child.element(),
                    subject.element(),
                ));
            }
        }
        Ok(Self {
            identifier,
            confirmations,
        })
    }
}

impl<'d> Confirmation<'d> {
    fn parse(confirmation: SignedElement<'d>) -> Result<Self, Rejection> {
        reject_text(confirmation)?;
        let element = confirmation.element();
        let method = confirmation.attribute("Method").map(trim);
        let method = method.ok_or_else(|| {
            invalid_structure(
                StructureProblem::AttributeMissing("Method"),
                element,
                element,
            )
        })?;
        let mut data = None;
        for child in confirmation.children() {
            if child.is(Namespace::SAML, "SubjectConfirmationData") {
                // What another way of confirmation states is not used, so it cannot cause a rejection.
                if method == BEARER && data.replace(ConfirmationData::parse(child)?).is_some() {
                    return Err(invalid_structure(
                        StructureProblem::Repeated,
                        child.element(),
                        element,
                    ));
                }
            } else if !matches!(child.element().local(), "NameID" | "EncryptedID" | "BaseID") {
                // The bearer profile does not use the identifiers of other presenters.
                return Err(invalid_structure(
                    StructureProblem::Unexpected,
                    child.element(),
                    element,
                ));
            }
        }
        Ok(Self { method, data })
    }
}

impl<'d> ConfirmationData<'d> {
    fn parse(data: SignedElement<'d>) -> Result<Self, Rejection> {
        Ok(Self {
            recipient: data.attribute("Recipient").map(trim),
            not_before: parse_timestamp(
                data.attribute("NotBefore"),
                "SubjectConfirmationData NotBefore",
            )?,
            not_on_or_after: parse_timestamp(
                data.attribute("NotOnOrAfter"),
                "SubjectConfirmationData NotOnOrAfter",
            )?,
            in_response_to: data.attribute("InResponseTo"),
        })
    }
}

impl<'d> Conditions<'d> {
    fn parse(conditions: SignedElement<'d>) -> Result<Self, Rejection> {
        reject_text(conditions)?;
        let mut parsed = Self {
            not_before: parse_timestamp(conditions.attribute("NotBefore"), "Conditions NotBefore")?,
            not_on_or_after: parse_timestamp(
                conditions.attribute("NotOnOrAfter"),
                "Conditions NotOnOrAfter",
            )?,
            ..Self::default()
        };
        let mut seen = Vec::new();
        for child in conditions.children() {
            let local = child.element().local();
            match (child.element().namespace(), local) {
                (Namespace::SAML, "AudienceRestriction") => {
                    parsed.audience_restrictions.push(audiences(child)?);
                }
                // We use every assertion once and pass none on, which meets both conditions (saml-core 2.5.1.5, 2.5.1.6).
                (Namespace::SAML, "OneTimeUse" | "ProxyRestriction") if !seen.contains(&local) => {
                    seen.push(local);
                }
                (Namespace::SAML, "OneTimeUse" | "ProxyRestriction") => {
                    return Err(invalid_structure(
                        StructureProblem::Repeated,
                        child.element(),
                        conditions.element(),
                    ));
                }
                _ => parsed.unknown = Some(child.written_name()),
            }
        }
        Ok(parsed)
    }
}

fn audiences(restriction: SignedElement<'_>) -> Result<Vec<&str>, Rejection> {
    reject_text(restriction)?;
    restriction
        .children()
        .map(|child| {
            if child.is(Namespace::SAML, "Audience") {
                child.value()
            } else {
                Err(invalid_structure(
                    StructureProblem::Unexpected,
                    child.element(),
                    restriction.element(),
                ))
            }
        })
        .collect()
}

impl<'d> AuthnStatement<'d> {
    fn parse(statement: SignedElement<'d>) -> Result<Self, Rejection> {
        let element = statement.element();
        let instant = parse_timestamp(statement.attribute("AuthnInstant"), "AuthnInstant")?;
        let context = statement
            .children()
            .find(|child| child.is(Namespace::SAML, "AuthnContext"));
        let class = context.and_then(|context| {
            context
                .children()
                .find(|child| child.is(Namespace::SAML, "AuthnContextClassRef"))
        });
        Ok(Self {
            instant: instant.ok_or_else(|| {
                invalid_structure(
                    StructureProblem::AttributeMissing("AuthnInstant"),
                    element,
                    element,
                )
            })?,
            session_index: statement.attribute("SessionIndex"),
            session_not_on_or_after: parse_timestamp(
                statement.attribute("SessionNotOnOrAfter"),
                "SessionNotOnOrAfter",
            )?,
            context_class: class.map(SignedElement::value).transpose()?,
        })
    }
}
