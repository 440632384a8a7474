//! Claims that an administrator defines, in addition to those of the standards.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::reserved_claims::reserved_claim;

/// The value of a custom claim.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CustomClaimValue {
    Text(String),
    List(Vec<String>),
}

/// The custom claims of a member, by their names. A reserved name is never among them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomClaims(BTreeMap<String, CustomClaimValue>);

impl FromIterator<(String, CustomClaimValue)> for CustomClaims {
    /// Leaves out claims with a reserved name, whatever the database contains.
    fn from_iter<I: IntoIterator<Item = (String, CustomClaimValue)>>(claims: I) -> Self {
        let claims = claims.into_iter();
        Self(
            claims
                .filter(|(name, _)| reserved_claim(name).is_none())
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_with_a_reserved_name_is_left_out() {
        let claim = |name: &str| (name.to_owned(), CustomClaimValue::Text("x".to_owned()));
        let claims: CustomClaims = [claim("sub"), claim("Email"), claim("department")]
            .into_iter()
            .collect();
        let json = serde_json::to_value(&claims).unwrap();
        assert_eq!(json, serde_json::json!({ "department": "x" }));
    }
}
