//! The custom claims of a connection: attributes that applications receive beyond the fields of the profile.

use std::collections::BTreeMap;

use saml::Claims;
use store::{ClaimValue, CustomClaim};

use super::is_usable;

/// The maximum number of values of a list.
const MAX_LIST_VALUES: usize = 100;
/// The maximum length of all custom claims of a member, in bytes.
const MAX_TOTAL_BYTES: usize = 16 * 1024;

/// The custom claims of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedClaims {
    pub claims: BTreeMap<String, ClaimValue>,
    /// The names of the claims whose values are too long or too many, in part or all of them.
    pub left_out: Vec<String>,
}

impl MappedClaims {
    /// What the identity provider sends now is what applications receive: a claim without a value is not delivered, or is
    /// an empty list.
    pub(super) fn new(claims: &Claims, settings: &[CustomClaim]) -> Self {
        let mut mapped = Self::default();
        let mut total = 0;
        for setting in settings {
            let sent: Vec<&str> = claims
                .values(&setting.attribute)
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .collect();
            let limit = if setting.multiple { MAX_LIST_VALUES } else { 1 };
            let usable = sent.iter().filter(|value| is_usable(value));
            let values: Vec<String> = usable.take(limit).map(|&value| value.to_owned()).collect();
            let is_whole = values.len() == sent.len() || (!setting.multiple && !values.is_empty());
            total += values.iter().map(String::len).sum::<usize>();
            let fits = total <= MAX_TOTAL_BYTES;
            if !is_whole || !fits {
                mapped.left_out.push(setting.name.clone());
            }
            if let Some(value) = claim_value(values, setting.multiple).filter(|_| fits) {
                mapped.claims.insert(setting.name.clone(), value);
            }
        }
        mapped
    }
}

fn claim_value(values: Vec<String>, is_list: bool) -> Option<ClaimValue> {
    if is_list {
        Some(ClaimValue::List(values))
    } else {
        values.into_iter().next().map(ClaimValue::Text)
    }
}
