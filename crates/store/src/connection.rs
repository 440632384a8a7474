//! Connections: an organization's links to identity providers.

use jiff::fmt::serde::timestamp::second::optional as seconds;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Binding, ConnectionId, ConnectionState, IdpInitiated, OrganizationId, Provider, Provisioning,
};

/// An organization's link to one identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its identifier, which is part of its URLs.
    pub id: ConnectionId,
    /// The organization; the only source of the tenant of a sign-in.
    pub organization: OrganizationId,
    /// What the organization's administrator can set.
    pub settings: ConnectionSettings,
    /// The certificates whose keys are trusted; never empty in a complete connection.
    pub certificates: Vec<TrustedCertificate>,
    /// How far it has come.
    pub lifecycle: ConnectionLifecycle,
}

impl Connection {
    /// How far the connection has come.
    pub fn state(&self) -> ConnectionState {
        self.lifecycle.state()
    }

    /// Whether everything is known that a sign-in needs.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }

    /// What of the identity provider's side is not known yet, by the names of the settings.
    pub fn missing(&self) -> Vec<&'static str> {
        let parts = [
            ("issuer", self.settings.issuer.is_empty()),
            ("sign_on_url", self.settings.sign_on_url.is_empty()),
            ("certificates", self.certificates.is_empty()),
        ];
        parts
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(name, _)| name)
            .collect()
    }
}

/// What an administrator can set on a connection.
///
/// A switch is the instant since when it is on. Drafts and versions keep settings as JSON, so whatever is added here
/// needs a `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionSettings {
    /// Its name for people.
    pub name: String,
    /// The product behind it.
    pub provider: Provider,
    /// The identity provider's entity ID; empty until it is known.
    pub issuer: String,
    /// Where requests go; empty until it is known.
    pub sign_on_url: String,
    /// How requests travel.
    pub sign_on_binding: Binding,
    /// Where logout requests would go.
    pub logout_url: Option<String>,
    /// Since when requests are signed because the administrator says so.
    #[serde(default, with = "seconds")]
    pub sign_requests_since: Option<Timestamp>,
    /// Since when requests are signed because the identity provider's metadata wants it.
    #[serde(default, with = "seconds")]
    pub metadata_wants_signed_requests_since: Option<Timestamp>,
    /// Until when the identity provider's metadata is valid, where it says so.
    #[serde(default, with = "seconds")]
    pub metadata_valid_until: Option<Timestamp>,
    /// How far apart the clocks may be.
    pub clock_tolerance: SignedDuration,
    /// Since when SHA-1 signatures are accepted.
    #[serde(default, with = "seconds")]
    pub danger_accept_sha1_since: Option<Timestamp>,
    /// Since when AES-CBC is accepted.
    #[serde(default, with = "seconds")]
    pub accept_cbc_since: Option<Timestamp>,
    /// Since when an expired signing certificate is refused.
    #[serde(default, with = "seconds")]
    pub reject_expired_signing_certificate_since: Option<Timestamp>,
    /// What happens to responses that nobody asked for.
    pub idp_initiated: IdpInitiated,
    /// How people become members.
    pub provisioning: Provisioning,
    /// The attribute that names the account, instead of the NameID.
    pub subject_attribute: Option<String>,
    /// Which attribute fills which part of the profile.
    pub attribute_mapping: AttributeMapping,
    /// Our entity ID toward this identity provider, where it is not the deployment's.
    pub entity_id: Option<String>,
    /// Our assertion consumer service URL, where it is not the usual one; unique.
    pub acs_url: Option<String>,
    /// Since when the identity provider is asked to authenticate afresh each time.
    #[serde(default, with = "seconds")]
    pub force_authn_since: Option<Timestamp>,
    /// The NameID format to ask for.
    pub name_id_format: Option<String>,
    /// The authentication context to ask for.
    pub authn_context: Option<String>,
    /// The role of whoever no rule gives another.
    pub default_role: String,
    /// Which groups give which role; the first rule that fits counts.
    pub role_rules: Vec<RoleRule>,
}

/// Gives a role to the members of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRule {
    /// The group, exactly as the identity provider names it.
    pub group: String,
    /// The role.
    pub role: String,
}

/// Names of the attributes that fill a member's profile; `None` is the provider's preset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeMapping {
    /// E-mail address.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Whole name.
    pub name: Option<String>,
    /// Groups.
    pub groups: Option<String>,
}

/// A certificate whose key may sign for the identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedCertificate {
    /// SHA-256 of the certificate in hexadecimal.
    pub sha256: String,
    /// The certificate: DER in base64.
    pub der_base64: String,
}

/// The instants at which a connection went from state to state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLifecycle {
    /// When it was made.
    pub created_at: Timestamp,
    /// When somebody last signed in through it as a test.
    pub tested_at: Option<Timestamp>,
    /// Since when it is active.
    pub activated_at: Option<Timestamp>,
    /// Since when it is switched off.
    pub disabled_at: Option<Timestamp>,
}

impl ConnectionLifecycle {
    /// Being switched off wins over being active, and that over having been tested.
    pub fn state(&self) -> ConnectionState {
        match (self.disabled_at, self.activated_at, self.tested_at) {
            (Some(_), _, _) => ConnectionState::Disabled,
            (None, Some(_), _) => ConnectionState::Active,
            (None, None, Some(_)) => ConnectionState::Tested,
            (None, None, None) => ConnectionState::Draft,
        }
    }
}
