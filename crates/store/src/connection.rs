//! Connections of organizations to identity providers.

use jiff::fmt::serde::timestamp::second::optional as seconds;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    Binding, ConnectionId, ConnectionPolicy, ConnectionState, IdpInitiated, Organization,
    OrganizationId, Provider, Provisioning, SetupLinkId,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Used in the connection's URLs.
    pub id: ConnectionId,
    /// The organization of every sign-in through this connection. It is never taken from the request.
    pub organization: OrganizationId,
    pub settings: ConnectionSettings,
    /// The identity provider's signing certificates; never empty in a complete connection.
    pub certificates: Vec<TrustedCertificate>,
    pub lifecycle: ConnectionLifecycle,
    /// The activation that waits for the confirmation of an administrator or operator.
    pub activation_request: Option<ActivationRequest>,
}

/// The recipient of a setup link has requested the activation of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivationRequest {
    pub at: Timestamp,
    pub link: SetupLinkId,
}

/// A connection with its organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationConnection {
    pub organization: Organization,
    pub connection: Connection,
}

/// A connection in a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionName {
    pub id: ConnectionId,
    pub name: String,
}

impl Connection {
    pub fn state(&self) -> ConnectionState {
        self.lifecycle.state()
    }

    /// Whether it has every setting that a sign-in needs.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }

    /// The names of the identity provider's settings that are not set yet.
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
/// A field `…_since` is an option that is off (`None`) or on since a time. Drafts and versions store settings as JSON, so
/// a new field needs `#[serde(default)]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionSettings {
    pub name: String,
    pub provider: Provider,
    /// The identity provider's entity ID; empty until it is set.
    pub issuer: String,
    /// Empty until it is set.
    pub sign_on_url: String,
    pub sign_on_binding: Binding,
    pub logout_url: Option<String>,
    /// Set by the administrator.
    #[serde(default, with = "seconds")]
    pub sign_requests_since: Option<Timestamp>,
    /// Set from `WantAuthnRequestsSigned` in the metadata.
    #[serde(default, with = "seconds")]
    pub metadata_wants_signed_requests_since: Option<Timestamp>,
    /// `validUntil` of the metadata.
    #[serde(default, with = "seconds")]
    pub metadata_valid_until: Option<Timestamp>,
    /// The accepted clock skew.
    pub clock_tolerance: SignedDuration,
    #[serde(default, with = "seconds")]
    pub danger_accept_sha1_since: Option<Timestamp>,
    #[serde(default, with = "seconds")]
    pub accept_cbc_since: Option<Timestamp>,
    #[serde(default, with = "seconds")]
    pub reject_expired_signing_certificate_since: Option<Timestamp>,
    pub idp_initiated: IdpInitiated,
    pub provisioning: Provisioning,
    /// The attribute that identifies the account, instead of the NameID.
    pub subject_attribute: Option<String>,
    pub attribute_mapping: AttributeMapping,
    /// The service provider's entity ID, where it differs from the deployment's.
    pub entity_id: Option<String>,
    /// The assertion consumer service URL, where it differs from the default; unique in the deployment.
    pub acs_url: Option<String>,
    /// Since when requests set `ForceAuthn`.
    #[serde(default, with = "seconds")]
    pub force_authn_since: Option<Timestamp>,
    /// The NameID format to request.
    pub name_id_format: Option<String>,
    /// The authentication contexts to request, one of which a sign-in must have.
    #[serde(default, alias = "authn_context", deserialize_with = "one_or_many")]
    pub authn_contexts: Vec<String>,
    /// The role of new members, and of members whose groups match no rule.
    pub default_role: String,
    /// The first rule that matches wins.
    pub role_rules: Vec<RoleRule>,
    #[serde(default = "ConnectionPolicy::stored_without")]
    pub policy: ConnectionPolicy,
}

/// How the sign-on URLs of LemonLDAP::NG and Authentic end, which use the library Lasso.
const LASSO_SIGN_ON_PATHS: [&str; 2] = ["/saml/singleSignOn", "/idp/saml2/sso"];
/// How the sign-on URLs of SimpleSAMLphp end, up to version 1 and from version 2 on.
const SIMPLESAMLPHP_SIGN_ON_PATHS: [&str; 2] = [
    "/saml2/idp/SSOService.php",
    "/module.php/saml/idp/singleSignOnService",
];
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

impl ConnectionSettings {
    /// Whether the service provider's metadata has an encryption key. AD FS encrypts as soon as it finds one, and only
    /// with AES-CBC, so its default is none unless that is accepted.
    pub fn publishes_encryption_key(&self) -> bool {
        let default = self.provider != Provider::Adfs || self.accept_cbc_since.is_some();
        self.policy.require_encryption || self.policy.publish_encryption_key.unwrap_or(default)
    }

    /// Whether requests permit the identity provider to create an identifier for the user, as the administrator demands
    /// or Lasso needs. Without a NameIDPolicy, Lasso takes the first format of our metadata, a persistent NameID, and it
    /// rejects the request if the user has none yet.
    pub fn permits_new_identifiers(&self) -> bool {
        let has_lasso = LASSO_SIGN_ON_PATHS
            .iter()
            .any(|path| self.sign_on_url.ends_with(path));
        self.policy.allow_create || has_lasso
    }

    /// The format of NameID that requests ask for, as the administrator demands or SimpleSAMLphp needs.
    ///
    /// SimpleSAMLphp sends a transient NameID to a service provider whose metadata it has without formats. Asked for a
    /// persistent one, it sends that if it has one, and otherwise what it would have sent without the request: it
    /// rejects no format. Other products get no format, for which there are reasons: Entra ID and AD FS reject what they
    /// do not know, Shibboleth reads the formats of our metadata, and crewjam/saml sends the format of its own session,
    /// transient by default, whatever the request says.
    pub fn requested_name_id_format(&self) -> Option<&str> {
        let is_simplesamlphp = SIMPLESAMLPHP_SIGN_ON_PATHS
            .iter()
            .any(|path| self.sign_on_url.ends_with(path));
        // The administrator may demand a request without a format, and a NameID that is not used needs none.
        let is_needed = !self.policy.allow_create && self.subject_attribute.is_none();
        self.name_id_format
            .as_deref()
            .or_else(|| (is_simplesamlphp && is_needed).then_some(PERSISTENT))
    }

    /// Whether requests are signed, as the administrator or the identity provider's metadata demands.
    pub fn signs_requests(&self) -> bool {
        self.sign_requests_since.is_some() || self.metadata_wants_signed_requests_since.is_some()
    }
}

/// Earlier drafts and versions have one authentication context or none.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        Many(Vec<String>),
        One(Option<String>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::Many(many) => many,
        OneOrMany::One(one) => one.into_iter().collect(),
    })
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRule {
    /// The group's name, exactly as the identity provider sends it.
    pub group: String,
    pub role: String,
}

/// The attribute for each field of a member's profile; `None` means the provider's preset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeMapping {
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub name: Option<String>,
    pub groups: Option<String>,
}

/// A signing certificate of the identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedCertificate {
    /// SHA-256 fingerprint in hexadecimal.
    pub sha256: String,
    pub der_base64: String,
}

/// When a connection changed its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLifecycle {
    pub created_at: Timestamp,
    /// The last successful test sign-in.
    pub tested_at: Option<Timestamp>,
    pub activated_at: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
    /// Grows whenever all sessions of the connection end. A sign-in that was validated in an earlier epoch begins no
    /// session.
    pub session_epoch: i64,
    /// Since when it is active by a setup link alone, without the confirmation of an administrator or operator.
    pub unconfirmed_since: Option<Timestamp>,
}

impl ConnectionLifecycle {
    /// Disabled wins over active, and active over tested.
    pub fn state(&self) -> ConnectionState {
        match (self.disabled_at, self.activated_at, self.tested_at) {
            (Some(_), _, _) => ConnectionState::Disabled,
            (None, Some(_), _) => ConnectionState::Active,
            (None, None, Some(_)) => ConnectionState::Tested,
            (None, None, None) => ConnectionState::Draft,
        }
    }
}
