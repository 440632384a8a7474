//! The attributes of a signed assertion (saml-core 2.7.3.1).

use std::borrow::Cow;

use crate::claims::Attribute;
use crate::dsig::SignedElement;
use crate::rejection::{Rejection, StructureProblem};
use crate::response_envelope::{invalid_structure, reject_text};
use crate::text_list::TextList;
use crate::xml::{Element, Namespace, Node, trim};

/// An attribute with its values, or an encrypted attribute.
#[derive(Clone, Debug)]
pub(crate) enum AttributeElement<'d> {
    Plain(PlainAttribute<'d>),
    Encrypted(SignedElement<'d>),
}

#[derive(Clone, Debug)]
pub(crate) struct PlainAttribute<'d> {
    name: &'d str,
    name_format: Option<&'d str>,
    values: Vec<AttributeValue<'d>>,
}

/// A value that a claim can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AttributeValue<'d> {
    Text(&'d str),
    /// A `NameID` in place of text, as in `eduPersonTargetedID`.
    NameId(Box<NameIdValue<'d>>),
}

/// A `NameID` that is the value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameIdValue<'d> {
    value: &'d str,
    name_qualifier: Option<&'d str>,
    sp_name_qualifier: Option<&'d str>,
}

/// What an absent qualifier of a `NameID` stands for (saml-core 8.3.7).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DefaultQualifiers<'q> {
    /// The issuer of the assertion.
    pub(crate) name_qualifier: &'q str,
    /// Our entity ID; empty where it is not known.
    pub(crate) sp_name_qualifier: &'q str,
}

const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

impl<'d> PlainAttribute<'d> {
    /// Leaves out values that hold other elements than one `NameID`, which no claim can carry.
    pub(crate) fn parse(attribute: SignedElement<'d>) -> Result<Self, Rejection> {
        reject_text(attribute)?;
        let element = attribute.element();
        let name = attribute.attribute("Name");
        let name = name.ok_or_else(|| {
            invalid_structure(StructureProblem::AttributeMissing("Name"), element, element)
        })?;
        // Each value is an element with a text.
        let mut values = Vec::with_capacity(element.subtree().len() / 2);
        for child in attribute.children() {
            if !child.is(Namespace::SAML, "AttributeValue") {
                return Err(invalid_structure(
                    StructureProblem::Unexpected,
                    child.element(),
                    element,
                ));
            }
            match child.value() {
                Ok(value) => values.push(AttributeValue::Text(value)),
                Err(Rejection::InvalidValue { .. }) => {
                    values.extend(AttributeValue::parse_name_id(child.element()));
                }
                Err(rejection) => return Err(rejection),
            }
        }
        Ok(Self {
            name,
            name_format: attribute.attribute("NameFormat"),
            values,
        })
    }

    pub(crate) fn to_claim(&self, defaults: DefaultQualifiers<'_>) -> Attribute {
        let octets = self.values.iter().map(AttributeValue::length).sum();
        let mut values = TextList::with_capacity(self.values.len(), octets);
        for value in &self.values {
            values.push(&value.to_text(defaults));
        }
        Attribute {
            name: self.name.to_owned(),
            name_format: self.name_format.map(str::to_owned),
            values,
        }
    }
}

impl<'d> AttributeValue<'d> {
    /// Reads an `AttributeValue` of any element; none if no claim can carry it.
    pub(crate) fn parse(value: Element<'d>) -> Option<Self> {
        match value.value() {
            Ok(text) => Some(Self::Text(trim(text))),
            Err(_) => Self::parse_name_id(value),
        }
    }

    /// Reads an `AttributeValue` that holds one `NameID` and nothing else.
    ///
    /// None for a transient `NameID`, which identifies no one at the next sign-in, and for qualifiers with `!`, with which
    /// two different `NameID`s could have the same text.
    fn parse_name_id(value: Element<'d>) -> Option<Self> {
        let mut found = None;
        for node in value.nodes() {
            match node {
                Node::Text(text) if trim(text).is_empty() => {}
                Node::Element(child) if child.is(Namespace::SAML, "NameID") && found.is_none() => {
                    found = Some(child);
                }
                Node::Element(_) | Node::Text(_) | Node::Comment(_) | Node::Instruction { .. } => {
                    return None;
                }
            }
        }
        let name_id = found?;
        let text = trim(name_id.value().ok()?);
        let qualifier = |name| name_id.attribute(name).map(trim).filter(|q| !q.is_empty());
        let parsed = NameIdValue {
            value: text,
            name_qualifier: qualifier("NameQualifier"),
            sp_name_qualifier: qualifier("SPNameQualifier"),
        };
        let qualifiers = [parsed.name_qualifier, parsed.sp_name_qualifier];
        let is_ambiguous = qualifiers.iter().flatten().any(|q| q.contains('!'));
        let is_transient = name_id.attribute("Format").map(trim) == Some(TRANSIENT);
        (!text.is_empty() && !is_ambiguous && !is_transient).then(|| Self::NameId(Box::new(parsed)))
    }

    /// The text of the value; of a `NameID` the form `NameQualifier!SPNameQualifier!value`, which Shibboleth writes too.
    pub(crate) fn to_text(&self, defaults: DefaultQualifiers<'_>) -> Cow<'d, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::NameId(name_id) => Cow::Owned(format!(
                "{}!{}!{}",
                name_id.name_qualifier.unwrap_or(defaults.name_qualifier),
                name_id
                    .sp_name_qualifier
                    .unwrap_or(defaults.sp_name_qualifier),
                name_id.value
            )),
        }
    }

    /// The number of octets of a text; of a `NameID` less than its text has.
    fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::NameId(name_id) => name_id.value.len(),
        }
    }
}
