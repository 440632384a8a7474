//! Who a person is, in the words of their identity provider.

use runtime::email_address::EmailAddress;
use saml::Claims;
use serde_json::json;
use store::{AttributeMapping, Connection, ConnectionSettings, Profile, Provider};

use super::error::Refusal;

mod preset;

pub use preset::{Part, preset};

/// A value longer than this is no name and no address.
const LONGEST_VALUE: usize = 512;
/// More groups than this would make an ID token that no server takes in a header.
const MOST_GROUPS: usize = 1000;
/// Entra ID says by this attribute that somebody is in more groups than it sends: that they have none is not meant.
const GROUPS_ELSEWHERE: &str = "http://schemas.microsoft.com/claims/groups.link";

const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

/// What an assertion says about a person, read by a connection's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The name of the account, unique at the identity provider and the same at every sign-in.
    pub subject: String,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// Whole name.
    pub name: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Groups; nothing when the identity provider does not say which.
    pub groups: Option<Vec<String>>,
}

impl Described {
    /// Reads what an accepted assertion says.
    ///
    /// # Errors
    ///
    /// When it names nobody by whom an account could be known.
    pub fn read(
        claims: &Claims,
        connection: &Connection,
        entity_id: &str,
    ) -> Result<Self, Refusal> {
        let reader = Reader {
            claims,
            provider: connection.settings.provider,
            names: &connection.settings.attribute_mapping,
        };
        Ok(Self {
            subject: subject(claims, connection, entity_id)?,
            email: reader.email(),
            name: reader.one(Part::Name),
            first_name: reader.one(Part::FirstName),
            last_name: reader.one(Part::LastName),
            groups: reader.groups(),
        })
    }

    /// The whole name, put together when it was not said.
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

    /// The groups, where the identity provider has said which they are.
    ///
    /// Entra ID sends none at all when there are too many, so its silence says nothing. Neither does that of an
    /// identity provider which has never named a group of this person's: it may name none to anybody.
    pub fn groups_said(&self, provider: Provider, before: &Profile) -> Option<&[String]> {
        let groups = self.groups.as_deref()?;
        let has_named_some = !before.groups.is_empty() && provider != Provider::Entra;
        (!groups.is_empty() || has_named_some).then_some(groups)
    }

    /// What is known of the person from now on: what was said now, and what was known before where nothing was said.
    pub fn over(&self, before: &Profile) -> Profile {
        let or = |now: Option<String>, before: &Option<String>| now.or_else(|| before.clone());
        Profile {
            email: or(self.email.as_ref().map(ToString::to_string), &before.email),
            email_verified_at: before.email_verified_at,
            name: or(self.display_name(), &before.name),
            first_name: or(self.first_name.clone(), &before.first_name),
            last_name: or(self.last_name.clone(), &before.last_name),
            groups: self.groups.clone().unwrap_or_else(|| before.groups.clone()),
        }
    }
}

/// The account's name: the attribute that the connection names, or else the NameID with what qualifies it.
///
/// Written as JSON so that no two accounts can be written alike, whatever stands in a name.
fn subject(claims: &Claims, connection: &Connection, entity_id: &str) -> Result<String, Refusal> {
    if let Some(attribute) = &connection.settings.subject_attribute {
        let mut values = claims
            .values(attribute)
            .map(str::trim)
            .filter(|value| !value.is_empty());
        let missing = || Refusal::NoSubject {
            expected: format!("value of the attribute {attribute}"),
        };
        let value = values
            .next()
            .filter(|value| value.len() <= LONGEST_VALUE)
            .ok_or_else(missing)?;
        if values.next().is_some() {
            return Err(missing());
        }
        return Ok(json!(["attribute", attribute, value]).to_string());
    }
    let missing = || Refusal::NoSubject {
        expected: "NameID".to_owned(),
    };
    let name_id = claims.name_id.as_ref().ok_or_else(missing)?;
    if name_id.format.as_deref() == Some(TRANSIENT) {
        return Err(Refusal::TransientSubject);
    }
    // A qualifier that says what is understood without it must not make another account (saml-core 8.3.7).
    let qualifier = name_id
        .name_qualifier
        .as_deref()
        .filter(|one| *one != claims.issuer);
    let sp_qualifier = name_id
        .sp_name_qualifier
        .as_deref()
        .filter(|one| *one != entity_id);
    Ok(json!(["name-id", name_id.value, qualifier, sp_qualifier]).to_string())
}

/// Which attribute has filled which part of the profile, by the names of both.
pub fn sources(claims: &Claims, settings: &ConnectionSettings) -> Vec<(&'static str, String)> {
    let reader = Reader {
        claims,
        provider: settings.provider,
        names: &settings.attribute_mapping,
    };
    let filled = |part: Part| {
        reader
            .source(part)
            .map(|name| (part.name(), name.to_owned()))
    };
    Part::ALL.into_iter().filter_map(filled).collect()
}

struct Reader<'c> {
    claims: &'c Claims,
    provider: Provider,
    names: &'c AttributeMapping,
}

impl Reader<'_> {
    /// The first usable value of the attribute that fills this part.
    fn one(&self, part: Part) -> Option<String> {
        self.all(part).into_iter().next()
    }

    /// All usable values of the one attribute that fills this part: the administrator's choice, or else the first of
    /// the provider's usual names that the assertion has.
    fn all(&self, part: Part) -> Vec<String> {
        self.source(part)
            .map(|name| self.values(name))
            .unwrap_or_default()
    }

    /// The name of that attribute, when it has a usable value.
    fn source(&self, part: Part) -> Option<&str> {
        let chosen = match part {
            Part::Email => &self.names.email,
            Part::FirstName => &self.names.first_name,
            Part::LastName => &self.names.last_name,
            Part::Name => &self.names.name,
            Part::Groups => &self.names.groups,
        };
        let is_sent = |name: &&str| !self.values(name).is_empty();
        match chosen {
            Some(chosen) => Some(chosen.as_str()).filter(is_sent),
            None => preset(self.provider, part).find(is_sent),
        }
    }

    fn values(&self, name: &str) -> Vec<String> {
        let values = self.claims.values(name).map(str::trim);
        values
            .filter(|value| is_usable(value))
            .map(str::to_owned)
            .collect()
    }

    /// The address that is said, or else the NameID when it is one.
    fn email(&self) -> Option<EmailAddress> {
        let said = self
            .all(Part::Email)
            .into_iter()
            .find_map(|value| EmailAddress::parse(&value));
        let name_id = self
            .claims
            .name_id
            .as_ref()
            .filter(|name_id| name_id.format.as_deref() != Some(PERSISTENT));
        said.or_else(|| name_id.and_then(|name_id| EmailAddress::parse(&name_id.value)))
    }

    fn groups(&self) -> Option<Vec<String>> {
        let mut groups = self.all(Part::Groups);
        if groups.is_empty() && self.claims.values(GROUPS_ELSEWHERE).next().is_some() {
            return None;
        }
        // PingFederate writes several groups as one value (measured in its own responses).
        if let (Provider::PingFederate, [one]) = (self.provider, groups.as_slice()) {
            groups = one
                .split(',')
                .map(str::trim)
                .filter(|group| !group.is_empty())
                .map(str::to_owned)
                .collect();
        }
        groups.sort();
        groups.dedup();
        groups.truncate(MOST_GROUPS);
        Some(groups)
    }
}

fn is_usable(value: &str) -> bool {
    !value.is_empty() && value.len() <= LONGEST_VALUE && !value.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
