//! The settings that [`ConnectionPolicy`] stores.

use std::collections::BTreeMap;

use oidc::reserved_claim;
use runtime::problem::{FieldProblem, LocalizedText};
use serde::{Deserialize, Serialize};
use store::{AuthnContextComparison, ConnectionPolicy, CustomClaim};
use utoipa::ToSchema;

use super::ConnectionInput;
use crate::connection::absolute_uri::uri_problem;

/// A claim for applications.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = CustomClaim)]
pub struct CustomClaimSettings {
    /// The name of the claim in ID tokens and at the userinfo endpoint.
    #[schema(min_length = 1, max_length = 64, example = "cost_center")]
    pub name: String,
    /// The attribute with the value.
    #[schema(min_length = 1, max_length = 512, example = "costCenter")]
    pub attribute: String,
    /// Whether the claim is a list of all values. Otherwise it is the first value. Default: `false`.
    #[serde(default)]
    pub multiple: bool,
}

impl ConnectionInput {
    /// The settings of a policy; the others are not set.
    pub(super) fn from_policy(policy: ConnectionPolicy) -> Self {
        Self {
            authn_context_comparison: Some(policy.authn_context_comparison),
            accepted_authn_contexts: Some(policy.accepted_authn_contexts),
            accept_missing_authn_statement: policy.accept_missing_authn_statement,
            require_signed_response: Some(policy.require_signed_response),
            require_signed_assertion: Some(policy.require_signed_assertion),
            require_encryption: Some(policy.require_encryption),
            publish_encryption_key: policy.publish_encryption_key,
            allow_create: Some(policy.allow_create),
            passive_requests: Some(policy.passive_requests),
            group_separator: policy.group_separator,
            unverified_email: policy.unverified_email,
            custom_claims: Some(CustomClaimSettings::from_claims(policy.custom_claims)),
            ..Self::default()
        }
    }

    pub(super) fn policy(&self) -> ConnectionPolicy {
        let claims = self.custom_claims.iter().flatten();
        ConnectionPolicy {
            require_signed_response: self.require_signed_response == Some(true),
            require_signed_assertion: self.require_signed_assertion == Some(true),
            require_encryption: self.require_encryption == Some(true),
            publish_encryption_key: self.publish_encryption_key,
            authn_context_comparison: self
                .authn_context_comparison
                .unwrap_or(AuthnContextComparison::Exact),
            accepted_authn_contexts: self.accepted_authn_contexts.clone().unwrap_or_default(),
            accept_missing_authn_statement: self.accept_missing_authn_statement,
            allow_create: self.allow_create == Some(true),
            passive_requests: self.passive_requests == Some(true),
            group_separator: self.group_separator,
            unverified_email: self.unverified_email,
            custom_claims: claims.map(CustomClaimSettings::to_claim).collect(),
        }
    }

    /// Contexts that are not URIs.
    pub(super) fn authn_context_problems(&self) -> Vec<FieldProblem> {
        let lists = [
            ("authn_contexts", &self.authn_contexts),
            ("accepted_authn_contexts", &self.accepted_authn_contexts),
        ];
        let mut problems = Vec::new();
        for (field, list) in lists {
            for (index, context) in list.iter().flatten().enumerate() {
                problems.extend(uri_problem(format!("{field}[{index}]"), context));
            }
        }
        problems
    }
}

impl CustomClaimSettings {
    pub(crate) fn from_claims(claims: Vec<CustomClaim>) -> Vec<Self> {
        let from_claim = |CustomClaim {
                              name,
                              attribute,
                              multiple,
                          }| Self {
            name,
            attribute,
            multiple,
        };
        claims.into_iter().map(from_claim).collect()
    }

    /// Names that applications could take for a claim of a standard or for another custom claim.
    pub(super) fn problems(claims: &[Self]) -> Vec<FieldProblem> {
        // Some applications read names without the case of their letters.
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        let mut problems = Vec::new();
        for (index, claim) in claims.iter().enumerate() {
            let name = claim.name.as_str();
            let expected = if let Some(reserved) = reserved_claim(name) {
                LocalizedText::with("problem-expected-custom-claim", &[("name", reserved)])
            } else if !is_claim_name(name) {
                LocalizedText::key("problem-expected-claim-name")
            } else if let Some(other) = names.insert(name.to_ascii_lowercase(), name) {
                LocalizedText::with("problem-expected-claim-once", &[("name", other)])
            } else {
                continue;
            };
            let field = format!("custom_claims[{index}].name");
            problems.push(FieldProblem::new(field, expected, format!("{name:?}")));
        }
        problems
    }

    fn to_claim(&self) -> CustomClaim {
        CustomClaim {
            name: self.name.clone(),
            attribute: self.attribute.clone(),
            multiple: self.multiple,
        }
    }
}

/// A name such as `cost_center`, or a URL, as OpenID Connect Core 5.1.2 recommends against collisions.
fn is_claim_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:/~".contains(&byte);
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(is_part)
}
