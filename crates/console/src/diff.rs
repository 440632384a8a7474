use i18n::Localizer;
use service::connection::{Difference, Line};

/// A setting that is another in a draft, or was another in an earlier version, in words.
#[derive(Debug)]
pub(super) struct DifferenceRow {
    /// Its name in words.
    pub name: String,
    /// What it is now.
    pub before: Vec<String>,
    /// What it would be.
    pub after: Vec<String>,
}

impl DifferenceRow {
    /// The difference in words.
    pub(super) fn new(text: Localizer, difference: &Difference) -> Self {
        let in_words = |lines: &[Line]| lines.iter().map(|one| line(text, one)).collect();
        Self {
            name: field_name(text, &difference.field),
            before: in_words(&difference.before),
            after: in_words(&difference.after),
        }
    }
}

/// What a setting is called.
pub(super) fn field_name(text: Localizer, field: &str) -> String {
    let key = format!("sso-field-{}", field.replace('_', "-"));
    if text.has(&key) {
        text.get(&key)
    } else {
        field.to_owned()
    }
}

fn line(text: Localizer, line: &Line) -> String {
    match line {
        Line::Flag(true) => text.get("sso-yes"),
        Line::Flag(false) => text.get("sso-no"),
        Line::Certificate {
            subject,
            ends,
            sha256,
        } => {
            let ends = text.local_time(ends).to_text();
            format!("{subject}, {ends}, SHA-256 {sha256}")
        }
        Line::Rule { group, role } => format!("{group} → {role}"),
        Line::Text(text) => text.clone(),
    }
}

#[test]
fn a_certificate_ends_in_the_readers_language() {
    let difference = Difference {
        field: "certificates".to_owned(),
        before: Vec::new(),
        after: vec![Line::Certificate {
            subject: "CN=idp, O=Acme".to_owned(),
            ends: "2049-12-31T00:00:00Z".to_owned(),
            sha256: "7fab".to_owned(),
        }],
    };
    let row = DifferenceRow::new(Localizer::new(i18n::Language::German), &difference);
    assert_eq!(
        row.after,
        ["CN=idp, O=Acme, 31. Dez. 2049, 00:00 UTC, SHA-256 7fab"]
    );
}
