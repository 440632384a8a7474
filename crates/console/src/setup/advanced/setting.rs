//! The settings on the page, in its order.

use i18n::Localizer;
use service::setup_link_policy::{SettingLock, setting_lock};

use super::form::AdvancedForm;
use crate::diff::setting_label;
use crate::form_state::FormState;
use crate::setup::setup_user::SetupUser;

/// Settings that belong together.
#[derive(Debug)]
pub(super) struct SettingGroup {
    /// Identifies its part of the page.
    pub id: &'static str,
    /// The key of its title.
    pub title: &'static str,
    pub settings: &'static [Setting],
}

/// A setting with the control that changes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Its name in the API, which also identifies its control on the page.
    pub field: &'static str,
    pub control: Control,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
    /// A box to check.
    Switch,
    /// A list to choose from. The text of a value has the key with this prefix; the empty value means the product's
    /// default.
    Choice(&'static str, &'static [&'static str]),
    /// Yes, no, or the product's default.
    DefaultSwitch,
    Number,
    Text,
    /// Several values, one on each line.
    Lines,
    /// The rows of custom claims.
    Claims,
}

const fn setting(field: &'static str, control: Control) -> Setting {
    Setting { field, control }
}

pub(super) const GROUPS: [SettingGroup; 4] = [
    SettingGroup {
        id: "signing-and-encryption",
        title: "sso-advanced-signing",
        settings: &[
            setting("sign_requests", Control::Switch),
            setting(
                "sign_on_binding",
                Control::Choice("sso-binding", &["redirect", "post"]),
            ),
            setting("require_signed_response", Control::Switch),
            setting("require_signed_assertion", Control::Switch),
            setting("require_encryption", Control::Switch),
            setting("publish_encryption_key", Control::DefaultSwitch),
            setting("accept_cbc", Control::Switch),
            setting("reject_expired_signing_certificate", Control::Switch),
            setting("danger_accept_sha1", Control::Switch),
        ],
    },
    SettingGroup {
        id: "sign-in-behavior",
        title: "sso-advanced-sign-in",
        settings: &[
            setting("force_authn", Control::Switch),
            setting("passive_requests", Control::Switch),
            setting("authn_contexts", Control::Lines),
            setting(
                "authn_context_comparison",
                Control::Choice("sso-comparison", &["exact", "minimum", "maximum", "better"]),
            ),
            setting("accepted_authn_contexts", Control::Lines),
            setting("accept_missing_authn_statement", Control::Switch),
            setting("clock_tolerance_seconds", Control::Number),
            setting(
                "idp_initiated",
                Control::Choice("sso-idp-initiated", &["reject", "restart", "danger_accept"]),
            ),
        ],
    },
    SettingGroup {
        id: "identity-and-attributes",
        title: "sso-advanced-identity",
        settings: &[
            setting("entity_id", Control::Text),
            setting("name_id_format", Control::Text),
            setting("allow_create", Control::Switch),
            setting("subject_attribute", Control::Text),
            setting(
                "group_separator",
                Control::Choice(
                    "setup-group-separator",
                    &["", "none", "comma", "semicolon", "pipe"],
                ),
            ),
            setting("custom_claims", Control::Claims),
        ],
    },
    SettingGroup {
        id: "provisioning-settings",
        title: "sso-advanced-provisioning",
        settings: &[
            setting(
                "provisioning",
                Control::Choice("sso-provisioning", &["just_in_time", "invitation_only"]),
            ),
            setting(
                "unverified_email",
                Control::Choice(
                    "sso-unverified-email",
                    &["", "admit", "admit_without_email", "refuse"],
                ),
            ),
        ],
    },
];

/// Every setting, in the order of the page.
pub(super) fn all() -> impl Iterator<Item = &'static Setting> {
    GROUPS.iter().flat_map(|group| group.settings)
}

impl Setting {
    /// Why the user cannot change it.
    pub(super) fn lock(&self, user: &SetupUser) -> Option<SettingLock> {
        let uses_setup_link = user.uses_setup_link();
        uses_setup_link
            .then(|| setting_lock(user.connection(), self.field))
            .flatten()
    }

    /// The rest of the keys of its texts.
    fn key(&self) -> String {
        self.field.replace('_', "-")
    }
}

/// A setting with its value and texts.
#[derive(Debug)]
pub(super) struct SettingView {
    pub field: &'static str,
    pub control: Control,
    pub label: String,
    pub help: String,
    /// Why the setting is dangerous.
    pub danger: Option<String>,
    pub value: String,
    pub options: Vec<OptionView>,
    pub error: Option<String>,
    /// Set when the user cannot change the setting.
    pub locked: Option<LockedView>,
}

/// A setting that is only shown.
#[derive(Debug)]
pub(super) struct LockedView {
    pub reason: String,
    /// The value in words; empty when nothing is set.
    pub values: Vec<String>,
}

#[derive(Debug)]
pub(super) struct OptionView {
    pub value: &'static str,
    pub label: String,
}

impl SettingView {
    pub(super) fn new(setting: &Setting, form: &FormState<AdvancedForm>, user: &SetupUser) -> Self {
        let text = user.text;
        let value = form.values.get(setting.field).to_owned();
        let danger = format!("sso-danger-{}", setting.key());
        let options = options(setting, &value, user);
        let locked = setting.lock(user).map(|lock| LockedView {
            reason: text.get(lock_reason(lock)),
            values: shown_values(text, setting, form, &options),
        });
        Self {
            field: setting.field,
            control: setting.control,
            label: setting_label(text, setting.field),
            help: text.get(&format!("sso-help-{}", setting.key())),
            danger: text.has(&danger).then(|| text.get(&danger)),
            options,
            value,
            locked,
            error: form.field_message(text, setting.field),
        }
    }

    /// The texts of the page that describe its control.
    pub(super) fn described_by(&self) -> String {
        let field = self.field;
        let mut texts = format!("{field}-help");
        if self.danger.is_some() {
            texts.push_str(&format!(" {field}-danger"));
        }
        if self.error.is_some() {
            texts.push_str(&format!(" {field}-fault"));
        }
        texts
    }
}

fn lock_reason(lock: SettingLock) -> &'static str {
    match lock {
        SettingLock::Administrators => "sso-locked-administrators",
        SettingLock::WasActive => "sso-locked-was-active",
    }
}

/// The value of a setting in words.
fn shown_values(
    text: Localizer,
    setting: &Setting,
    form: &FormState<AdvancedForm>,
    options: &[OptionView],
) -> Vec<String> {
    let value = form.values.get(setting.field);
    let chosen = options.iter().find(|option| option.value == value);
    match setting.control {
        Control::Switch if value == "true" => vec![text.get("sso-yes")],
        Control::Switch => vec![text.get("sso-no")],
        Control::DefaultSwitch | Control::Choice(..) => chosen
            .map(|option| option.label.clone())
            .into_iter()
            .collect(),
        Control::Claims => {
            let claims = form.values.claims.iter();
            let filled = claims.filter(|claim| !claim.name.is_empty());
            filled
                .map(|claim| format!("{} ← {}", claim.name, claim.attribute))
                .collect()
        }
        Control::Number | Control::Text | Control::Lines => {
            value.lines().map(str::to_owned).collect()
        }
    }
}

/// The recipient of a setup link cannot choose what is dangerous; what is chosen already is shown.
fn options(setting: &Setting, chosen: &str, user: &SetupUser) -> Vec<OptionView> {
    let text = user.text;
    let option = |value: &'static str, key: &str| OptionView {
        value,
        label: text.get(key),
    };
    match setting.control {
        Control::DefaultSwitch => vec![
            option("", "setup-group-separator-default"),
            option("true", "sso-yes"),
            option("false", "sso-no"),
        ],
        Control::Choice(prefix, values) => values
            .iter()
            .filter(|value| {
                !user.uses_setup_link() || !value.starts_with("danger_") || **value == chosen
            })
            .map(|value| {
                let name = if value.is_empty() { "default" } else { value };
                option(value, &format!("{prefix}-{}", name.replace('_', "-")))
            })
            .collect(),
        Control::Switch | Control::Number | Control::Text | Control::Lines | Control::Claims => {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use guide::diagnosis::{FixLink, Target};
    use i18n::{Language, Localizer};
    use service::connection::ConnectionInput;
    use service::sign_in::error::Code;

    use super::*;

    /// Settings that other pages change, and what creates a connection.
    const ELSEWHERE: [&str; 12] = [
        "name",
        "metadata_xml",
        "metadata_url",
        "metadata_certificates",
        "issuer",
        "sign_on_url",
        "certificates",
        "provider",
        "attributes",
        // Operators assign it, together with the address at which another product answered.
        "acs_url",
        "default_role",
        "role_rules",
    ];

    #[test]
    fn the_page_has_every_setting_that_no_other_page_has() {
        let settings = serde_json::to_value(ConnectionInput::default()).unwrap();
        let settings: BTreeSet<&str> = settings
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|field| !ELSEWHERE.contains(field))
            .collect();
        let shown: BTreeSet<&str> = all().map(|setting| setting.field).collect();
        assert_eq!(shown, settings);
        assert_eq!(shown.len(), all().count());
    }

    #[test]
    fn every_setting_and_every_option_has_texts() {
        let text = Localizer::new(Language::English);
        for setting in all() {
            let key = setting.key();
            assert!(text.has(&format!("sso-field-{key}")), "{key}");
            assert!(text.has(&format!("sso-help-{key}")), "{key}");
            if let Control::Choice(prefix, values) = setting.control {
                for value in values {
                    let name = if value.is_empty() { "default" } else { value };
                    let key = format!("{prefix}-{}", name.replace('_', "-"));
                    assert!(text.has(&key), "{key}");
                }
            }
        }
    }

    #[test]
    fn every_setting_to_which_a_failed_sign_in_links_is_on_the_page() {
        let links = Code::ALL.iter().copied().filter_map(FixLink::for_code);
        let mut linked = 0;
        for link in links {
            if let Target::Setting(field) = link.target {
                assert!(all().any(|setting| setting.field == field), "{field}");
                linked += 1;
            }
        }
        assert!(linked > 10, "{linked}");
    }
}
