//! The parameter `claims`: single claims that an application asks for (OpenID Connect Core 5.5).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::scope::{Scope, Scopes};

/// More values of one claim than any application names.
const MAX_VALUES: usize = 20;

/// The claims that a request names, for each of the two places that report them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsRequest {
    #[serde(default)]
    pub id_token: RequestedClaims,
    #[serde(default)]
    pub userinfo: RequestedClaims,
}

/// The claims about the member that a request names, each with the values that the application asks for; without values
/// any will do. Claims that this provider does not have are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestedClaims(BTreeMap<ClaimName, Vec<Value>>);

impl RequestedClaims {
    /// Whether the application receives this claim: a scope covers it, or the request names it and its value.
    pub(crate) fn selects(&self, name: ClaimName, scopes: &Scopes, value: &Value) -> bool {
        let requested = self.0.get(&name);
        scopes.contains(name.scope())
            || requested.is_some_and(|values| values.is_empty() || values.contains(value))
    }

    fn parse(members: &Map<String, Value>) -> Option<Self> {
        let mut claims = BTreeMap::new();
        for name in ClaimName::ALL {
            if let Some(member) = members.get(name.as_str()) {
                claims.insert(name, ClaimMember::parse(member)?.values);
            }
        }
        Some(Self(claims))
    }
}

/// A claim about the member that scopes cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClaimName {
    Email,
    EmailVerified,
    GivenName,
    FamilyName,
    Name,
    PreferredUsername,
    Locale,
    Zoneinfo,
    UpdatedAt,
    Groups,
}

impl ClaimName {
    const ALL: [Self; 10] = [
        Self::Email,
        Self::EmailVerified,
        Self::GivenName,
        Self::FamilyName,
        Self::Name,
        Self::PreferredUsername,
        Self::Locale,
        Self::Zoneinfo,
        Self::UpdatedAt,
        Self::Groups,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::EmailVerified => "email_verified",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Name => "name",
            Self::PreferredUsername => "preferred_username",
            Self::Locale => "locale",
            Self::Zoneinfo => "zoneinfo",
            Self::UpdatedAt => "updated_at",
            Self::Groups => "groups",
        }
    }

    /// The scope that covers the claim (OpenID Connect Core 5.4).
    const fn scope(self) -> Scope {
        match self {
            Self::Email | Self::EmailVerified => Scope::Email,
            Self::GivenName
            | Self::FamilyName
            | Self::Name
            | Self::PreferredUsername
            | Self::Locale
            | Self::Zoneinfo
            | Self::UpdatedAt => Scope::Profile,
            Self::Groups => Scope::Groups,
        }
    }
}

/// The parameter with what concerns the sign-in itself: who signs in, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParsedClaims {
    pub request: ClaimsRequest,
    /// The only `sub` that may be reported (OpenID Connect Core 5.5.1).
    pub subject: Option<String>,
    /// The values of `acr` that are asked for, the preferred one first.
    pub acr_values: Vec<String>,
    /// The same values, when `acr` is essential.
    pub essential_acr_values: Vec<String>,
}

impl ParsedClaims {
    /// `None` when the parameter is no object of objects, or names two subjects.
    pub(crate) fn parse(parameter: Option<&str>) -> Option<Self> {
        let Some(parameter) = parameter else {
            return Some(Self::default());
        };
        let members: Map<String, Value> = serde_json::from_str(parameter).ok()?;
        let none = Map::new();
        let place = |name| match members.get(name) {
            None | Some(Value::Null) => Some(&none),
            Some(place) => place.as_object(),
        };
        let (id_token, userinfo) = (place("id_token")?, place("userinfo")?);
        let acr = ClaimMember::parse(id_token.get("acr").unwrap_or(&Value::Null))?;
        let acr_values: Vec<String> = acr.texts();
        Some(Self {
            request: ClaimsRequest {
                id_token: RequestedClaims::parse(id_token)?,
                userinfo: RequestedClaims::parse(userinfo)?,
            },
            subject: RequestedSubject::parse([id_token, userinfo])?.0,
            essential_acr_values: if acr.is_essential {
                acr_values.clone()
            } else {
                Vec::new()
            },
            acr_values,
        })
    }
}

/// The `sub` that the request names; any `sub` without one.
struct RequestedSubject(Option<String>);

impl RequestedSubject {
    /// `None` when the request names two subjects: in one place, or another one in each.
    fn parse(places: [&Map<String, Value>; 2]) -> Option<Self> {
        let mut subject: Option<String> = None;
        for place in places {
            let member = ClaimMember::parse(place.get("sub").unwrap_or(&Value::Null))?;
            let named = match member.texts().as_slice() {
                [] => continue,
                [one] => one.clone(),
                [_, _, ..] => return None,
            };
            if subject.as_ref().is_some_and(|other| *other != named) {
                return None;
            }
            subject = Some(named);
        }
        Some(Self(subject))
    }
}

/// What a request says about one claim.
struct ClaimMember {
    is_essential: bool,
    values: Vec<Value>,
}

impl ClaimMember {
    /// `null`, or an object with `essential`, `value` and `values`; other members are ignored.
    fn parse(member: &Value) -> Option<Self> {
        let none = Map::new();
        let members = match member {
            Value::Null => &none,
            member => member.as_object()?,
        };
        let is_essential = match members.get("essential") {
            None => false,
            Some(essential) => essential.as_bool()?,
        };
        let values = match (members.get("value"), members.get("values")) {
            (None, None) => Vec::new(),
            (Some(value), None) => vec![value.clone()],
            (None, Some(values)) => values.as_array()?.clone(),
            (Some(_), Some(_)) => return None,
        };
        (values.len() <= MAX_VALUES).then_some(Self {
            is_essential,
            values,
        })
    }

    fn texts(&self) -> Vec<String> {
        let texts = self.values.iter().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_parameter_names_who_signs_in_and_how() {
        let parsed = ParsedClaims::parse(Some(
            r#"{"id_token":{"sub":{"value":"mem_1"},"acr":{"essential":true,"values":["urn:a","urn:b"]}},
                "userinfo":{"sub":{"value":"mem_1"}}}"#,
        ))
        .unwrap();
        assert_eq!(parsed.subject.as_deref(), Some("mem_1"));
        assert_eq!(parsed.acr_values, ["urn:a", "urn:b"]);
        assert_eq!(parsed.essential_acr_values, ["urn:a", "urn:b"]);
    }

    #[test]
    fn a_voluntary_acr_is_only_preferred() {
        let parsed =
            ParsedClaims::parse(Some(r#"{"id_token":{"acr":{"value":"urn:a"}}}"#)).unwrap();
        assert_eq!(parsed.acr_values, ["urn:a"]);
        assert_eq!(parsed.essential_acr_values, [""; 0]);
    }

    #[rstest]
    #[case::no_json("email")]
    #[case::list("[]")]
    #[case::place_is_a_list(r#"{"id_token":[]}"#)]
    #[case::claim_is_a_text(r#"{"id_token":{"email":"yes"}}"#)]
    #[case::essential_is_a_text(r#"{"id_token":{"email":{"essential":"yes"}}}"#)]
    #[case::value_and_values(r#"{"id_token":{"email":{"value":"a","values":["b"]}}}"#)]
    #[case::two_subjects(r#"{"id_token":{"sub":{"value":"a"}},"userinfo":{"sub":{"value":"b"}}}"#)]
    #[case::list_of_subjects(r#"{"id_token":{"sub":{"values":["a","b"]}}}"#)]
    fn a_malformed_parameter_is_rejected(#[case] parameter: &str) {
        assert_eq!(ParsedClaims::parse(Some(parameter)), None);
    }

    #[rstest]
    fn other_members_are_ignored(
        #[values(
            "{}",
            r#"{"id_token":null,"userinfo":{}}"#,
            r#"{"verified_claims":[],"id_token":{"address":{"purpose":"mail"}}}"#
        )]
        parameter: &str,
    ) {
        let parsed = ParsedClaims::parse(Some(parameter));
        assert_eq!(parsed, Some(ParsedClaims::default()));
    }

    #[test]
    fn a_request_survives_serialization() {
        let parameter =
            r#"{"id_token":{"email":null},"userinfo":{"locale":{"values":["de","en"]}}}"#;
        let request = ParsedClaims::parse(Some(parameter)).unwrap().request;
        let stored = serde_json::to_string(&request).unwrap();
        assert_eq!(
            serde_json::from_str::<ClaimsRequest>(&stored).unwrap(),
            request
        );
    }
}
