//! Which settings of a connection the recipient of a setup link may change.

use serde::Serialize;
use serde_json::Value;
use store::{Connection, ConnectionPolicy, ConnectionSettings};

use crate::to_json;

/// Why a setup link cannot change a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingLock {
    /// The setting is a requirement of the administrators, or decides who becomes a member and what applications receive.
    Administrators,
    /// The connection was active, so that sign-ins rely on the setting.
    WasActive,
}

/// A setting with the permission to change it.
#[derive(Debug)]
pub(super) struct SettingPermission {
    /// The name in the API.
    pub(super) field: &'static str,
    pub(super) value: Value,
    permission: Permission,
}

#[derive(Clone, Copy, Debug)]
enum Permission {
    /// It describes the identity provider, or adapts to it.
    Open,
    /// The first setup needs it. Later a change would weaken what is checked, or give members other accounts.
    FirstSetup,
    Administrators,
}

use Permission::{Administrators, FirstSetup, Open};

impl SettingPermission {
    /// Every setting. They are taken apart by name, so that a new one does not compile without a permission.
    pub(super) fn all(settings: &ConnectionSettings) -> Vec<Self> {
        let ConnectionSettings {
            name,
            provider,
            issuer,
            sign_on_url,
            sign_on_binding,
            logout_url,
            sign_requests_since,
            metadata_wants_signed_requests_since,
            metadata_valid_until,
            clock_tolerance,
            danger_accept_sha1_since,
            accept_cbc_since,
            reject_expired_signing_certificate_since,
            idp_initiated,
            provisioning,
            subject_attribute,
            attribute_mapping,
            entity_id,
            acs_url,
            force_authn_since,
            name_id_format,
            authn_contexts,
            default_role,
            role_rules,
            policy,
        } = settings;
        let mut all = vec![
            Open.of("name", name),
            Open.of("provider", provider),
            Open.of("issuer", issuer),
            Open.of("sign_on_url", sign_on_url),
            Open.of("sign_on_binding", sign_on_binding),
            Open.of("logout_url", logout_url),
            Open.of("sign_requests", sign_requests_since),
            Open.of(
                "metadata",
                &(metadata_wants_signed_requests_since, metadata_valid_until),
            ),
            FirstSetup.of("clock_tolerance_seconds", &clock_tolerance.as_secs()),
            Administrators.of("danger_accept_sha1", danger_accept_sha1_since),
            Open.of("accept_cbc", accept_cbc_since),
            FirstSetup.of(
                "reject_expired_signing_certificate",
                reject_expired_signing_certificate_since,
            ),
            // Except `danger_accept`.
            Open.of("idp_initiated", idp_initiated),
            Administrators.of("provisioning", provisioning),
            FirstSetup.of("subject_attribute", subject_attribute),
            Open.of("attributes", attribute_mapping),
            Open.of("entity_id", entity_id),
            Administrators.of("acs_url", acs_url),
            Administrators.of("force_authn", force_authn_since),
            Open.of("name_id_format", name_id_format),
            Administrators.of("authn_contexts", authn_contexts),
            Open.of("default_role", default_role),
            // Except rules that make further members administrators.
            Open.of("role_rules", role_rules),
        ];
        all.extend(Self::of_policy(policy));
        all
    }

    fn of_policy(policy: &ConnectionPolicy) -> [Self; 12] {
        let ConnectionPolicy {
            require_signed_response,
            require_signed_assertion,
            require_encryption,
            publish_encryption_key,
            authn_context_comparison,
            accepted_authn_contexts,
            accept_missing_authn_statement,
            allow_create,
            passive_requests,
            group_separator,
            unverified_email,
            custom_claims,
        } = policy;
        [
            Administrators.of("require_signed_response", require_signed_response),
            Administrators.of("require_signed_assertion", require_signed_assertion),
            Administrators.of("require_encryption", require_encryption),
            Open.of("publish_encryption_key", publish_encryption_key),
            Administrators.of("authn_context_comparison", authn_context_comparison),
            Administrators.of("accepted_authn_contexts", accepted_authn_contexts),
            Administrators.of(
                "accept_missing_authn_statement",
                accept_missing_authn_statement,
            ),
            Open.of("allow_create", allow_create),
            Open.of("passive_requests", passive_requests),
            Open.of("group_separator", group_separator),
            Administrators.of("unverified_email", unverified_email),
            Administrators.of("custom_claims", custom_claims),
        ]
    }

    pub(super) fn lock(&self, connection: &Connection) -> Option<SettingLock> {
        match self.permission {
            Open => None,
            FirstSetup => connection
                .lifecycle
                .activated_at
                .map(|_| SettingLock::WasActive),
            Administrators => Some(SettingLock::Administrators),
        }
    }
}

impl Permission {
    fn of(self, field: &'static str, value: &impl Serialize) -> SettingPermission {
        SettingPermission {
            field,
            value: to_json(value),
            permission: self,
        }
    }
}
