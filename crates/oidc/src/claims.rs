use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
    /// When the identity provider authenticated the member.
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    pub auth_time: Timestamp,
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
    groups: Option<Vec<String>>,
    organization: Organization,
    role: String,
    connection: String,
    #[serde(flatten)]
    custom_claims: CustomClaims,
}

impl MemberClaims {
    /// Every application receives `organization`, `role` and `connection`; the rest depends on the scopes.
    #[must_use]
    pub fn new(member: &Member, sign_in: &SignIn, scopes: &Scopes) -> Self {
        let email = member
            .email
            .as_ref()
            .filter(|_| scopes.contains(Scope::Email));
        let profile =
            |text: &Option<String>| text.clone().filter(|_| scopes.contains(Scope::Profile));
        Self {
            sub: member.id.clone(),
            email: email.map(|email| email.address.clone()),
            email_verified: email.map(|email| email.is_verified),
            given_name: profile(&member.given_name),
            family_name: profile(&member.family_name),
            name: profile(&member.name),
            groups: scopes
                .contains(Scope::Groups)
                .then(|| member.groups.clone()),
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
    use crate::custom_claims::CustomClaim;

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
        let sign_in = SignIn {
            session: "ses_1".to_owned(),
            connection: "con_1".to_owned(),
            auth_time: Timestamp::constant(1, 0),
            acr: None,
        };
        serde_json::to_value(MemberClaims::new(member, &sign_in, &Scopes::parse(scopes))).unwrap()
    }

    #[rstest]
    #[case::openid("openid", &json!({}))]
    #[case::email("openid email", &json!({ "email": "ada@acme.example", "email_verified": true }))]
    #[case::profile("openid profile", &json!({ "given_name": "Ada", "name": "Ada L" }))]
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
                ("department".to_owned(), CustomClaim::Text("R&D".to_owned())),
                (
                    "sites".to_owned(),
                    CustomClaim::List(vec!["Paris".to_owned()]),
                ),
                ("role".to_owned(), CustomClaim::Text("root".to_owned())),
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

    #[test]
    fn debug_output_contains_no_personal_data() {
        let text = format!("{:?} {:?}", member(), member().email);
        assert_eq!(text, "Member(mem_1) Some(Email(..))");
    }
}
