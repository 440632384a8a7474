//! What identifies the account of a user at a connection: the `NameID`, or the subject attribute.

use runtime::email_address::EmailAddress;
use saml::{Claims, NameId};
use serde_json::{Value, json};
use store::Connection;

use super::MAX_VALUE_BYTES;
use crate::sign_in::error::SignInError;

/// What software sends as the value of an attribute that has none.
const PLACEHOLDERS: [&str; 8] = [
    "null",
    "(null)",
    "nil",
    "none",
    "undefined",
    "unknown",
    "n/a",
    "0",
];

pub(super) const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
pub(super) const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
/// The SAML V2.0 Subject Identifier Attributes Profile, 3.3 and 3.4.
const SUBJECT_IDENTIFIERS: [&str; 2] = [
    "urn:oasis:names:tc:SAML:attribute:subject-id",
    "urn:oasis:names:tc:SAML:attribute:pairwise-id",
];
/// The formats whose value may be an email address, besides none.
const EMAIL_FORMATS: [&str; 2] = [
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
];

/// The subject of an account, as JSON so that no two accounts have the same one, whatever their names contain.
///
/// The domain of an email address is compared without the case of its ASCII letters (RFC 5321 2.4): directories change how
/// they write it, and the same person must not become another member. Nothing else is folded: an identity provider may
/// tell two users apart by a full-width letter or a soft hyphen, which are the same domain in IDNA. The part before the
/// domain is compared exactly. The identifiers of the SAML
/// subject identifier attributes are compared without case as a whole, as that profile demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSubject {
    /// As it is stored for new accounts, in its normalized form.
    pub normalized: String,
    /// As it was sent, which is how accounts were stored before domains were normalized.
    pub sent: String,
    /// Whether it has other spellings that are the same account.
    pub has_spellings: bool,
}

impl AccountSubject {
    /// The subject attribute of the connection, or else the `NameID` with its qualifiers.
    pub(super) fn new(
        claims: &Claims,
        connection: &Connection,
        entity_id: &str,
    ) -> Result<Self, SignInError> {
        match &connection.settings.subject_attribute {
            Some(attribute) => Self::from_attribute(claims, attribute),
            None => Self::from_name_id(claims, entity_id),
        }
    }

    fn from_attribute(claims: &Claims, attribute: &str) -> Result<Self, SignInError> {
        let mut values = claims
            .values(attribute)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        let not_found = || SignInError::SubjectNotFound {
            expected: format!("value of the attribute {attribute}"),
        };
        let value = values
            .next()
            .filter(|value| value.len() <= MAX_VALUE_BYTES)
            .ok_or_else(not_found)?;
        if values.next().is_some() || is_placeholder(value) {
            return Err(not_found());
        }
        Ok(Self::with_spellings(
            value,
            normalize_value(attribute, value),
            |value| json!(["attribute", attribute, value]),
        ))
    }

    fn from_name_id(claims: &Claims, entity_id: &str) -> Result<Self, SignInError> {
        let not_found = || SignInError::SubjectNotFound {
            expected: "NameID".to_owned(),
        };
        let name_id = claims.name_id.as_ref().ok_or_else(not_found)?;
        if name_id.format.as_deref() == Some(TRANSIENT) {
            return Err(SignInError::TransientSubject);
        }
        if is_placeholder(&name_id.value) {
            return Err(not_found());
        }
        // A qualifier that states the default must not make another account (saml-core 8.3.7).
        let qualifier = name_id
            .name_qualifier
            .as_deref()
            .filter(|qualifier| *qualifier != claims.issuer);
        let sp_qualifier = name_id
            .sp_name_qualifier
            .as_deref()
            .filter(|qualifier| *qualifier != entity_id);
        let normalized = normalize_domain(&name_id.value).filter(|_| may_be_email(name_id));
        Ok(Self::with_spellings(&name_id.value, normalized, |value| {
            json!(["name-id", value, qualifier, sp_qualifier])
        }))
    }

    fn with_spellings(
        value: &str,
        normalized: Option<String>,
        to_json: impl Fn(&str) -> Value,
    ) -> Self {
        let sent = to_json(value).to_string();
        Self {
            has_spellings: normalized.is_some(),
            normalized: normalized
                .map_or_else(|| sent.clone(), |value| to_json(&value).to_string()),
            sent,
        }
    }

    /// Whether a stored subject is another spelling of this one.
    pub fn is_same(&self, stored: &str) -> bool {
        self.has_spellings
            && normalize_stored(stored).is_some_and(|stored| stored == self.normalized)
    }
}

/// Whether a `NameID` of this format may be an email address. Other formats are opaque to everyone but the identity
/// provider.
fn may_be_email(name_id: &NameId) -> bool {
    let format = name_id.format.as_deref();
    format.is_none_or(|format| EMAIL_FORMATS.contains(&format))
}

/// The normalized form of an attribute's value; `None` when it has one spelling alone.
fn normalize_value(attribute: &str, value: &str) -> Option<String> {
    if SUBJECT_IDENTIFIERS.contains(&attribute) {
        return Some(value.to_ascii_lowercase());
    }
    normalize_domain(value)
}

/// An email address with the ASCII letters of its domain in lower case. `None` when it is no email address.
fn normalize_domain(value: &str) -> Option<String> {
    EmailAddress::parse(value)?;
    let (name, domain) = value.split_once('@')?;
    Some(format!("{name}@{}", domain.to_ascii_lowercase()))
}

fn normalize_stored(subject: &str) -> Option<String> {
    let mut parts: Vec<Value> = serde_json::from_str(subject).ok()?;
    let is_attribute = parts.first().is_some_and(|kind| kind == "attribute");
    if is_attribute {
        let normalized = normalize_value(parts.get(1)?.as_str()?, parts.get(2)?.as_str()?)?;
        *parts.get_mut(2)? = normalized.into();
    } else {
        let value = parts.get_mut(1)?;
        *value = normalize_domain(value.as_str()?)?.into();
    }
    Some(Value::from(parts).to_string())
}

/// Whether a value stands for a missing one. An identity provider whose attribute is empty for a user may send the text
/// that its software shows for nothing: all such users would share one account.
pub(super) fn is_placeholder(subject: &str) -> bool {
    let subject = subject.trim();
    PLACEHOLDERS
        .iter()
        .any(|placeholder| placeholder.eq_ignore_ascii_case(subject))
}
