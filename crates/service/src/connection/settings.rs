//! The settings of a connection in the API and the command line.

mod policy;

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::trim_edges;
use serde::{Deserialize, Serialize};
use store::{
    AttributeMapping, AuthnContextComparison, Binding, Connection, ConnectionSettings,
    GroupSeparator, IdpInitiated, Provider, Provisioning, RoleRule, UnverifiedEmail,
};
use utoipa::ToSchema;

pub use self::policy::CustomClaimSettings;
use super::absolute_uri::uri_problem;
use super::idp_config::IdpConfig;
use super::{acs_address, sp_entity_id};
use crate::{role, schema};

const DEFAULT_CLOCK_TOLERANCE_SECONDS: i64 = 180;
/// A page of the console shows all role rules.
pub const MAX_ROLE_RULES: usize = 100;

/// The settings of a connection.
///
/// Set the identity provider by `metadata_url`, by `metadata_xml`, or by `issuer`, `sign_on_url` and `certificates`. A
/// connection without an identity provider cannot be activated.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = ConnectionSettings)]
pub struct ConnectionInput {
    /// The display name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Acme Entra ID",
        required = true
    )]
    pub name: String,
    /// The identity provider's SAML metadata. It sets `issuer`, `sign_on_url` and `certificates`. If the document has
    /// several identity providers, `issuer` selects one.
    pub metadata_xml: Option<String>,
    /// The URL of the identity provider's SAML metadata, which is fetched once. It sets what `metadata_xml` sets.
    pub metadata_url: Option<String>,
    /// Certificates that verify the signature of the metadata, obtained from the identity provider in another way.
    /// They are not stored.
    #[schema(max_items = 20)]
    pub metadata_certificates: Option<Vec<String>>,
    /// The identity provider's entity ID.
    #[schema(min_length = 1, max_length = 1024)]
    pub issuer: Option<String>,
    /// The identity provider's single sign-on URL.
    pub sign_on_url: Option<String>,
    /// The identity provider's signing certificates as PEM, base64 or metadata. One text may have several.
    #[schema(max_items = 20)]
    pub certificates: Option<Vec<String>>,
    #[schema(schema_with = schema::provider, required = false)]
    pub provider: Option<Provider>,
    #[schema(schema_with = schema::binding, required = false)]
    pub sign_on_binding: Option<Binding>,
    /// Whether requests are signed even if the identity provider's metadata does not require it. Default: `false`.
    pub sign_requests: Option<bool>,
    /// The accepted clock skew in seconds. Default: 180.
    #[schema(minimum = 0, maximum = 300)]
    pub clock_tolerance_seconds: Option<i64>,
    /// Whether SHA-1 signatures are accepted, which attackers may be able to forge. Default: `false`.
    pub danger_accept_sha1: Option<bool>,
    /// Whether encryption with AES-CBC is accepted in addition to AES-GCM. Default: `false`.
    pub accept_cbc: Option<bool>,
    /// Whether an expired signing certificate is rejected. Default: `true` for Entra ID, otherwise `false`.
    pub reject_expired_signing_certificate: Option<bool>,
    #[schema(schema_with = schema::idp_initiated, required = false)]
    pub idp_initiated: Option<IdpInitiated>,
    #[schema(schema_with = schema::provisioning, required = false)]
    pub provisioning: Option<Provisioning>,
    /// The attribute that identifies the account. Default: the NameID.
    #[schema(min_length = 1, max_length = 512)]
    pub subject_attribute: Option<String>,
    /// The attribute mapping. Default: the usual attributes of `provider`.
    #[schema(inline)]
    pub attributes: Option<AttributeSettings>,
    /// The service provider's entity ID for this connection: an absolute URI of at most 256 characters. Default:
    /// `entity_id` of the configuration.
    #[schema(min_length = 1, max_length = 1024)]
    pub entity_id: Option<String>,
    /// The assertion consumer service (ACS) URL. Default: a URL below `public_url`.
    pub acs_url: Option<String>,
    /// Whether the identity provider must ask for credentials at every sign-in. Default: `false`.
    pub force_authn: Option<bool>,
    /// The requested NameID format. Default: none (SimpleSAMLphp: persistent). Entra ID and AD FS reject some formats.
    #[schema(min_length = 1, max_length = 256)]
    pub name_id_format: Option<String>,
    /// The requested authentication contexts, of which a sign-in must have one. Default: none. Entra ID and AD FS reject
    /// some contexts.
    #[schema(max_items = 20, example = json!(["https://refeds.org/profile/mfa"]))]
    pub authn_contexts: Option<Vec<String>>,
    #[schema(schema_with = schema::authn_context_comparison, required = false)]
    pub authn_context_comparison: Option<AuthnContextComparison>,
    /// Authentication contexts that a sign-in may have instead of the requested ones. Without them, a comparison
    /// other than `exact` accepts the requested ones only. Default: none.
    #[schema(max_items = 20)]
    pub accepted_authn_contexts: Option<Vec<String>>,
    /// Whether an assertion is accepted that does not say how and when the user signed in to the identity provider.
    /// Default: `false`.
    pub accept_missing_authn_statement: Option<bool>,
    /// Whether the response itself must be signed. By default, the response or the assertion must be. Default: `false`.
    pub require_signed_response: Option<bool>,
    /// Whether the assertion itself must be signed. Default: `false`.
    pub require_signed_assertion: Option<bool>,
    /// Whether assertions must be encrypted. Default: `false`.
    pub require_encryption: Option<bool>,
    /// Whether the service provider's metadata has the key to encrypt assertions with. Default: `false` for AD FS, which
    /// encrypts with AES-CBC as soon as it has a key, otherwise `true`.
    pub publish_encryption_key: Option<bool>,
    /// Whether requests permit the identity provider to create an identifier for the user (`AllowCreate`).
    /// Requests to LemonLDAP::NG and Authentic always do. Default: `false`.
    pub allow_create: Option<bool>,
    /// Whether `prompt=none` of an application is passed to the identity provider (`IsPassive`). Otherwise it is
    /// answered from the session. Default: `false`.
    pub passive_requests: Option<bool>,
    #[schema(schema_with = schema::group_separator, required = false)]
    pub group_separator: Option<GroupSeparator>,
    #[schema(schema_with = schema::unverified_email, required = false)]
    pub unverified_email: Option<UnverifiedEmail>,
    /// Attributes that applications receive as claims in addition to the profile. Default: none.
    #[schema(inline, max_items = 20)]
    pub custom_claims: Option<Vec<CustomClaimSettings>>,
    /// The role when no rule matches, except `admin`. Default: `member`.
    #[schema(min_length = 1, max_length = 64, example = "member")]
    pub default_role: Option<String>,
    /// The roles by group. The first rule that matches applies at each sign-in; without rules, roles stay as they are.
    #[schema(inline, max_items = 100)]
    pub role_rules: Option<Vec<RoleRuleSettings>>,
}

/// A role for the members of a group.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[schema(as = RoleRule)]
pub struct RoleRuleSettings {
    /// The group name exactly as the identity provider sends it.
    #[schema(min_length = 1, max_length = 512, example = "it-admins")]
    pub group: String,
    #[schema(min_length = 1, max_length = 64, example = "admin")]
    pub role: String,
}

/// The name of the attribute for each profile field.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct AttributeSettings {
    /// The attribute with the email address.
    #[schema(min_length = 1, max_length = 512)]
    pub email: Option<String>,
    /// The attribute with the given name.
    #[schema(min_length = 1, max_length = 512)]
    pub first_name: Option<String>,
    /// The attribute with the family name.
    #[schema(min_length = 1, max_length = 512)]
    pub last_name: Option<String>,
    /// The attribute with the full name.
    #[schema(min_length = 1, max_length = 512)]
    pub name: Option<String>,
    /// The attribute with the groups.
    #[schema(min_length = 1, max_length = 512)]
    pub groups: Option<String>,
}

impl ConnectionInput {
    /// The current settings of a connection, to which a change is applied.
    pub fn from_connection(connection: &Connection) -> Self {
        let settings = connection.settings.clone();
        Self {
            name: settings.name,
            metadata_xml: None,
            metadata_url: None,
            metadata_certificates: None,
            issuer: non_empty(settings.issuer),
            sign_on_url: non_empty(settings.sign_on_url),
            certificates: certificates(connection),
            provider: Some(settings.provider),
            sign_on_binding: Some(settings.sign_on_binding),
            sign_requests: Some(settings.sign_requests_since.is_some()),
            clock_tolerance_seconds: Some(settings.clock_tolerance.as_secs()),
            danger_accept_sha1: Some(settings.danger_accept_sha1_since.is_some()),
            accept_cbc: Some(settings.accept_cbc_since.is_some()),
            reject_expired_signing_certificate: Some(
                settings.reject_expired_signing_certificate_since.is_some(),
            ),
            idp_initiated: Some(settings.idp_initiated),
            provisioning: Some(settings.provisioning),
            subject_attribute: settings.subject_attribute,
            attributes: Some(AttributeSettings::from_mapping(settings.attribute_mapping)),
            entity_id: settings.entity_id,
            acs_url: settings.acs_url,
            force_authn: Some(settings.force_authn_since.is_some()),
            name_id_format: settings.name_id_format,
            authn_contexts: Some(settings.authn_contexts),
            default_role: Some(settings.default_role),
            role_rules: Some(RoleRuleSettings::from_rules(settings.role_rules)),
            ..Self::from_policy(settings.policy)
        }
    }

    /// Without white space and invisible characters around names and addresses, which copying adds.
    pub(super) fn trimmed(mut self) -> Self {
        let optional = [
            &mut self.metadata_url,
            &mut self.issuer,
            &mut self.sign_on_url,
            &mut self.subject_attribute,
            &mut self.entity_id,
            &mut self.acs_url,
            &mut self.name_id_format,
        ];
        let contexts = [&mut self.authn_contexts, &mut self.accepted_authn_contexts];
        let contexts = contexts.into_iter().flatten().flatten();
        let claims = self.custom_claims.iter_mut().flatten();
        let claims = claims.flat_map(|claim| [&mut claim.name, &mut claim.attribute]);
        let attributes = self.attributes.iter_mut().flat_map(|attributes| {
            [
                &mut attributes.email,
                &mut attributes.first_name,
                &mut attributes.last_name,
                &mut attributes.name,
                &mut attributes.groups,
            ]
        });
        let texts = optional.into_iter().chain(attributes).flatten();
        let lists = contexts.chain(claims);
        for text in std::iter::once(&mut self.name).chain(texts).chain(lists) {
            let trimmed = trim_edges(text);
            if trimmed.len() < text.len() {
                *text = trimmed.to_owned();
            }
        }
        self
    }

    pub(super) fn has_no_idp_config(&self) -> bool {
        self.metadata_xml.is_none()
            && self.issuer.is_none()
            && self.sign_on_url.is_none()
            && self.certificates.is_none()
    }

    /// The settings as stored. A switch that stays on keeps the time when it was set.
    pub(super) fn resolve(
        self,
        app: &App,
        idp_config: &IdpConfig,
        before: Option<&ConnectionSettings>,
    ) -> Result<ConnectionSettings, Problem> {
        self.check(app, before)?;
        let policy = self.policy();
        let now = app.clock.now();
        let since = |is_on: bool, was: fn(&ConnectionSettings) -> Option<Timestamp>| {
            is_on.then(|| before.and_then(was).unwrap_or(now))
        };
        let provider = self.provider.unwrap_or(Provider::Other);
        let rejects_expired = self
            .reject_expired_signing_certificate
            .unwrap_or(provider == Provider::Entra);
        // Values from metadata stay until other metadata replaces them.
        let metadata = idp_config
            .metadata
            .clone()
            .or_else(|| before.map(IdpMetadata::from_settings))
            .unwrap_or_default();
        Ok(ConnectionSettings {
            name: self.name,
            provider,
            issuer: idp_config.issuer.clone(),
            sign_on_url: idp_config
                .sign_on_url
                .as_ref()
                .map_or_else(String::new, |url| url.as_str().to_owned()),
            sign_on_binding: idp_config.sign_on_binding,
            logout_url: metadata.logout_url,
            sign_requests_since: since(self.sign_requests == Some(true), |was| {
                was.sign_requests_since
            }),
            metadata_wants_signed_requests_since: since(metadata.wants_signed_requests, |was| {
                was.metadata_wants_signed_requests_since
            }),
            metadata_valid_until: metadata.valid_until,
            clock_tolerance: SignedDuration::from_secs(
                self.clock_tolerance_seconds
                    .unwrap_or(DEFAULT_CLOCK_TOLERANCE_SECONDS),
            ),
            danger_accept_sha1_since: since(self.danger_accept_sha1 == Some(true), |was| {
                was.danger_accept_sha1_since
            }),
            accept_cbc_since: since(self.accept_cbc == Some(true), |was| was.accept_cbc_since),
            reject_expired_signing_certificate_since: since(rejects_expired, |was| {
                was.reject_expired_signing_certificate_since
            }),
            idp_initiated: self.idp_initiated.unwrap_or(IdpInitiated::Reject),
            provisioning: self.provisioning.unwrap_or(Provisioning::JustInTime),
            subject_attribute: self.subject_attribute,
            attribute_mapping: self.attributes.unwrap_or_default().into_mapping(),
            entity_id: self.entity_id,
            acs_url: self.acs_url,
            force_authn_since: since(self.force_authn == Some(true), |was| was.force_authn_since),
            name_id_format: self.name_id_format,
            authn_contexts: self.authn_contexts.unwrap_or_default(),
            default_role: self.default_role.unwrap_or_else(role::default_role),
            role_rules: self
                .role_rules
                .map(RoleRuleSettings::into_rules)
                .unwrap_or_default(),
            policy,
        })
    }

    /// Checks what the schema cannot express.
    fn check(&self, app: &App, before: Option<&ConnectionSettings>) -> Result<(), Problem> {
        let mut problems = self.role_problems(app);
        if let Some(entity_id) = &self.entity_id {
            let before = before.and_then(|before| before.entity_id.as_deref());
            problems.extend(sp_entity_id::problem(entity_id, before));
        }
        if let Some(acs_url) = &self.acs_url {
            let before = before.and_then(|before| before.acs_url.as_deref());
            problems.extend(acs_address::check_assigned(acs_url, before).err());
        }
        problems.extend(
            self.name_id_format
                .as_deref()
                .and_then(|format| uri_problem("name_id_format".to_owned(), format)),
        );
        problems.extend(self.authn_context_problems());
        let claims = self.custom_claims.iter().flatten().cloned();
        problems.extend(CustomClaimSettings::problems(&claims.collect::<Vec<_>>()));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(problems))
        }
    }

    fn role_problems(&self, app: &App) -> Vec<FieldProblem> {
        let rules = self.role_rules.iter().flatten().enumerate();
        let mut problems: Vec<FieldProblem> = rules
            .filter_map(|(index, rule)| {
                role::check_configured(app, format!("role_rules[{index}].role"), &rule.role).err()
            })
            .collect();
        if let Some(default) = &self.default_role {
            problems.extend(role::check_configured(app, "default_role", default).err());
            // Otherwise every user of the identity provider would become an administrator.
            if default == role::ADMIN {
                problems.push(FieldProblem::new(
                    "default_role",
                    LocalizedText::key("problem-expected-other-role"),
                    format!("{default:?}"),
                ));
            }
        }
        problems
    }
}

fn non_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn certificates(connection: &Connection) -> Option<Vec<String>> {
    let texts = connection
        .certificates
        .iter()
        .map(|certificate| certificate.der_base64.clone());
    Some(texts.collect::<Vec<_>>()).filter(|texts| !texts.is_empty())
}

impl RoleRuleSettings {
    pub(super) fn from_rules(rules: Vec<RoleRule>) -> Vec<Self> {
        let from_rule = |RoleRule { group, role }| Self { group, role };
        rules.into_iter().map(from_rule).collect()
    }

    fn into_rules(rules: Vec<Self>) -> Vec<RoleRule> {
        let into_rule = |Self { group, role }| RoleRule { group, role };
        rules.into_iter().map(into_rule).collect()
    }
}

/// Values that only metadata sets.
#[derive(Clone, Debug, Default)]
pub(super) struct IdpMetadata {
    pub(super) logout_url: Option<String>,
    pub(super) wants_signed_requests: bool,
    pub(super) valid_until: Option<Timestamp>,
}

impl IdpMetadata {
    fn from_settings(settings: &ConnectionSettings) -> Self {
        Self {
            logout_url: settings.logout_url.clone(),
            wants_signed_requests: settings.metadata_wants_signed_requests_since.is_some(),
            valid_until: settings.metadata_valid_until,
        }
    }
}

impl AttributeSettings {
    pub(super) fn from_mapping(mapping: AttributeMapping) -> Self {
        let AttributeMapping {
            email,
            first_name,
            last_name,
            name,
            groups,
        } = mapping;
        Self {
            email,
            first_name,
            last_name,
            name,
            groups,
        }
    }

    fn into_mapping(self) -> AttributeMapping {
        let Self {
            email,
            first_name,
            last_name,
            name,
            groups,
        } = self;
        AttributeMapping {
            email,
            first_name,
            last_name,
            name,
            groups,
        }
    }
}
