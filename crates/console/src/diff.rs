//! The differences between two versions of a connection's settings, in words.

use i18n::Localizer;
use service::connection::{DiffValue, Difference};

/// A setting with another value in a draft or in an earlier version.
#[derive(Debug)]
pub(super) struct DifferenceRow {
    /// The setting's label.
    pub label: String,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

impl DifferenceRow {
    pub(super) fn list(text: Localizer, differences: &[Difference]) -> Vec<Self> {
        differences
            .iter()
            .map(|difference| Self::new(text, difference))
            .collect()
    }

    fn new(text: Localizer, difference: &Difference) -> Self {
        let values =
            |values: &[DiffValue]| values.iter().map(|value| value_text(text, value)).collect();
        Self {
            label: setting_label(text, &difference.field),
            before: values(&difference.before),
            after: values(&difference.after),
        }
    }
}

/// The label of a setting.
pub(super) fn setting_label(text: Localizer, field: &str) -> String {
    let key = format!("sso-field-{}", field.replace('_', "-"));
    if text.has(&key) {
        text.get(&key)
    } else {
        field.to_owned()
    }
}

/// The label of a field, which may be an item of a list or a part of an object, such as `role_rules[0].group`.
pub(super) fn field_label(text: Localizer, path: &str) -> String {
    let end = path.find(['[', '.']).unwrap_or(path.len());
    setting_label(text, &path[..end])
}

fn value_text(text: Localizer, value: &DiffValue) -> String {
    match value {
        DiffValue::Flag(true) => text.get("sso-yes"),
        DiffValue::Flag(false) => text.get("sso-no"),
        DiffValue::Certificate {
            subject,
            not_after,
            sha256,
        } => {
            let ends = text.local_time(not_after).to_text();
            format!("{subject}, {ends}, SHA-256 {sha256}")
        }
        DiffValue::Rule { group, role } => format!("{group} → {role}"),
        DiffValue::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expiry_of_a_certificate_is_in_the_readers_language() {
        let difference = Difference {
            field: "certificates".to_owned(),
            before: Vec::new(),
            after: vec![DiffValue::Certificate {
                subject: "CN=idp, O=Acme".to_owned(),
                not_after: "2049-12-31T00:00:00Z".to_owned(),
                sha256: "7fab".to_owned(),
            }],
        };
        let row = DifferenceRow::new(Localizer::new(i18n::Language::German), &difference);
        assert_eq!(
            row.after,
            ["CN=idp, O=Acme, 31. Dez. 2049, 00:00 UTC, SHA-256 7fab"]
        );
    }
}
