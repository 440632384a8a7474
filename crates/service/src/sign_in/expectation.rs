//! What a connection makes us expect of a response.

use base64_simd::STANDARD;
use jiff::Timestamp;
use runtime::app::App;
use saml::certificate::Certificate;
use saml::dsig::{ExpiryPolicy, Trust};
use saml::{ClockTolerance, Decryption, Expectation, InResponseTo, Rejection};
use store::{Connection, TrustedCertificate};

use super::discovery::Destination;
use super::error::Refusal;

/// The keys that may sign for a connection.
///
/// # Errors
///
/// When it has none.
pub fn trust(connection: &Connection) -> Result<Trust, Refusal> {
    let certificates = connection
        .certificates
        .iter()
        .map(certificate)
        .collect::<Result<_, _>>()?;
    trust_in(connection, certificates)
}

/// The same rules for other keys than the connection's own.
///
/// # Errors
///
/// When there is none.
pub fn trust_in(connection: &Connection, certificates: Vec<Certificate>) -> Result<Trust, Refusal> {
    let settings = &connection.settings;
    let mut trust = Trust::new(certificates)?;
    if settings.danger_accept_sha1_since.is_some() {
        trust = trust.danger_accept_sha1();
    }
    if settings.reject_expired_signing_certificate_since.is_some() {
        trust = trust.with_expiry_policy(ExpiryPolicy::Reject);
    }
    Ok(trust)
}

/// A certificate out of the database.
///
/// # Errors
///
/// When it is damaged.
pub fn certificate(stored: &TrustedCertificate) -> Result<Certificate, Refusal> {
    let der = STANDARD.decode_to_vec(&stored.der_base64);
    let der = der.map_err(|error| Refusal::broken("reading a stored certificate", &error))?;
    Certificate::from_der(&der)
        .map_err(|error| Refusal::broken("reading a stored certificate", &error))
}

/// The keys with which a connection's messages are decrypted.
pub fn decryption(connection: &Connection, keys: &Decryption) -> Decryption {
    match connection.settings.accept_cbc_since {
        Some(_) => keys.clone().accept_cbc(),
        None => keys.clone(),
    }
}

/// What a response has to say to be accepted now.
pub fn expectation(
    app: &App,
    destination: &Destination,
    answers: InResponseTo,
    now: Timestamp,
) -> Expectation {
    let settings = &destination.connection.settings;
    let tolerance = ClockTolerance::new(settings.clock_tolerance);
    Expectation {
        issuer: settings.issuer.clone(),
        audience: destination.entity_id(app).to_owned(),
        recipient: destination.acs_url(app),
        in_response_to: answers,
        now,
        tolerance: tolerance.unwrap_or_default(),
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self::Saml(Box::new(rejection))
    }
}
