//! An assertion, read out of an element that a trusted key has signed.

use crate::dsig::Signed;
use crate::rejection::{Problem, Rejection};
use crate::response::{check_header, structure, timestamp};
use crate::timestamp::Timestamp;
use crate::xml::Namespace;

/// What an assertion says (saml-core 2.3.3), not yet held against anything.
///
/// Only a [`Signed`] can be read:
///
/// ```compile_fail
/// fn read(document: &saml::xml::Document<'_>) {
///     let _ = saml::assertion::Assertion::read(document.root());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Assertion<'d> {
    pub(crate) id: &'d str,
    pub(crate) issued: Timestamp,
    pub(crate) issuer: &'d str,
    pub(crate) subject: Option<Subject<'d>>,
    pub(crate) conditions: Option<Conditions<'d>>,
    pub(crate) authentication: Option<Authentication<'d>>,
    pub(crate) attributes: Vec<Attribute<'d>>,
}

/// The subject and the ways to confirm it (saml-core 2.4).
#[derive(Clone, Debug)]
pub(crate) struct Subject<'d> {
    pub(crate) identifier: Option<Identifier<'d>>,
    pub(crate) confirmations: Vec<Confirmation<'d>>,
}

/// The subject's identifier as it stands in the document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Identifier<'d> {
    Plain(Signed<'d>),
    Encrypted(Signed<'d>),
}

/// A `SubjectConfirmation` (saml-core 2.4.1.1).
#[derive(Clone, Debug)]
pub(crate) struct Confirmation<'d> {
    pub(crate) method: &'d str,
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
    /// Each restriction has to name us; within one, any of its audiences may.
    pub(crate) audience_restrictions: Vec<Vec<&'d str>>,
    pub(crate) unknown: Option<String>,
}

/// How and when the subject signed in at the identity provider (saml-core 2.7.2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Authentication<'d> {
    pub(crate) instant: Timestamp,
    pub(crate) session_index: Option<&'d str>,
    pub(crate) session_not_on_or_after: Option<Timestamp>,
    pub(crate) context_class: Option<&'d str>,
}

/// An attribute with its readable values (saml-core 2.7.3.1).
#[derive(Clone, Debug)]
pub(crate) enum Attribute<'d> {
    Plain {
        name: &'d str,
        name_format: Option<&'d str>,
        values: Vec<&'d str>,
    },
    Encrypted(Signed<'d>),
}

impl<'d> Assertion<'d> {
    /// Reads an assertion.
    ///
    /// # Errors
    ///
    /// Anything that has to be there is missing, anything that may be there once stands twice, anything is not
    /// known at its place, or a value cannot be read.
    pub fn read(signed: Signed<'d>) -> Result<Self, Rejection> {
        let element = signed.element();
        if !signed.is(Namespace::SAML, "Assertion") {
            return Err(structure(Problem::Unexpected, element, element));
        }
        let issued = check_header(element)?;
        refuse_text(signed)?;
        let mut parts = Parts::default();
        for child in signed.children() {
            parts.take(child, signed)?;
        }
        Ok(Self {
            id: signed.attribute("ID").unwrap_or_default(),
            issued,
            issuer: issuer(parts.issuer.ok_or(Rejection::IssuerMissing {
                element: "Assertion",
            })?)?,
            subject: parts.subject.map(Subject::read).transpose()?,
            conditions: parts.conditions.map(Conditions::read).transpose()?,
            authentication: Authentication::read(&parts.authentications)?,
            attributes: parts.attributes,
        })
    }
}

/// The name of an issuer: an entity ID (saml-core 8.3.6), whichever way its format is spelt.
pub(crate) fn issuer(element: Signed<'_>) -> Result<&str, Rejection> {
    element.value()
}

/// The children of an assertion, sorted by what they are.
#[derive(Default)]
struct Parts<'d> {
    issuer: Option<Signed<'d>>,
    subject: Option<Signed<'d>>,
    conditions: Option<Signed<'d>>,
    authentications: Vec<Signed<'d>>,
    attributes: Vec<Attribute<'d>>,
}

impl<'d> Parts<'d> {
    fn take(&mut self, child: Signed<'d>, assertion: Signed<'d>) -> Result<(), Rejection> {
        let (namespace, local) = (child.element().namespace(), child.element().local());
        let unexpected = || structure(Problem::Unexpected, child.element(), assertion.element());
        if namespace != Namespace::SAML {
            return Err(unexpected());
        }
        let place = match local {
            "Issuer" => &mut self.issuer,
            "Subject" => &mut self.subject,
            "Conditions" => &mut self.conditions,
            "AuthnStatement" => {
                self.authentications.push(child);
                return Ok(());
            }
            "AttributeStatement" => return self.take_attributes(child),
            // Advice and other statements may be ignored (saml-core 2.6.1), and are never read.
            "Advice" | "Statement" | "AuthzDecisionStatement" => return Ok(()),
            _ => return Err(unexpected()),
        };
        match place.replace(child) {
            None => Ok(()),
            Some(_) => Err(structure(
                Problem::Repeated,
                child.element(),
                assertion.element(),
            )),
        }
    }

    fn take_attributes(&mut self, statement: Signed<'d>) -> Result<(), Rejection> {
        refuse_text(statement)?;
        for child in statement.children() {
            if child.is(Namespace::SAML, "Attribute") {
                self.attributes.push(Attribute::read(child)?);
            } else if child.is(Namespace::SAML, "EncryptedAttribute") {
                self.attributes.push(Attribute::Encrypted(child));
            } else {
                return Err(structure(
                    Problem::Unexpected,
                    child.element(),
                    statement.element(),
                ));
            }
        }
        Ok(())
    }
}

impl<'d> Subject<'d> {
    fn read(subject: Signed<'d>) -> Result<Self, Rejection> {
        refuse_text(subject)?;
        let mut identifier = None;
        let mut confirmations = Vec::with_capacity(1);
        for child in subject.children() {
            let found = if child.is(Namespace::SAML, "NameID") {
                Identifier::Plain(child)
            } else if child.is(Namespace::SAML, "EncryptedID") {
                Identifier::Encrypted(child)
            } else if child.is(Namespace::SAML, "SubjectConfirmation") {
                confirmations.push(Confirmation::read(child)?);
                continue;
            } else {
                return Err(structure(
                    Problem::Unexpected,
                    child.element(),
                    subject.element(),
                ));
            };
            if identifier.replace(found).is_some() {
                return Err(structure(
                    Problem::Repeated,
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
    fn read(confirmation: Signed<'d>) -> Result<Self, Rejection> {
        refuse_text(confirmation)?;
        let element = confirmation.element();
        let method = confirmation.attribute("Method");
        let method = method
            .ok_or_else(|| structure(Problem::AttributeMissing("Method"), element, element))?;
        let mut data = None;
        for child in confirmation.children() {
            if child.is(Namespace::SAML, "SubjectConfirmationData") {
                if data.replace(ConfirmationData::read(child)?).is_some() {
                    return Err(structure(Problem::Repeated, child.element(), element));
                }
            } else if !matches!(child.element().local(), "NameID" | "EncryptedID" | "BaseID") {
                // Who else may present the assertion does not matter to the bearer profile.
                return Err(structure(Problem::Unexpected, child.element(), element));
            }
        }
        Ok(Self { method, data })
    }
}

impl<'d> ConfirmationData<'d> {
    fn read(data: Signed<'d>) -> Result<Self, Rejection> {
        Ok(Self {
            recipient: data.attribute("Recipient"),
            not_before: timestamp(
                data.attribute("NotBefore"),
                "SubjectConfirmationData NotBefore",
            )?,
            not_on_or_after: timestamp(
                data.attribute("NotOnOrAfter"),
                "SubjectConfirmationData NotOnOrAfter",
            )?,
            in_response_to: data.attribute("InResponseTo"),
        })
    }
}

impl<'d> Conditions<'d> {
    fn read(conditions: Signed<'d>) -> Result<Self, Rejection> {
        refuse_text(conditions)?;
        let mut read = Self {
            not_before: timestamp(conditions.attribute("NotBefore"), "Conditions NotBefore")?,
            not_on_or_after: timestamp(
                conditions.attribute("NotOnOrAfter"),
                "Conditions NotOnOrAfter",
            )?,
            ..Self::default()
        };
        let mut once = Vec::new();
        for child in conditions.children() {
            let local = child.element().local();
            match (child.element().namespace(), local) {
                (Namespace::SAML, "AudienceRestriction") => {
                    read.audience_restrictions.push(audiences(child)?);
                }
                // Every assertion is used once here, and none is passed on (saml-core 2.5.1.5 and 2.5.1.6).
                (Namespace::SAML, "OneTimeUse" | "ProxyRestriction") if !once.contains(&local) => {
                    once.push(local);
                }
                (Namespace::SAML, "OneTimeUse" | "ProxyRestriction") => {
                    return Err(structure(
                        Problem::Repeated,
                        child.element(),
                        conditions.element(),
                    ));
                }
                _ => read.unknown = Some(child.written_name()),
            }
        }
        Ok(read)
    }
}

fn audiences(restriction: Signed<'_>) -> Result<Vec<&str>, Rejection> {
    refuse_text(restriction)?;
    restriction
        .children()
        .map(|child| {
            if child.is(Namespace::SAML, "Audience") {
                child.value()
            } else {
                Err(structure(
                    Problem::Unexpected,
                    child.element(),
                    restriction.element(),
                ))
            }
        })
        .collect()
}

impl<'d> Authentication<'d> {
    /// The first statement; the session ends when the first of them all says so.
    fn read(statements: &[Signed<'d>]) -> Result<Option<Self>, Rejection> {
        let mut found: Option<Self> = None;
        for statement in statements {
            let next = Self::read_one(*statement)?;
            let first = found.get_or_insert(next);
            let ends = [first.session_not_on_or_after, next.session_not_on_or_after];
            first.session_not_on_or_after = ends.into_iter().flatten().min();
        }
        Ok(found)
    }

    fn read_one(statement: Signed<'d>) -> Result<Self, Rejection> {
        let element = statement.element();
        let instant = timestamp(statement.attribute("AuthnInstant"), "AuthnInstant")?;
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
                structure(Problem::AttributeMissing("AuthnInstant"), element, element)
            })?,
            session_index: statement.attribute("SessionIndex"),
            session_not_on_or_after: timestamp(
                statement.attribute("SessionNotOnOrAfter"),
                "SessionNotOnOrAfter",
            )?,
            context_class: class.map(Signed::value).transpose()?,
        })
    }
}

impl<'d> Attribute<'d> {
    /// Reads the values that are text; a value that holds elements is nothing a claim could carry, and is left out.
    pub(crate) fn read(attribute: Signed<'d>) -> Result<Self, Rejection> {
        refuse_text(attribute)?;
        let element = attribute.element();
        let name = attribute.attribute("Name");
        let name =
            name.ok_or_else(|| structure(Problem::AttributeMissing("Name"), element, element))?;
        let mut values = Vec::with_capacity(1);
        for child in attribute.children() {
            if !child.is(Namespace::SAML, "AttributeValue") {
                return Err(structure(Problem::Unexpected, child.element(), element));
            }
            match child.value() {
                Ok(value) => values.push(value),
                Err(Rejection::ValueStructure { .. }) => {}
                Err(rejection) => return Err(rejection),
            }
        }
        Ok(Self::Plain {
            name,
            name_format: attribute.attribute("NameFormat"),
            values,
        })
    }
}

fn refuse_text(signed: Signed<'_>) -> Result<(), Rejection> {
    if signed.has_text_between() {
        Err(structure(Problem::Text, signed.element(), signed.element()))
    } else {
        Ok(())
    }
}
