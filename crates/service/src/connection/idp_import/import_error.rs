use jiff::Timestamp;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::paste::{PasteError, find_secret};

use super::IdpInput;

/// An error in one field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The name of the field.
    pub field: &'static str,
    /// For programs and documentation.
    pub code: &'static str,
    /// One English sentence. It never repeats an input that may be a secret.
    pub detail: String,
    /// What was expected and received, if known.
    pub field_problem: Option<FieldProblem>,
}

impl ImportError {
    pub(super) fn new(field: &'static str, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            field,
            code,
            detail: detail.into(),
            field_problem: None,
        }
    }

    /// Whether the input has a secret, so that it must not be shown again.
    pub fn is_secret(&self) -> bool {
        [PasteError::PrivateKey, PasteError::Pkcs12]
            .iter()
            .any(|secret| secret.code() == self.code)
    }
}

/// Finds private keys in any field, before the input is used for anything.
pub(super) fn find_secrets(input: &IdpInput, now: Timestamp) -> Vec<ImportError> {
    let fields = [
        ("pasted", &input.pasted),
        ("certificate", &input.certificate),
        ("issuer", &input.issuer),
        ("sign_on_url", &input.sign_on_url),
    ];
    let error = |(field, text): (&'static str, &String)| {
        find_secret(text, now)
            .map(|secret| ImportError::new(field, secret.code(), secret.to_string()))
    };
    fields.into_iter().filter_map(error).collect()
}

/// Converts a problem with settings to errors of the form's fields.
pub(super) fn from_problem(problem: &Problem, code: &'static str) -> Vec<ImportError> {
    if problem.errors.is_empty() {
        return vec![ImportError::new(
            "pasted",
            problem.code.as_str(),
            problem.detail.clone(),
        )];
    }
    let error = |problem: &FieldProblem| {
        let field = match problem.field.split('[').next() {
            Some("issuer") => "issuer",
            Some("sign_on_url") => "sign_on_url",
            Some("certificates") => "certificate",
            _ => "pasted",
        };
        let code = if problem.received == LocalizedText::key("problem-received-nothing") {
            "missing"
        } else {
            code
        };
        let detail = problem.message();
        ImportError {
            field_problem: Some(problem.clone()),
            ..ImportError::new(field, code, detail)
        }
    };
    problem.errors.iter().map(error).collect()
}
