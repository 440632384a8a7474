use std::fmt;

use serde::{Deserialize, Serialize};

use crate::scope::{Scope, Scopes};
use crate::timestamp::Timestamp;

/// A member of an organization, as applications may be told of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The claim `sub`: the same at every sign-in, and nobody else's ever.
    pub id: String,
    /// The e-mail address.
    pub email: Option<Email>,
    /// The first name.
    pub given_name: Option<String>,
    /// The last name.
    pub family_name: Option<String>,
    /// The whole name.
    pub name: Option<String>,
    /// The groups that the identity provider told.
    pub groups: Vec<String>,
    /// The organization that the member belongs to.
    pub organization: Organization,
    /// What the member may do there.
    pub role: String,
}

// Who somebody is does not belong into a log.
impl fmt::Debug for Member {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Member({})", self.id)
    }
}

/// An e-mail address, and whether it is to be believed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// The address.
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
    /// Its id.
    pub id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// How and when the member signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The claim `sid`: this session and no other.
    pub session: String,
    /// The connection by which the member came.
    pub connection: String,
    /// When the identity provider authenticated the member.
    pub auth_time: Timestamp,
    /// How it did, in its own words.
    pub acr: Option<String>,
}

/// What an application may know of the member with the scopes that it asked for.
///
/// As JSON it is the answer of the userinfo endpoint (OpenID Connect Core 5.3.2), and part of each ID token.
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
}

impl MemberClaims {
    /// Picks what the scopes cover; organization, role and connection go to every application.
    #[must_use]
    pub fn new(member: &Member, sign_in: &SignIn, scopes: &Scopes) -> Self {
        let email = member.email.as_ref().filter(|_| scopes.has(Scope::Email));
        let profile = |text: &Option<String>| text.clone().filter(|_| scopes.has(Scope::Profile));
        Self {
            sub: member.id.clone(),
            email: email.map(|email| email.address.clone()),
            email_verified: email.map(|email| email.is_verified),
            given_name: profile(&member.given_name),
            family_name: profile(&member.family_name),
            name: profile(&member.name),
            groups: scopes.has(Scope::Groups).then(|| member.groups.clone()),
            organization: member.organization.clone(),
            role: member.role.clone(),
            connection: sign_in.connection.clone(),
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
    use serde_json::{Value, json};

    use super::*;

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
        }
    }

    fn claims(member: &Member, scopes: &str) -> Value {
        let sign_in = SignIn {
            session: "ses_1".to_owned(),
            connection: "con_1".to_owned(),
            auth_time: Timestamp(1),
            acr: None,
        };
        serde_json::to_value(MemberClaims::new(member, &sign_in, &Scopes::read(scopes))).unwrap()
    }

    #[test]
    fn scopes_decide_what_an_application_is_told() {
        let always = json!({
            "sub": "mem_1", "role": "admin", "connection": "con_1",
            "organization": { "id": "org_1", "slug": "acme", "name": "Acme" },
        });
        for (scopes, more) in [
            ("openid", json!({})),
            (
                "openid email",
                json!({ "email": "ada@acme.example", "email_verified": true }),
            ),
            (
                "openid profile",
                json!({ "given_name": "Ada", "name": "Ada L" }),
            ),
            ("openid groups", json!({ "groups": ["staff"] })),
        ] {
            let mut expected = always.clone();
            expected
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            assert_eq!(claims(&member(), scopes), expected, "{scopes}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let member = Member {
            email: None,
            groups: vec![],
            ..member()
        };
        let claims = claims(&member, "openid email groups");
        assert_eq!(claims.get("email"), None);
        assert_eq!(claims.get("email_verified"), None);
        assert_eq!(claims["groups"], json!([]));
    }

    #[test]
    fn debugging_output_names_nobody() {
        let text = format!("{:?} {:?}", member(), member().email);
        assert_eq!(text, "Member(mem_1) Some(Email(..))");
    }
}
