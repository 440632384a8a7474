//! `vestibule explain`: validates a SAML response offline and prints the result of each check.

mod copied_request;
mod html_page;
mod report;
mod saved_response;

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use report::ExplainReport;
use runtime::clock::Clock;
use saml::certificate::CertificateError;
use saml::key::{DecryptionKey, KeyError};
use saml::paste::{PasteError, PastedInput};
use saml::{
    Check, ClockTolerance, Decryption, Explanation, InResponseTo, NameIdUse, Outcome,
    PartialExpectation, Rejection, RequiredAuthentication, Requirements, Rule, Trust,
    UnverifiedMessage,
};
use saved_response::SavedResponse;

use super::output::Output;
use super::value::{parse_clock_tolerance, parse_time};
use super::{CliError, file, output};

/// A check whose expected value is not given is reported as unchecked.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// File with the response (XML, base64, the posted form, the HTML page with the form, or a request copied from the
    /// browser's developer tools), or - for standard input
    file: PathBuf,
    /// File with a signing certificate of the identity provider. Can be repeated
    #[arg(long = "certificate", value_name = "FILE")]
    certificates: Vec<PathBuf>,
    /// Entity ID of the identity provider
    #[arg(long)]
    issuer: Option<String>,
    /// Entity ID of the service provider
    #[arg(long)]
    audience: Option<String>,
    /// Assertion consumer service URL
    #[arg(long)]
    recipient: Option<String>,
    /// Time at which the response is validated, like 2026-11-24T09:00:00Z
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<Timestamp>,
    /// ID of the request that the response answers
    #[arg(long, value_name = "ID")]
    in_response_to: Option<String>,
    /// File with a private key for encrypted assertions, as PEM. Can be repeated
    #[arg(long = "decryption-key", value_name = "FILE")]
    decryption_keys: Vec<PathBuf>,
    /// Allowed clock skew in seconds, 0 to 300
    #[arg(long, value_name = "SECONDS", default_value = "180", allow_negative_numbers = true, value_parser = parse_clock_tolerance)]
    clock_tolerance: ClockTolerance,
    /// Validate as a connection that accepts AES-CBC. Without it, a note says that a connection has to
    #[arg(long)]
    accept_cbc: bool,
    /// Accept SHA-1 signatures, which can be forged
    #[arg(long)]
    danger_accept_sha1: bool,
    /// Accept an assertion that doesn't say how and when the user signed in
    #[arg(long, conflicts_with = "authn_contexts")]
    accept_missing_authn_statement: bool,
    /// Authentication context that the assertion must have. Can be repeated
    #[arg(long = "authn-context", value_name = "CONTEXT")]
    authn_contexts: Vec<String>,
    /// Attribute that identifies the user instead of the NameID, which may then be unusable
    #[arg(long, value_name = "NAME")]
    subject_attribute: Option<String>,
}

impl Arguments {
    fn requirements(&self) -> Requirements {
        let authentication = if self.accept_missing_authn_statement {
            RequiredAuthentication::Nothing
        } else if self.authn_contexts.is_empty() {
            RequiredAuthentication::AnyContext
        } else {
            RequiredAuthentication::OneOf(self.authn_contexts.clone())
        };
        Requirements {
            authentication,
            ..Requirements::default()
        }
    }
}

/// Fails if the response is rejected.
pub(super) fn run(arguments: &Arguments, output: Output) -> Result<(), CliError> {
    let response = saved_response::parse(&file::read_bytes("FILE", &arguments.file)?)?;
    let response = match response {
        SavedResponse::Posted(response) => response,
        SavedResponse::Redirected => {
            return print(
                &ExplainReport::new(explain_redirected(), Vec::new()),
                output,
            );
        }
    };
    let at = arguments.at;
    let mut notes = Vec::new();
    let trust = read_trust(arguments, at, &mut notes)?;
    let decryption = read_decryption_keys(arguments, &mut notes)?;
    if !arguments.accept_cbc {
        notes.extend(cbc_note(&response));
    }
    let expectation = PartialExpectation {
        issuer: arguments.issuer.clone(),
        audience: arguments.audience.clone(),
        recipient: arguments.recipient.clone(),
        in_response_to: arguments.in_response_to.clone().map(InResponseTo::Request),
        name_id: arguments
            .subject_attribute
            .as_ref()
            .map(|_| NameIdUse::Optional),
        now: at,
        tolerance: arguments.clock_tolerance,
        requirements: arguments.requirements(),
    };
    let mut report = ExplainReport::new(
        saml::explain(&response, trust.as_ref(), &decryption, &expectation),
        notes,
    );
    if let Some(name) = &arguments.subject_attribute {
        report.take_subject_from(name);
    }
    print(&report, output)
}

/// The result for a response that was sent in an address: the binding is wrong, whatever it says.
fn explain_redirected() -> Explanation {
    Explanation {
        verdict: Err(Rejection::ResponseByRedirect),
        checks: vec![Check {
            rule: Rule::Encoding,
            outcome: Outcome::Failed(Rejection::ResponseByRedirect),
            expected: None,
            received: None,
            notes: Vec::new(),
        }],
    }
}

fn print(report: &ExplainReport, output: Output) -> Result<(), CliError> {
    match output {
        Output::Json => output.object(report),
        Output::Text => output::write(&report.text()),
    }
    if report.is_accepted() {
        Ok(())
    } else {
        Err(CliError::CheckFailed)
    }
}

fn read_trust(
    arguments: &Arguments,
    at: Option<Timestamp>,
    notes: &mut Vec<String>,
) -> Result<Option<Trust>, CliError> {
    let now = at.unwrap_or_else(|| Clock::system().now());
    let mut certificates = Vec::new();
    for path in &arguments.certificates {
        match PastedInput::parse(&file::read_bytes("--certificate", path)?, now) {
            Ok(pasted) => certificates.extend_from_slice(pasted.certificates()),
            // A certificate with an unacceptable key rejects the response. It does not stop the command.
            Err(PasteError::Certificate(error @ CertificateError::Key(_))) => {
                notes.push(not_used("--certificate", path, &error));
            }
            Err(PasteError::PrivateKey | PasteError::Pkcs12) => {
                let reason = "this contains a private key; give the certificate alone";
                return Err(invalid_file("--certificate", path, reason));
            }
            Err(error) => {
                return Err(invalid_file("--certificate", path, &error.to_string()));
            }
        }
    }
    let trust = Trust::new(certificates).ok();
    Ok(trust.map(|trust| {
        if arguments.danger_accept_sha1 {
            trust.danger_accept_sha1()
        } else {
            trust
        }
    }))
}

/// Always decrypts AES-CBC: an offline command is no padding oracle for an attacker, and the reader sees what is inside.
fn read_decryption_keys(
    arguments: &Arguments,
    notes: &mut Vec<String>,
) -> Result<Decryption, CliError> {
    let mut keys = Vec::new();
    for path in &arguments.decryption_keys {
        match DecryptionKey::from_pem(&file::read_text("--decryption-key", path)?) {
            Ok(key) => keys.push(key),
            Err(error @ KeyError::PublicKey(_)) => {
                notes.push(not_used("--decryption-key", path, &error));
            }
            Err(error) => {
                return Err(invalid_file("--decryption-key", path, &error.to_string()));
            }
        }
    }
    Ok(Decryption::new(keys).accept_cbc())
}

fn not_used(option: &str, path: &Path, error: &dyn std::error::Error) -> String {
    format!("{option}: {} is not used: {error}", path.display())
}

/// A note that a connection accepts AES-CBC, unlike this command, only if it is enabled.
fn cbc_note(response: &str) -> Option<String> {
    let message = UnverifiedMessage::parse(response)?;
    let cbc = message
        .encrypted_with
        .iter()
        .find(|name| name.ends_with("-cbc"))?;
    Some(format!(
        "the assertion is encrypted with AES-CBC ({cbc}), which a connection accepts only with --accept-cbc"
    ))
}

fn invalid_file(option: &str, path: &Path, reason: &str) -> CliError {
    CliError::Failed(format!("{option}: {}: {reason}", path.display()))
}
