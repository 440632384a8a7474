//! Claims that an operator defines, beside those of the standards.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The names that a custom claim cannot have: those of the standards for ID tokens, access tokens and userinfo, and those
/// that this provider issues. In alphabetical order.
pub const RESERVED_CLAIMS: [&str; 60] = [
    "_claim_names",
    "_claim_sources",
    "acr",
    "act",
    "active",
    "address",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "azp",
    "birthdate",
    "c_hash",
    "client_id",
    "cnf",
    "connection",
    "email",
    "email_verified",
    "entitlements",
    "error",
    "error_description",
    "events",
    "exp",
    "family_name",
    "gender",
    "given_name",
    "groups",
    "iat",
    "id_token",
    "iss",
    "jku",
    "jti",
    "jwk",
    "locale",
    "may_act",
    "middle_name",
    "name",
    "nbf",
    "nickname",
    "nonce",
    "organization",
    "phone_number",
    "phone_number_verified",
    "picture",
    "preferred_username",
    "profile",
    "role",
    "roles",
    "s_hash",
    "scope",
    "sid",
    "sub",
    "sub_jwk",
    "toe",
    "token_type",
    "txn",
    "updated_at",
    "username",
    "website",
    "zoneinfo",
];

/// Whether the standards or this provider use a name for a claim, in any case of its letters.
#[must_use]
pub fn is_reserved_claim(name: &str) -> bool {
    RESERVED_CLAIMS
        .iter()
        .any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// The value of a custom claim.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CustomClaim {
    Text(String),
    List(Vec<String>),
}

/// The custom claims of a member, by their names. A reserved name is never among them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomClaims(BTreeMap<String, CustomClaim>);

impl FromIterator<(String, CustomClaim)> for CustomClaims {
    /// Leaves out claims with a reserved name, whatever the database contains.
    fn from_iter<I: IntoIterator<Item = (String, CustomClaim)>>(claims: I) -> Self {
        let claims = claims.into_iter();
        Self(
            claims
                .filter(|(name, _)| !is_reserved_claim(name))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserved_names_are_in_alphabetical_order() {
        assert!(RESERVED_CLAIMS.is_sorted());
    }

    #[test]
    fn a_claim_with_a_reserved_name_is_left_out() {
        let claim = |name: &str| (name.to_owned(), CustomClaim::Text("x".to_owned()));
        let claims: CustomClaims = [claim("sub"), claim("Email"), claim("department")]
            .into_iter()
            .collect();
        let json = serde_json::to_value(&claims).unwrap();
        assert_eq!(json, serde_json::json!({ "department": "x" }));
    }
}
