//! The context of a test document: its `context.toml`, and the keys of `tests/keys`.

use std::fs;
use std::path::{Path, PathBuf};

use saml::certificate::Certificate;
use saml::key::DecryptionKey;
use saml::{
    AcceptedAssertion, Claims, ClockTolerance, Decryption, Expectation, ExpiryPolicy, InResponseTo,
    NameIdUse, PartialExpectation, Rejection, RequiredAuthentication, Requirements, Trust,
    parse_xs_date_time,
};
use serde::Deserialize;

/// The expectation and keys of one test document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Context {
    /// The case whose document lacks the hostile edit.
    pub(crate) control: Option<String>,
    pub(crate) certificates: Vec<PathBuf>,
    pub(crate) decryption_keys: Vec<PathBuf>,
    pub(crate) issuer: String,
    pub(crate) audience: String,
    pub(crate) recipient: String,
    /// The answered request; without it, an unsolicited response is expected.
    pub(crate) in_response_to: Option<String>,
    pub(crate) now: String,
    pub(crate) clock_tolerance: Option<i64>,
    pub(crate) accept_cbc: bool,
    pub danger_accept_sha1: bool,
    pub(crate) reject_expired_certificate: bool,
    pub(crate) require_signed_response: bool,
    pub(crate) require_signed_assertion: bool,
    pub(crate) require_encryption: bool,
    /// The accepted authentication contexts; every one without them.
    pub(crate) authn_contexts: Vec<String>,
    pub(crate) accept_missing_authn_statement: bool,
}

impl Context {
    /// Judges what was posted; `keys` is the folder of the certificates and keys.
    pub(crate) fn validate_response(
        &self,
        posted: &str,
        keys: &Path,
    ) -> Result<AcceptedAssertion, Rejection> {
        let trust = self.trust(keys)?;
        saml::validate_response(posted, &trust, &self.decryption(keys), &self.expectation()).verdict
    }

    /// Explains the response to the owner of the keys.
    pub(crate) fn explain(&self, posted: &str, keys: &Path) -> Result<Claims, Rejection> {
        let trust = self.trust(keys)?;
        let expectation = PartialExpectation::from(&self.expectation());
        saml::explain(posted, Some(&trust), &self.decryption(keys), &expectation).verdict
    }

    /// The keys that may sign.
    pub(crate) fn trust(&self, keys: &Path) -> Result<Trust, Rejection> {
        let certificates = self
            .certificates
            .iter()
            .map(|file| certificate(&keys.join(file)));
        let trust = Trust::new(certificates.collect())?;
        let trust = if self.danger_accept_sha1 {
            trust.danger_accept_sha1()
        } else {
            trust
        };
        Ok(if self.reject_expired_certificate {
            trust.with_expiry_policy(ExpiryPolicy::Reject)
        } else {
            trust
        })
    }

    /// The keys that may decrypt.
    pub(crate) fn decryption(&self, keys: &Path) -> Decryption {
        let read = |file: &PathBuf| {
            DecryptionKey::from_pem(&text(&keys.join(file))).expect("a test key can be read")
        };
        let decryption = Decryption::new(self.decryption_keys.iter().map(read).collect());
        if self.accept_cbc {
            decryption.accept_cbc()
        } else {
            decryption
        }
    }

    /// The expected values.
    pub(crate) fn expectation(&self) -> Expectation {
        let tolerance = jiff::SignedDuration::from_secs(self.clock_tolerance.unwrap_or(60));
        let tolerance = ClockTolerance::new(tolerance).expect("an allowed tolerance");
        Expectation {
            issuer: self.issuer.clone(),
            audience: self.audience.clone(),
            recipient: self.recipient.clone(),
            in_response_to: self
                .in_response_to
                .clone()
                .map_or(InResponseTo::Unsolicited, InResponseTo::Request),
            name_id: NameIdUse::Subject,
            now: parse_xs_date_time(&self.now).expect("an instant"),
            tolerance,
            requirements: self.requirements(),
        }
    }

    fn requirements(&self) -> Requirements {
        let authentication = if self.accept_missing_authn_statement {
            RequiredAuthentication::Nothing
        } else if self.authn_contexts.is_empty() {
            RequiredAuthentication::AnyContext
        } else {
            RequiredAuthentication::OneOf(self.authn_contexts.clone())
        };
        Requirements {
            signed_response: self.require_signed_response,
            signed_assertion: self.require_signed_assertion,
            encrypted_assertion: self.require_encryption,
            authentication,
        }
    }
}

/// The verdict in the format of the `verdict` files.
pub(crate) fn format_verdict(verdict: &Result<AcceptedAssertion, Rejection>) -> String {
    match verdict {
        Err(rejection) => format!("rejected {}", rejection.code()),
        Ok(accepted) => {
            let name_id = accepted.claims().name_id.as_ref();
            format!("accepted {}", name_id.map_or("-", |name| &name.value))
        }
    }
}

/// Reads a certificate in PEM.
pub(crate) fn certificate(file: &Path) -> Certificate {
    Certificate::from_der(&der(file))
        .unwrap_or_else(|error| panic!("{}: {error:?}", file.display()))
}

/// Decodes the base64 of a PEM file.
pub(crate) fn der(file: &Path) -> Vec<u8> {
    let text = text(file);
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    base64_simd::STANDARD
        .decode_to_vec(body)
        .unwrap_or_else(|_| panic!("{} is not PEM", file.display()))
}

pub(crate) fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The folder of this crate's tests.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
