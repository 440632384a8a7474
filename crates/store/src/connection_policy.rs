//! What a connection demands of responses, adds to requests, and does with what it receives.

use serde::{Deserialize, Serialize};

use crate::{AuthnContextComparison, GroupSeparator, UnverifiedEmail};

/// The settings of a connection that no statement selects by. They are stored as one JSON value, so a new one needs no
/// migration; `None` means the default of the identity provider product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectionPolicy {
    /// Whether the response itself must be signed. By default, the response or the assertion must be.
    pub require_signed_response: bool,
    /// Whether the assertion itself must be signed.
    pub require_signed_assertion: bool,
    /// Whether the assertion must be encrypted.
    pub require_encryption: bool,
    /// Whether the service provider's metadata has the key to encrypt assertions with.
    pub publish_encryption_key: Option<bool>,
    /// How the requested authentication contexts are compared.
    pub authn_context_comparison: AuthnContextComparison,
    /// Authentication contexts that are accepted in addition to the requested ones.
    pub accepted_authn_contexts: Vec<String>,
    /// Whether an assertion without an `AuthnStatement` is accepted.
    pub accept_missing_authn_statement: Option<bool>,
    /// Whether requests permit the identity provider to create an identifier for the user (`AllowCreate`).
    pub allow_create: bool,
    /// Whether `prompt=none` of an application is passed to the identity provider (`IsPassive`).
    pub passive_requests: bool,
    pub group_separator: Option<GroupSeparator>,
    /// `None`: refuse when the organization has a verified domain, otherwise admit.
    pub unverified_email: Option<UnverifiedEmail>,
    /// Claims for applications in addition to the profile.
    pub custom_claims: Vec<CustomClaim>,
}

/// An attribute of the identity provider that applications receive as a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomClaim {
    /// The name of the claim.
    pub name: String,
    /// The name of the attribute.
    pub attribute: String,
    /// Whether the claim is the list of all values, also of one or none. Otherwise it is the first value.
    pub multiple: bool,
}

impl ConnectionPolicy {
    /// The policy of a connection that was stored without one.
    pub fn stored_without() -> Self {
        Self {
            unverified_email: Some(UnverifiedEmail::Admit),
            ..Self::default()
        }
    }
}

impl Default for ConnectionPolicy {
    fn default() -> Self {
        Self {
            require_signed_response: false,
            require_signed_assertion: false,
            require_encryption: false,
            publish_encryption_key: None,
            authn_context_comparison: AuthnContextComparison::Exact,
            accepted_authn_contexts: Vec::new(),
            accept_missing_authn_statement: None,
            allow_create: false,
            passive_requests: false,
            group_separator: None,
            unverified_email: None,
            custom_claims: Vec::new(),
        }
    }
}
