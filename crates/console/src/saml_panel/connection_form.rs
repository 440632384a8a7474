//! The form of the SAML SSO panel.

use jiff::Timestamp;
use runtime::problem::{FieldProblem, LocalizedText};
use saml::paste::find_secret;
use serde_json::{Map, Value, json};
use service::connection::{ConnectionInput, ConnectionView, WorkingCopyView};
use store::ConnectionState;

use crate::form::ConsoleForm;

/// The values of the form's fields.
#[derive(Clone, Debug, Default)]
pub(super) struct ConnectionForm {
    pub is_enabled: bool,
    pub sign_on_url: String,
    pub issuer: String,
    pub certificate: String,
}

impl ConnectionForm {
    pub(super) fn from_form(form: &ConsoleForm) -> Self {
        Self {
            is_enabled: form.has("enabled"),
            sign_on_url: form.text("sign_on_url").to_owned(),
            issuer: form.text("issuer").to_owned(),
            certificate: form.text("certificate").to_owned(),
        }
    }

    /// The saved settings. The certificate's field stays empty: the page lists the trusted certificates above it, and a
    /// new one replaces them.
    pub(super) fn from_connection(working: Option<&WorkingCopyView>) -> Self {
        let Some(working) = working else {
            return Self::default();
        };
        Self {
            is_enabled: working.connection.state == ConnectionState::Active,
            sign_on_url: working.connection.sign_on_url.clone(),
            issuer: working.connection.issuer.clone(),
            certificate: String::new(),
        }
    }

    /// Clears the fields that contain a secret, which must be neither saved nor sent back.
    pub(super) fn remove_secrets(&mut self, now: Timestamp) -> Vec<FieldProblem> {
        let fields = [
            (
                "sign_on_url",
                "problem-expected-sign-on-url",
                &mut self.sign_on_url,
            ),
            ("issuer", "problem-expected-issuer", &mut self.issuer),
            (
                "certificates",
                "problem-expected-certificate",
                &mut self.certificate,
            ),
        ];
        let mut errors = Vec::new();
        for (field, expected, value) in fields {
            if find_secret(value, now).is_some() {
                value.clear();
                errors.push(FieldProblem::new(
                    field,
                    LocalizedText::key(expected),
                    LocalizedText::key("problem-received-secret"),
                ));
            }
        }
        errors
    }

    /// The settings that the form changes.
    pub(super) fn changes(&self, connection: &ConnectionView) -> Map<String, Value> {
        let mut changes = Map::new();
        // An emptied field removes its setting.
        if self.sign_on_url != connection.sign_on_url {
            changes.insert("sign_on_url".to_owned(), json!(filled(&self.sign_on_url)));
        }
        if self.issuer != connection.issuer {
            changes.insert("issuer".to_owned(), json!(filled(&self.issuer)));
        }
        if !self.certificate.is_empty() {
            changes.insert("certificates".to_owned(), json!([self.certificate]));
        }
        changes
    }

    /// The settings of a new connection. Empty fields can be filled in later: the service provider's addresses are shown
    /// as soon as the connection exists.
    pub(super) fn to_settings(&self) -> ConnectionInput {
        ConnectionInput {
            name: "SAML single sign-on".to_owned(),
            issuer: filled(&self.issuer),
            sign_on_url: filled(&self.sign_on_url),
            certificates: filled(&self.certificate).map(|certificate| vec![certificate]),
            ..ConnectionInput::default()
        }
    }
}

fn filled(value: &str) -> Option<String> {
    Some(value.to_owned()).filter(|value| !value.is_empty())
}
