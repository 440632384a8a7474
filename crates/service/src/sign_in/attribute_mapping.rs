//! Attribute mapping: what an assertion says about a user, by the rules of a connection.

use runtime::email_address::EmailAddress;
use saml::Claims;
use store::{
    AttributeMapping, Connection, ConnectionSettings, GroupSeparator, Profile, Provider, RoleRule,
    StandardClaims,
};

use super::error::SignInError;
use account_subject::PERSISTENT;
use joined_groups::split_groups;

mod account_subject;
mod custom_claims;
mod distinguished_name;
mod joined_groups;
mod preset;
mod standard_claims;
mod token_groups;

pub use account_subject::AccountSubject;
pub use custom_claims::MappedClaims;
pub use joined_groups::looks_joined;
pub use preset::{ProfileField, preset_attribute_names};
use standard_claims::{merge_claims, standard_claims};
pub use token_groups::TokenGroups;

/// The maximum length of a value, in bytes; longer values are ignored.
const MAX_VALUE_BYTES: usize = 512;
/// Among more addresses none is looked for.
const MAX_EMAILS: usize = 20;
/// Entra ID sends this attribute in place of the groups when a user is in more groups than it sends; it does not mean
/// that the user has none.
const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedProfile {
    /// Identifies the account: unique at the identity provider, and the same at every sign-in.
    pub subject: AccountSubject,
    /// The addresses in the email attribute, or else the `NameID` when it is one.
    pub emails: Vec<EmailAddress>,
    /// The attribute whose value is several addresses in one, when there is no address.
    pub joined_emails: Option<String>,
    /// The full name, as sent.
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// Every group, in alphabetical order. `None` when the assertion states that groups exist without listing them
    /// (`groups.link` of Entra ID); empty when no groups were sent.
    pub groups: Option<Vec<String>>,
    pub standard_claims: StandardClaims,
    pub custom_claims: MappedClaims,
}

impl MappedProfile {
    pub fn new(
        claims: &Claims,
        connection: &Connection,
        entity_id: &str,
    ) -> Result<Self, SignInError> {
        let mapper = AttributeMapper::new(claims, &connection.settings);
        Ok(Self {
            subject: AccountSubject::new(claims, connection, entity_id)?,
            emails: mapper.emails(),
            joined_emails: mapper.joined_emails().map(str::to_owned),
            name: mapper.first_value(ProfileField::Name),
            first_name: mapper.first_value(ProfileField::FirstName),
            last_name: mapper.first_value(ProfileField::LastName),
            groups: mapper.groups(),
            standard_claims: standard_claims(claims),
            custom_claims: MappedClaims::new(claims, &connection.settings.policy.custom_claims),
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

    /// The groups for applications, of which there are at most `limit`; `None` when the groups are unknown.
    pub fn token_groups(&self, rules: &[RoleRule], limit: usize) -> Option<TokenGroups> {
        let groups = self.groups.as_deref()?;
        Some(TokenGroups::new(groups, rules, limit))
    }

    /// The profile to store: each field as sent now, or as before if it was not sent. Groups are replaced even if none
    /// were sent, unless they are unknown.
    pub fn merge_into(
        &self,
        before: &Profile,
        email: Option<&EmailAddress>,
        groups: Option<&TokenGroups>,
    ) -> Profile {
        let or = |now: Option<String>, before: &Option<String>| now.or_else(|| before.clone());
        Profile {
            email: or(email.map(ToString::to_string), &before.email),
            email_verified_at: before.email_verified_at,
            name: or(self.display_name(), &before.name),
            first_name: or(self.first_name.clone(), &before.first_name),
            last_name: or(self.last_name.clone(), &before.last_name),
            groups: groups.map_or_else(|| before.groups.clone(), |groups| groups.kept.clone()),
            standard_claims: merge_claims(&self.standard_claims, &before.standard_claims),
            custom_claims: self.custom_claims.claims.clone(),
        }
    }
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

/// The separator of groups in one value: the setting of the connection, or else what the product is known to do
/// (PingFederate, measured in its own responses).
pub fn group_separator(settings: &ConnectionSettings) -> GroupSeparator {
    let default = match settings.provider {
        Provider::PingFederate => GroupSeparator::Comma,
        _ => GroupSeparator::None,
    };
    settings.policy.group_separator.unwrap_or(default)
}

const fn separator_character(separator: GroupSeparator) -> Option<char> {
    match separator {
        GroupSeparator::None => None,
        GroupSeparator::Comma => Some(','),
        GroupSeparator::Semicolon => Some(';'),
        GroupSeparator::Pipe => Some('|'),
    }
}

/// Whether a value is several email addresses with a separator between them.
pub fn has_joined_emails(value: &str) -> bool {
    let mut parts = value
        .split([';', ',', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| EmailAddress::parse(part).is_some());
    parts.next() == Some(true) && parts.next() == Some(true) && parts.all(|is_email| is_email)
}

struct AttributeMapper<'c> {
    claims: &'c Claims,
    provider: Provider,
    names: &'c AttributeMapping,
    group_separator: Option<char>,
}

impl<'c> AttributeMapper<'c> {
    fn new(claims: &'c Claims, settings: &'c ConnectionSettings) -> Self {
        Self {
            claims,
            provider: settings.provider,
            names: &settings.attribute_mapping,
            group_separator: separator_character(group_separator(settings)),
        }
    }

    fn first_value(&self, field: ProfileField) -> Option<String> {
        let name = self.source(field)?;
        self.values(name).next().map(str::to_owned)
    }

    /// The attribute that fills this field, when it has a usable value: the one that the administrator configured, or
    /// else the first of the provider's usual names that the assertion has.
    fn source(&self, field: ProfileField) -> Option<&'c str> {
        let configured = match field {
            ProfileField::Email => &self.names.email,
            ProfileField::FirstName => &self.names.first_name,
            ProfileField::LastName => &self.names.last_name,
            ProfileField::Name => &self.names.name,
            ProfileField::Groups => &self.names.groups,
        };
        let is_sent = |name: &&str| match field {
            ProfileField::Groups => !self.group_names(name).is_empty(),
            ProfileField::Email
            | ProfileField::FirstName
            | ProfileField::LastName
            | ProfileField::Name => self.values(name).next().is_some(),
        };
        match configured {
            Some(configured) => Some(configured.as_str()).filter(is_sent),
            None => preset_attribute_names(self.provider, field).find(is_sent),
        }
    }

    fn values(&self, name: &'c str) -> impl Iterator<Item = &'c str> {
        let values = self.claims.values(name).map(str::trim);
        values.filter(|value| is_usable(value))
    }

    fn emails(&self) -> Vec<EmailAddress> {
        let values = self.source(ProfileField::Email);
        let values = values.into_iter().flat_map(|name| self.values(name));
        let sent: Vec<EmailAddress> = values
            .filter_map(EmailAddress::parse)
            .take(MAX_EMAILS)
            .collect();
        let name_id = self
            .claims
            .name_id
            .as_ref()
            .filter(|name_id| sent.is_empty() && name_id.format.as_deref() != Some(PERSISTENT));
        let name_id = name_id.and_then(|name_id| EmailAddress::parse(&name_id.value));
        sent.into_iter().chain(name_id).collect()
    }

    fn joined_emails(&self) -> Option<&'c str> {
        let name = self.source(ProfileField::Email)?;
        let is_joined = self.emails().is_empty() && self.values(name).any(has_joined_emails);
        is_joined.then_some(name)
    }

    fn groups(&self) -> Option<Vec<String>> {
        let source = self.source(ProfileField::Groups);
        let mut groups = source
            .map(|name| self.group_names(name))
            .unwrap_or_default();
        if groups.is_empty() && self.claims.values(GROUPS_LINK).next().is_some() {
            return None;
        }
        groups.sort_unstable();
        groups.dedup();
        Some(groups.into_iter().map(str::to_owned).collect())
    }

    /// The groups in an attribute. Only the message limits their number and length, since a role may depend on each.
    fn group_names(&self, name: &'c str) -> Vec<&'c str> {
        self.claims
            .values(name)
            .flat_map(|value| split_groups(value, self.group_separator))
            .filter(|group| !group.chars().any(char::is_control))
            .collect()
    }
}

fn is_usable(value: &str) -> bool {
    !value.is_empty() && value.len() <= MAX_VALUE_BYTES && !value.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
