use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::claims_request::{ClaimName, RequestedClaims};
use crate::custom_claims::CustomClaims;
use crate::scope::{Scope, Scopes};

/// A member of an organization, with what applications may learn about them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The claim `sub`: the same at every sign-in, and never used for another member.
    pub id: String,
    pub email: Option<Email>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub name: Option<String>,
    /// What the user is called at the identity provider. Not unique.
    pub preferred_username: Option<String>,
    /// A language tag (BCP 47).
    pub locale: Option<String>,
    /// A time zone of the IANA database.
    pub zoneinfo: Option<String>,
    /// When one of these values changed.
    pub updated_at: Option<Timestamp>,
    /// The groups that the identity provider sent.
    pub groups: Vec<String>,
    pub organization: Organization,
    /// The role in the organization.
    pub role: String,
    /// The custom claims of the connection, delivered with the scope `profile`.
    pub custom_claims: CustomClaims,
}

// Personal data must not be logged.
impl fmt::Debug for Member {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Member({})", self.id)
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    pub address: String,
    /// Whether its domain is verified for the member's organization.
    pub is_verified: bool,
}

impl fmt::Debug for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Email(..)")
    }
}

/// The claim `organization`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub id: String,
    pub slug: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The claim `sid`.
    pub session: String,
    /// The ID of the connection.
    pub connection: String,
    /// When the identity provider authenticated the member, if it says so.
    #[serde(with = "jiff::fmt::serde::timestamp::second::optional")]
    pub auth_time: Option<Timestamp>,
    /// The authentication context as the identity provider stated it.
    pub acr: Option<String>,
}

/// The claims about the member that the requested scopes cover.
///
/// The JSON is the userinfo response (OpenID Connect Core 5.3.2), and part of each ID token.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct MemberClaims {
    sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zoneinfo: Option<String>,
    /// In seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<String>>,
    organization: Organization,
    role: String,
    connection: String,
    #[serde(flatten)]
    custom_claims: CustomClaims,
}

impl MemberClaims {
    /// Every application receives `organization`, `role` and `connection`; the rest depends on the scopes, and on what
    /// the parameter `claims` asks for.
    #[must_use]
    pub fn new(
        member: &Member,
        sign_in: &SignIn,
        scopes: &Scopes,
        requested: &RequestedClaims,
    ) -> Self {
        let email = member.email.as_ref();
        let select = |name, value: Option<String>| {
            value.filter(|value| requested.selects(name, scopes, &json!(value)))
        };
        let is_verified = email.map(|email| email.is_verified);
        let updated_at = member.updated_at.map(Timestamp::as_second);
        let groups = Some(member.groups.clone());
        Self {
            sub: member.id.clone(),
            email: select(ClaimName::Email, email.map(|email| email.address.clone())),
            email_verified: is_verified
                .filter(|is| requested.selects(ClaimName::EmailVerified, scopes, &json!(is))),
            given_name: select(ClaimName::GivenName, member.given_name.clone()),
            family_name: select(ClaimName::FamilyName, member.family_name.clone()),
            name: select(ClaimName::Name, member.name.clone()),
            preferred_username: select(
                ClaimName::PreferredUsername,
                member.preferred_username.clone(),
            ),
            locale: select(ClaimName::Locale, member.locale.clone()),
            zoneinfo: select(ClaimName::Zoneinfo, member.zoneinfo.clone()),
            updated_at: updated_at
                .filter(|at| requested.selects(ClaimName::UpdatedAt, scopes, &json!(at))),
            groups: groups
                .filter(|groups| requested.selects(ClaimName::Groups, scopes, &json!(groups))),
            organization: member.organization.clone(),
            role: member.role.clone(),
            connection: sign_in.connection.clone(),
            custom_claims: Some(member.custom_claims.clone())
                .filter(|_| scopes.contains(Scope::Profile))
                .unwrap_or_default(),
        }
    }
}

impl fmt::Debug for MemberClaims {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MemberClaims({})", self.sub)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::claims_request::ParsedClaims;
    use crate::custom_claims::CustomClaimValue;

    fn member() -> Member {
        Member {
            id: "mem_1".to_owned(),
            email: Some(Email {
                address: "ada@acme.example".to_owned(),
                is_verified: true,
            }),
            given_name: Some("Ada".to_owned()),
            family_name: None,
            name: Some("Ada L".to_owned()),
            preferred_username: Some("ada".to_owned()),
            locale: Some("en-GB".to_owned()),
            zoneinfo: Some("Europe/London".to_owned()),
            updated_at: Some(Timestamp::constant(7, 0)),
            groups: vec!["staff".to_owned()],
            organization: Organization {
                id: "org_1".to_owned(),
                slug: "acme".to_owned(),
                name: "Acme".to_owned(),
            },
            role: "admin".to_owned(),
            custom_claims: CustomClaims::default(),
        }
    }

    fn build_claims(member: &Member, scopes: &str) -> Value {
        build_requested_claims(member, scopes, "{}")
    }

    /// The claims of the ID token, with this value of the parameter `claims`.
    fn build_requested_claims(member: &Member, scopes: &str, parameter: &str) -> Value {
        let requested = ParsedClaims::parse(Some(parameter)).unwrap().request;
        let sign_in = SignIn {
            session: "ses_1".to_owned(),
            connection: "con_1".to_owned(),
            auth_time: Some(Timestamp::constant(1, 0)),
            acr: None,
        };
        let scopes = Scopes::parse(scopes);
        let claims = MemberClaims::new(member, &sign_in, &scopes, &requested.id_token);
        serde_json::to_value(claims).unwrap()
    }

    #[rstest]
    #[case::openid("openid", &json!({}))]
    #[case::email("openid email", &json!({ "email": "ada@acme.example", "email_verified": true }))]
    #[case::profile("openid profile", &json!({
        "given_name": "Ada", "name": "Ada L", "preferred_username": "ada", "locale": "en-GB",
        "zoneinfo": "Europe/London", "updated_at": 7,
    }))]
    #[case::groups("openid groups", &json!({ "groups": ["staff"] }))]
    fn scopes_decide_which_claims_an_application_receives(
        #[case] scopes: &str,
        #[case] additional: &Value,
    ) {
        let always_included = json!({
            "sub": "mem_1", "role": "admin", "connection": "con_1",
            "organization": { "id": "org_1", "slug": "acme", "name": "Acme" },
        });
        let mut expected = always_included.clone();
        expected
            .as_object_mut()
            .unwrap()
            .extend(additional.as_object().unwrap().clone());
        assert_eq!(build_claims(&member(), scopes), expected);
    }

    #[test]
    fn custom_claims_come_with_the_scope_profile() {
        let member = Member {
            custom_claims: [
                (
                    "department".to_owned(),
                    CustomClaimValue::Text("R&D".to_owned()),
                ),
                (
                    "sites".to_owned(),
                    CustomClaimValue::List(vec!["Paris".to_owned()]),
                ),
                ("role".to_owned(), CustomClaimValue::Text("root".to_owned())),
            ]
            .into_iter()
            .collect(),
            ..member()
        };
        let claims = build_claims(&member, "openid profile");
        assert_eq!(claims["department"], json!("R&D"));
        assert_eq!(claims["sites"], json!(["Paris"]));
        assert_eq!(claims["role"], json!("admin"));
        let claims = build_claims(&member, "openid email groups");
        assert_eq!(claims.get("department"), None);
    }

    #[test]
    fn a_missing_email_has_no_claims_and_missing_groups_are_an_empty_list() {
        let member = Member {
            email: None,
            groups: vec![],
            ..member()
        };
        let claims = build_claims(&member, "openid email groups");
        assert_eq!(claims.get("email"), None);
        assert_eq!(claims.get("email_verified"), None);
        assert_eq!(claims["groups"], json!([]));
    }

    #[rstest]
    #[case::without_scope(r#"{"id_token":{"email":null,"zoneinfo":{"essential":true}}}"#, &["email", "zoneinfo"])]
    #[case::matching_value(r#"{"id_token":{"email":{"value":"ada@acme.example"}}}"#, &["email"])]
    #[case::other_value(r#"{"id_token":{"email":{"value":"eve@acme.example"}}}"#, &[])]
    #[case::one_of_the_values(r#"{"id_token":{"locale":{"values":["de","en-GB"]}}}"#, &["locale"])]
    #[case::unknown_at_the_member(r#"{"id_token":{"family_name":{"essential":true}}}"#, &[])]
    #[case::unknown_claim(r#"{"id_token":{"address":null}}"#, &[])]
    #[case::of_userinfo_alone(r#"{"userinfo":{"email":null}}"#, &[])]
    fn a_request_names_single_claims(#[case] parameter: &str, #[case] additional: &[&str]) {
        let always_included = build_claims(&member(), "openid");
        let claims = build_requested_claims(&member(), "openid", parameter);
        let names = claims.as_object().unwrap().keys();
        let added: Vec<&str> = names
            .map(String::as_str)
            .filter(|name| always_included.get(*name).is_none())
            .collect();
        assert_eq!(added, additional);
    }

    #[test]
    fn debug_output_contains_no_personal_data() {
        let text = format!("{:?} {:?}", member(), member().email);
        assert_eq!(text, "Member(mem_1) Some(Email(..))");
    }
}
