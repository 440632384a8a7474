//! Attribute mapping: what an assertion says about a user, by the rules of a connection.

use runtime::email_address::EmailAddress;
use saml::Claims;
use serde_json::json;
use store::{AttributeMapping, Connection, ConnectionSettings, Profile, Provider, StandardClaims};

use super::error::SignInError;

mod preset;
mod standard_claims;

pub use preset::{ProfileField, preset_attribute_names};
use standard_claims::{merge_claims, standard_claims};

/// The maximum length of a value, in bytes; longer values are ignored.
const MAX_VALUE_BYTES: usize = 512;
/// More groups would make an ID token that no server takes in a header.
const MAX_GROUPS: usize = 1000;
/// Entra ID sends this attribute in place of the groups when a user is in more groups than it sends; it does not mean
/// that the user has none.
const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";

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

const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedProfile {
    /// Identifies the account: unique at the identity provider, and the same at every sign-in.
    pub subject: String,
    pub email: Option<EmailAddress>,
    /// The full name, as sent.
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// `None` when the assertion states that groups exist without listing them (`groups.link` of Entra ID); empty when
    /// no groups were sent.
    pub groups: Option<Vec<String>>,
    pub standard_claims: StandardClaims,
}

impl MappedProfile {
    pub fn new(
        claims: &Claims,
        connection: &Connection,
        entity_id: &str,
    ) -> Result<Self, SignInError> {
        let mapper = AttributeMapper::new(claims, &connection.settings);
        Ok(Self {
            subject: subject(claims, connection, entity_id)?,
            email: mapper.email(),
            name: mapper.first_value(ProfileField::Name),
            first_name: mapper.first_value(ProfileField::FirstName),
            last_name: mapper.first_value(ProfileField::LastName),
            groups: mapper.groups(),
            standard_claims: standard_claims(claims),
        })
    }

    /// The full name, put together from its parts when it was not sent.
    pub fn display_name(&self) -> Option<String> {
        let parts: Vec<&str> = [&self.first_name, &self.last_name]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        self.name
            .clone()
            .or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
    }

    /// The groups, if the assertion states them: `None` means that they are unknown.
    ///
    /// Entra ID sends no groups at all when there are too many, so an assertion without groups means nothing. The same
    /// holds for an identity provider that has never sent a group of this user: it may be configured to send none.
    pub fn sent_groups(&self, provider: Provider, before: &Profile) -> Option<&[String]> {
        let groups = self.groups.as_deref()?;
        let absence_means_none = !before.groups.is_empty() && provider != Provider::Entra;
        (!groups.is_empty() || absence_means_none).then_some(groups)
    }

    /// The profile to store: each field as sent now, or as before if it was not sent. Groups are replaced even if none
    /// were sent, unless they are unknown.
    pub fn merge_into(&self, before: &Profile) -> Profile {
        let or = |now: Option<String>, before: &Option<String>| now.or_else(|| before.clone());
        Profile {
            email: or(self.email.as_ref().map(ToString::to_string), &before.email),
            email_verified_at: before.email_verified_at,
            name: or(self.display_name(), &before.name),
            first_name: or(self.first_name.clone(), &before.first_name),
            last_name: or(self.last_name.clone(), &before.last_name),
            groups: self.groups.clone().unwrap_or_else(|| before.groups.clone()),
            standard_claims: merge_claims(&self.standard_claims, &before.standard_claims),
        }
    }
}

/// The subject attribute of the connection, or else the `NameID` with its qualifiers.
///
/// It is written as JSON so that no two accounts have the same subject, whatever their names contain.
fn subject(
    claims: &Claims,
    connection: &Connection,
    entity_id: &str,
) -> Result<String, SignInError> {
    if let Some(attribute) = &connection.settings.subject_attribute {
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
        return Ok(json!(["attribute", attribute, value]).to_string());
    }
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
    Ok(json!(["name-id", name_id.value, qualifier, sp_qualifier]).to_string())
}

/// Whether a value stands for a missing one. An identity provider whose attribute is empty for a user may send the text
/// that its software shows for nothing: all such users would share one account.
fn is_placeholder(subject: &str) -> bool {
    let subject = subject.trim();
    PLACEHOLDERS
        .iter()
        .any(|placeholder| placeholder.eq_ignore_ascii_case(subject))
}

/// The names of the profile fields, each with the attribute that filled it.
pub fn attribute_sources(
    claims: &Claims,
    settings: &ConnectionSettings,
) -> Vec<(&'static str, String)> {
    let mapper = AttributeMapper::new(claims, settings);
    let source = |field: ProfileField| Some((field.name(), mapper.source(field)?.to_owned()));
    ProfileField::ALL.into_iter().filter_map(source).collect()
}

struct AttributeMapper<'c> {
    claims: &'c Claims,
    provider: Provider,
    names: &'c AttributeMapping,
}

impl<'c> AttributeMapper<'c> {
    fn new(claims: &'c Claims, settings: &'c ConnectionSettings) -> Self {
        Self {
            claims,
            provider: settings.provider,
            names: &settings.attribute_mapping,
        }
    }

    fn first_value(&self, field: ProfileField) -> Option<String> {
        self.field_values(field).into_iter().next()
    }

    /// The usable values of the one attribute that fills this field.
    fn field_values(&self, field: ProfileField) -> Vec<String> {
        self.source(field)
            .map(|name| self.values(name))
            .unwrap_or_default()
    }

    /// The attribute that fills this field, when it has a usable value: the one that the administrator configured, or
    /// else the first of the provider's usual names that the assertion has.
    fn source(&self, field: ProfileField) -> Option<&str> {
        let configured = match field {
            ProfileField::Email => &self.names.email,
            ProfileField::FirstName => &self.names.first_name,
            ProfileField::LastName => &self.names.last_name,
            ProfileField::Name => &self.names.name,
            ProfileField::Groups => &self.names.groups,
        };
        let is_sent = |name: &&str| !self.values(name).is_empty();
        match configured {
            Some(configured) => Some(configured.as_str()).filter(is_sent),
            None => preset_attribute_names(self.provider, field).find(is_sent),
        }
    }

    fn values(&self, name: &str) -> Vec<String> {
        let values = self.claims.values(name).map(str::trim);
        values
            .filter(|value| is_usable(value))
            .map(str::to_owned)
            .collect()
    }

    /// The first address of the email attribute, or else the `NameID` when it is one.
    fn email(&self) -> Option<EmailAddress> {
        let sent = self
            .field_values(ProfileField::Email)
            .into_iter()
            .find_map(|value| EmailAddress::parse(&value));
        let name_id = self
            .claims
            .name_id
            .as_ref()
            .filter(|name_id| name_id.format.as_deref() != Some(PERSISTENT));
        sent.or_else(|| name_id.and_then(|name_id| EmailAddress::parse(&name_id.value)))
    }

    fn groups(&self) -> Option<Vec<String>> {
        let mut groups = self.field_values(ProfileField::Groups);
        if groups.is_empty() && self.claims.values(GROUPS_LINK).next().is_some() {
            return None;
        }
        // PingFederate writes several groups as one value (measured in its own responses).
        if let (Provider::PingFederate, [joined]) = (self.provider, groups.as_slice()) {
            groups = joined
                .split(',')
                .map(str::trim)
                .filter(|group| !group.is_empty())
                .map(str::to_owned)
                .collect();
        }
        groups.sort();
        groups.dedup();
        groups.truncate(MAX_GROUPS);
        Some(groups)
    }
}

fn is_usable(value: &str) -> bool {
    !value.is_empty() && value.len() <= MAX_VALUE_BYTES && !value.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
