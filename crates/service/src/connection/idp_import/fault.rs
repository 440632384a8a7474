use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::paste::{PasteError, find_secret};

use super::Given;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// The name that programs and documentation share.
    pub code: &'static str,
    /// One sentence; what was given is never repeated where it may be a secret.
    pub detail: String,
    /// What was expected and what came, where that is known.
    pub about: Option<FieldProblem>,
}

impl Fault {
    pub(super) fn new(field: &'static str, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            field,
            code,
            detail: detail.into(),
            about: None,
        }
    }

    /// Whether what stands in the fields must not be shown again.
    pub fn is_secret(&self) -> bool {
        [PasteError::PrivateKey, PasteError::Pkcs12]
            .iter()
            .any(|secret| secret.code() == self.code)
    }
}

/// A private key is refused wherever it stands, before anything is done with it.
pub(super) fn secrets(app: &App, given: &Given) -> Vec<Fault> {
    let now = app.clock.now();
    let fields = [
        ("pasted", &given.pasted),
        ("certificate", &given.certificate),
        ("issuer", &given.issuer),
        ("sign_on_url", &given.sign_on_url),
    ];
    let fault = |(field, text): (&'static str, &String)| {
        find_secret(text, now).map(|secret| Fault::new(field, secret.code(), secret.to_string()))
    };
    fields.into_iter().filter_map(fault).collect()
}

/// What is wrong with each field, by the names of the box.
pub(super) fn of_problem(problem: &Problem, code: &'static str) -> Vec<Fault> {
    if problem.errors.is_empty() {
        return vec![Fault::new(
            "pasted",
            problem.code.as_str(),
            problem.detail.clone(),
        )];
    }
    let fault = |one: &FieldProblem| {
        let field = match one.field.split('[').next() {
            Some("issuer") => "issuer",
            Some("sign_on_url") => "sign_on_url",
            Some("certificates") => "certificate",
            _ => "pasted",
        };
        let code = if one.received == LocalizedText::key("problem-received-nothing") {
            "missing"
        } else {
            code
        };
        let detail = format!("expected {}, received {}", one.expected, one.received);
        Fault {
            about: Some(one.clone()),
            ..Fault::new(field, code, detail)
        }
    };
    problem.errors.iter().map(fault).collect()
}
