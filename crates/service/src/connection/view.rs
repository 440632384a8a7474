//! A connection as the API shows it.

use base64_simd::STANDARD;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use saml::certificate::Certificate;
use saml::location::Location;
use serde::Serialize;
use store::{
    AuthnContextComparison, Binding, Connection, ConnectionState, GroupSeparator, IdpInitiated,
    Organization, Provider, Provisioning, UnverifiedEmail,
};
use utoipa::ToSchema;

use super::acs_address::{acs_url, sp_metadata_url};
use super::plausibility;
use super::settings::{AttributeSettings, CustomClaimSettings, RoleRuleSettings};
use super::warning::Warning;
use crate::{instant, schema};

/// The time before a certificate expires in which a warning is shown.
pub(crate) const CERTIFICATE_EXPIRY_WARNING: SignedDuration = SignedDuration::from_hours(720);

/// A connection of an organization to an identity provider.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Connection)]
pub struct ConnectionView {
    /// The connection ID, which is part of its ACS URL.
    pub id: String,
    /// The organization ID.
    pub organization: String,
    /// The display name.
    pub name: String,
    /// `draft`, `tested`, `active` or `disabled`.
    #[schema(value_type = String)]
    pub state: ConnectionState,
    /// Whether all settings that a sign-in needs are set.
    pub complete: bool,
    /// The settings that are required before the connection can be activated.
    #[schema(value_type = Vec<String>, example = json!(["issuer", "sign_on_url", "certificates"]))]
    pub missing: Vec<&'static str>,
    /// The assertion consumer service (ACS) URL, to which the identity provider sends responses.
    pub acs_url: String,
    /// The service provider's entity ID, which is the audience of assertions.
    pub entity_id: String,
    /// The URL of the service provider's metadata, for the identity provider. `metadata_url` of the settings is the other
    /// one: that of the identity provider's metadata.
    pub sp_metadata_url: String,
    /// The identity provider's entity ID, or an empty text if not set.
    pub issuer: String,
    /// The identity provider's single sign-on URL, or an empty text if not set.
    pub sign_on_url: String,
    #[schema(schema_with = schema::binding)]
    pub sign_on_binding: Binding,
    /// The identity provider's signing certificates.
    pub certificates: Vec<CertificateView>,
    #[schema(schema_with = schema::provider)]
    pub provider: Provider,
    /// Whether requests are signed, by this connection's settings or the identity provider's metadata.
    pub sign_requests: bool,
    /// The accepted clock skew in seconds.
    pub clock_tolerance_seconds: i64,
    /// Whether SHA-1 signatures are accepted.
    pub danger_accept_sha1: bool,
    /// Whether encryption with AES-CBC is accepted in addition to AES-GCM.
    pub accept_cbc: bool,
    /// Whether an expired signing certificate is rejected.
    pub reject_expired_signing_certificate: bool,
    #[schema(schema_with = schema::idp_initiated)]
    pub idp_initiated: IdpInitiated,
    #[schema(schema_with = schema::provisioning)]
    pub provisioning: Provisioning,
    /// The attribute that identifies the account; the NameID if not set.
    pub subject_attribute: Option<String>,
    /// The attribute mapping, without the provider's usual attributes.
    pub attributes: AttributeSettings,
    /// Whether the identity provider must ask for credentials at every sign-in.
    pub force_authn: bool,
    /// The requested NameID format.
    pub name_id_format: Option<String>,
    /// The requested authentication contexts, of which a sign-in must have one.
    pub authn_contexts: Vec<String>,
    #[schema(schema_with = schema::authn_context_comparison)]
    pub authn_context_comparison: AuthnContextComparison,
    /// Authentication contexts that a sign-in may have instead of the requested ones.
    pub accepted_authn_contexts: Vec<String>,
    /// Whether an assertion is accepted that does not say how and when the user signed in to the identity provider;
    /// `null` for the default of the identity provider product.
    pub accept_missing_authn_statement: Option<bool>,
    /// Whether the response itself must be signed.
    pub require_signed_response: bool,
    /// Whether the assertion itself must be signed.
    pub require_signed_assertion: bool,
    /// Whether assertions must be encrypted.
    pub require_encryption: bool,
    /// Whether the service provider's metadata has the key to encrypt assertions with; `null` for the default of the
    /// identity provider product.
    pub publish_encryption_key: Option<bool>,
    /// Whether requests permit the identity provider to create an identifier for the user.
    pub allow_create: bool,
    /// Whether `prompt=none` of an application is passed to the identity provider.
    pub passive_requests: bool,
    /// The character between groups in one value: `none`, `comma`, `semicolon` or `pipe`; `null` for the default of the
    /// identity provider product.
    #[schema(value_type = Option<String>)]
    pub group_separator: Option<GroupSeparator>,
    /// What happens to a new member whose email address is outside the organization's verified domains: `admit`,
    /// `admit_without_email` or `refuse`; `null` for `refuse` if the organization has a verified domain, otherwise
    /// `admit`.
    #[schema(value_type = Option<String>)]
    pub unverified_email: Option<UnverifiedEmail>,
    /// Attributes that applications receive as claims in addition to the profile.
    #[schema(inline)]
    pub custom_claims: Vec<CustomClaimSettings>,
    /// The role when no rule matches.
    pub default_role: String,
    /// The roles by group; the first rule that matches applies.
    #[schema(inline)]
    pub role_rules: Vec<RoleRuleSettings>,
    /// When the connection was created.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The last successful test sign-in.
    #[schema(format = DateTime)]
    pub tested_at: Option<String>,
    /// When the connection was activated.
    #[schema(format = DateTime)]
    pub activated_at: Option<String>,
    /// When the connection was disabled.
    #[schema(format = DateTime)]
    pub disabled_at: Option<String>,
    /// When the recipient of a setup link requested the activation. It waits for an administrator or operator: activate
    /// the connection to confirm it, or decline it.
    #[schema(format = DateTime)]
    pub activation_requested_at: Option<String>,
    /// The ID of the setup link whose recipient requested the activation.
    pub activation_requested_by: Option<String>,
    /// Since when the connection is active by a setup link alone. Until you activate it to confirm it, no one becomes an
    /// administrator through it.
    #[schema(format = DateTime)]
    pub unconfirmed_since: Option<String>,
    /// Configuration problems that do not prevent sign-ins, or soon will.
    pub warnings: Vec<Warning>,
}

/// A signing certificate of an identity provider.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub struct CertificateView {
    /// The SHA-256 fingerprint in lower-case hexadecimal.
    pub sha256: String,
    /// The subject of the certificate.
    pub subject: String,
    /// The type and size of the key.
    #[schema(example = "RSA 2048")]
    pub key: String,
    /// The start of the validity period.
    #[schema(format = DateTime)]
    pub not_before: String,
    /// The end of the validity period.
    #[schema(format = DateTime)]
    pub not_after: String,
}

pub(super) fn view(
    app: &App,
    organization: &Organization,
    connection: &Connection,
) -> ConnectionView {
    let settings = connection.settings.clone();
    let policy = settings.policy;
    let lifecycle = connection.lifecycle;
    let request = connection.activation_request.as_ref();
    let certificates = parse_certificates(connection);
    ConnectionView {
        id: connection.id.to_string(),
        organization: connection.organization.to_string(),
        name: settings.name,
        state: connection.state(),
        complete: connection.is_complete(),
        missing: connection.missing(),
        acs_url: acs_url(app, connection),
        entity_id: entity_id(app, connection).to_owned(),
        sp_metadata_url: sp_metadata_url(app, connection),
        issuer: settings.issuer,
        sign_on_url: settings.sign_on_url,
        sign_on_binding: settings.sign_on_binding,
        certificates: certificates.iter().map(certificate_view).collect(),
        provider: settings.provider,
        sign_requests: connection.settings.signs_requests(),
        clock_tolerance_seconds: settings.clock_tolerance.as_secs(),
        danger_accept_sha1: settings.danger_accept_sha1_since.is_some(),
        accept_cbc: settings.accept_cbc_since.is_some(),
        reject_expired_signing_certificate: settings
            .reject_expired_signing_certificate_since
            .is_some(),
        idp_initiated: settings.idp_initiated,
        provisioning: settings.provisioning,
        subject_attribute: settings.subject_attribute,
        attributes: AttributeSettings::from_mapping(settings.attribute_mapping),
        force_authn: settings.force_authn_since.is_some(),
        name_id_format: settings.name_id_format,
        authn_contexts: settings.authn_contexts,
        authn_context_comparison: policy.authn_context_comparison,
        accepted_authn_contexts: policy.accepted_authn_contexts,
        accept_missing_authn_statement: policy.accept_missing_authn_statement,
        require_signed_response: policy.require_signed_response,
        require_signed_assertion: policy.require_signed_assertion,
        require_encryption: policy.require_encryption,
        publish_encryption_key: policy.publish_encryption_key,
        allow_create: policy.allow_create,
        passive_requests: policy.passive_requests,
        group_separator: policy.group_separator,
        unverified_email: policy.unverified_email,
        custom_claims: CustomClaimSettings::from_claims(policy.custom_claims),
        default_role: settings.default_role,
        role_rules: RoleRuleSettings::from_rules(settings.role_rules),
        created_at: instant(lifecycle.created_at),
        tested_at: lifecycle.tested_at.map(instant),
        activated_at: lifecycle.activated_at.map(instant),
        disabled_at: lifecycle.disabled_at.map(instant),
        activation_requested_at: request.map(|request| instant(request.at)),
        activation_requested_by: request.map(|request| request.link.to_string()),
        unconfirmed_since: lifecycle.unconfirmed_since.map(instant),
        warnings: warnings(app, organization, connection, &certificates),
    }
}

/// The service provider's entity ID of a connection.
pub fn entity_id<'a>(app: &'a App, connection: &'a Connection) -> &'a str {
    connection
        .settings
        .entity_id
        .as_deref()
        .unwrap_or(&app.config.entity_id)
}

fn parse_certificates(connection: &Connection) -> Vec<Certificate> {
    let certificates = connection.certificates.iter();
    certificates
        .filter_map(|stored| parse_certificate(&stored.der_base64))
        .collect()
}

pub(super) fn parse_certificate(der_base64: &str) -> Option<Certificate> {
    Certificate::from_der(&STANDARD.decode_to_vec(der_base64).ok()?).ok()
}

/// When the last certificate of a connection expires. `None` when it has no certificate that can be read.
pub(super) fn last_certificate_expiry(connection: &Connection) -> Option<Timestamp> {
    parse_certificates(connection)
        .iter()
        .map(Certificate::not_after)
        .max()
}

pub(super) fn certificate_view(certificate: &Certificate) -> CertificateView {
    CertificateView {
        sha256: certificate.sha256(),
        subject: certificate.subject().to_owned(),
        key: certificate.public_key().key_type().to_string(),
        not_before: instant(certificate.not_before()),
        not_after: instant(certificate.not_after()),
    }
}

fn warnings(
    app: &App,
    organization: &Organization,
    connection: &Connection,
    certificates: &[Certificate],
) -> Vec<Warning> {
    let settings = &connection.settings;
    let now = app.clock.now();
    let mut warnings: Vec<Warning> = certificates
        .iter()
        .filter_map(|certificate| certificate_warning(certificate, connection, now))
        .collect();
    warnings.extend(certificates.iter().filter_map(published_key_warning));
    warnings.extend(plausibility::warnings(app, connection));
    let mut warn = |code, detail: String| warnings.push(Warning::new(code, detail));
    if !app.config.plans.includes_sso(&organization.plan) {
        let plan = &organization.plan;
        warn(
            "sso-not-in-plan",
            format!(
                "members cannot sign in through this connection: the plan {plan} does not include SAML single sign-on"
            ),
        );
    }
    if settings.danger_accept_sha1_since.is_some() {
        warn(
            "danger-sha1",
            "SHA-1 signatures are accepted, which attackers may be able to forge".to_owned(),
        );
    }
    if settings.idp_initiated == IdpInitiated::DangerAccept {
        warn(
            "danger-unsolicited",
            "unsolicited responses are accepted, so any website can sign a visitor in to the account of someone else (login CSRF); set idp_initiated to restart".to_owned(),
        );
    }
    if Location::parse(&settings.sign_on_url).is_ok_and(|url| !url.is_protected()) {
        warn(
            "plain-http",
            format!("the URL {} is not encrypted", settings.sign_on_url),
        );
    }
    if settings
        .metadata_valid_until
        .is_some_and(|until| until <= now)
    {
        warn(
            "metadata-expired",
            "the identity provider's metadata has expired; import it again".to_owned(),
        );
    }
    warnings
}

fn published_key_warning(certificate: &Certificate) -> Option<Warning> {
    let place = certificate.public_key().published_in()?;
    let subject = certificate.subject();
    Some(Warning::new(
        "danger-published-key",
        format!(
            "the private key of the certificate {subject} is published in {place}: anyone can sign in as any member"
        ),
    ))
}

fn certificate_warning(
    certificate: &Certificate,
    connection: &Connection,
    now: Timestamp,
) -> Option<Warning> {
    let until = certificate.not_after();
    let subject = certificate.subject();
    let is_rejected_when_expired = connection
        .settings
        .reject_expired_signing_certificate_since
        .is_some();
    let consequence = if is_rejected_when_expired {
        "its signatures are rejected after that"
    } else {
        "its signatures are still accepted after that"
    };
    if certificate.is_expired_at(now) {
        let detail = format!(
            "the certificate {subject} expired at {}; {consequence}",
            instant(until)
        );
        return Some(Warning::new("certificate-expired", detail));
    }
    if until < now + CERTIFICATE_EXPIRY_WARNING {
        let detail = format!(
            "the certificate {subject} expires at {}; {consequence}",
            instant(until)
        );
        return Some(Warning::new("certificate-expires-soon", detail));
    }
    (now < certificate.not_before()).then(|| {
        let from = instant(certificate.not_before());
        Warning::new(
            "certificate-not-yet-valid",
            format!("the certificate {subject} is not valid before {from}"),
        )
    })
}
