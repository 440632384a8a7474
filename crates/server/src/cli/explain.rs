//! `vestibule explain`: a SAML response, judged offline for whoever has to find out what is wrong with it.

mod page;
mod posted;
mod report;

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use report::Opinion;
use runtime::clock::Clock;
use saml::certificate::CertificateError;
use saml::key::{DecryptionKey, KeyError};
use saml::paste::{PasteError, PastedInput};
use saml::{
    ClockTolerance, Decryption, InResponseTo, PartialExpectation, Trust, UnverifiedMessage,
};

use super::output::Output;
use super::{Ending, file, output};

/// What is not given is not checked, and is said to be unchecked.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The response as XML, as base64, as the whole posted form or as the page that holds it; - is standard input
    file: PathBuf,
    /// A file with the identity provider's signing certificate; may be given several times
    #[arg(long = "cert", value_name = "PEM")]
    certificates: Vec<PathBuf>,
    /// The identity provider's entity ID
    #[arg(long)]
    issuer: Option<String>,
    /// The service provider's entity ID
    #[arg(long)]
    audience: Option<String>,
    /// The assertion consumer service URL
    #[arg(long)]
    recipient: Option<String>,
    /// The time of the check, such as 2026-11-24T09:00:00Z
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// The ID of the request that it answers
    #[arg(long, value_name = "ID")]
    in_response_to: Option<String>,
    /// A file with the private key that opens encrypted assertions; may be given several times
    #[arg(long = "decryption-key", value_name = "PEM")]
    decryption_keys: Vec<PathBuf>,
    /// By how many seconds clocks may differ: 0 to 300
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    clock_tolerance: String,
    /// Accept SHA-1 signatures, which others may forge
    #[arg(long)]
    danger_accept_sha1: bool,
}

/// Judges the response and prints what was found.
pub(super) fn explain(arguments: &Arguments, output: Output) -> Result<(), Ending> {
    let posted = posted::read(&file::bytes("FILE", &arguments.file)?)?;
    let at = arguments.at.as_deref().map(instant).transpose()?;
    let mut notes = Vec::new();
    let trust = trust(arguments, at, &mut notes)?;
    let decryption = decryption(arguments, &mut notes)?;
    notes.extend(cbc_note(&posted));
    let question = PartialExpectation {
        issuer: arguments.issuer.clone().into(),
        audience: arguments.audience.clone().into(),
        recipient: arguments.recipient.clone().into(),
        in_response_to: arguments
            .in_response_to
            .clone()
            .map(InResponseTo::Request)
            .into(),
        now: at.into(),
        tolerance: tolerance(&arguments.clock_tolerance)?,
    };
    let opinion = Opinion::of(
        saml::explain(&posted, trust.as_ref(), &decryption, &question),
        notes,
    );
    match output {
        Output::Json => output.object(&opinion),
        Output::Text => output::write(&opinion.text()),
    }
    // Everything there is to say has been printed.
    if opinion.is_accepted() {
        Ok(())
    } else {
        Err(Ending::Refused(String::new()))
    }
}

fn instant(written: &str) -> Result<Timestamp, Ending> {
    saml::parse_xs_date_time(written).ok_or_else(|| {
        Ending::Failed(format!(
            "--at: expected an instant in UTC such as 2026-11-24T09:00:00Z, received {written}"
        ))
    })
}

fn tolerance(written: &str) -> Result<ClockTolerance, Ending> {
    written
        .parse()
        .ok()
        .map(SignedDuration::from_secs)
        .and_then(ClockTolerance::new)
        .ok_or_else(|| {
            Ending::Failed(format!(
                "--clock-tolerance: expected 0 to 300 seconds, received {written}"
            ))
        })
}

fn trust(
    arguments: &Arguments,
    at: Option<Timestamp>,
    notes: &mut Vec<String>,
) -> Result<Option<Trust>, Ending> {
    let now = at.unwrap_or_else(|| Clock::system().now());
    let mut certificates = Vec::new();
    for path in &arguments.certificates {
        match PastedInput::parse(&file::bytes("--cert", path)?, now) {
            Ok(pasted) => certificates.extend_from_slice(pasted.certificates()),
            // A key that is never trusted is a reason to refuse the response, not the command.
            Err(PasteError::Certificate(error @ CertificateError::Key(_))) => {
                notes.push(not_used("--cert", path, &error));
            }
            Err(error) => return Err(refused("--cert", "a certificate", path, &error.to_string())),
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

/// AES-CBC is always taken here: nobody can learn anything from the answers of an offline command.
fn decryption(arguments: &Arguments, notes: &mut Vec<String>) -> Result<Decryption, Ending> {
    let mut keys = Vec::new();
    for path in &arguments.decryption_keys {
        match DecryptionKey::from_pem(&file::text("--decryption-key", path)?) {
            Ok(key) => keys.push(key),
            Err(error @ KeyError::PublicKey(_)) => {
                notes.push(not_used("--decryption-key", path, &error));
            }
            Err(error) => {
                return Err(refused(
                    "--decryption-key",
                    "an RSA private key as PEM",
                    path,
                    &error.to_string(),
                ));
            }
        }
    }
    Ok(Decryption::new(keys).accept_cbc())
}

fn not_used(option: &str, path: &Path, error: &dyn std::error::Error) -> String {
    format!("{option}: {} is not used: {error}", path.display())
}

/// What is taken here and would not be by a connection that nobody told to.
fn cbc_note(posted: &str) -> Option<String> {
    let message = UnverifiedMessage::parse(posted)?;
    let cbc = message
        .encrypted_with
        .iter()
        .find(|name| name.ends_with("-cbc"))?;
    Some(format!(
        "it is encrypted with AES-CBC ({cbc}), which a connection accepts only when it is told to: --accept-cbc"
    ))
}

fn refused(option: &str, expected: &str, path: &Path, received: &str) -> Ending {
    Ending::Failed(format!(
        "{option}: expected {expected}, received {}: {received}",
        path.display()
    ))
}
