//! What a connection expects of a response, and whether a posted response meets it.

use base64_simd::STANDARD;
use jiff::Timestamp;
use runtime::app::App;
use saml::certificate::Certificate;
use saml::dsig::{ExpiryPolicy, Trust};
use saml::{
    Claims, ClockTolerance, Decryption, Expectation, Explanation, InResponseTo, NameIdUse, Outcome,
    PartialExpectation, Rejection, Requirements, Rule, ValidationReport,
};
use store::{Connection, ConnectionSettings, IdpInitiated, TrustedCertificate};

use super::attempt_log::AttemptLog;
use super::discovery::OrgConnection;
use super::error::SignInError;
use super::required_authentication::required_authentication;

/// Certificates that are tried when the one that made a signature is looked for: each costs a verification.
pub(super) const MAX_CANDIDATE_CERTIFICATES: usize = 16;

/// A posted response, with what its connection expects of it.
pub struct ResponseUnderReview<'r> {
    pub(super) app: &'r App,
    pub(super) org_connection: &'r OrgConnection,
    /// The field `SAMLResponse` as it was posted.
    pub(super) response: &'r str,
    /// When the response was requested; `None` when it is unsolicited.
    pub(super) requested_at: Option<Timestamp>,
    pub(super) now: Timestamp,
    decryption: Decryption,
    expectation: Expectation,
}

impl<'r> ResponseUnderReview<'r> {
    /// A response that must be unsolicited, unless [`Self::answering`] says which request it has to answer.
    pub async fn new(
        app: &'r App,
        org_connection: &'r OrgConnection,
        response: &'r str,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let connection = &org_connection.connection;
        let keys = app.keys.connection_decryption(connection).await?;
        let decryption = match connection.settings.accept_cbc_since {
            Some(_) => keys.accept_cbc(),
            None => keys,
        };
        Ok(Self {
            app,
            org_connection,
            response,
            requested_at: None,
            now,
            decryption,
            expectation: expectation(app, org_connection, now),
        })
    }

    /// The response must answer this `AuthnRequest`, which was sent at `requested_at`.
    #[must_use]
    pub fn answering(mut self, authn_request_id: String, requested_at: Timestamp) -> Self {
        self.requested_at = Some(requested_at);
        self.expectation.in_response_to = InResponseTo::Request(authn_request_id);
        self
    }

    pub fn org_connection(&self) -> &OrgConnection {
        self.org_connection
    }

    /// When the response was received.
    pub const fn received_at(&self) -> Timestamp {
        self.now
    }

    /// Judges the response by the connection's settings, writes the checks to the log, and tells apart what can be
    /// behind a rejection.
    pub async fn validate_response(&self, log: &mut AttemptLog) -> Result<Claims, SignInError> {
        let trust = trust(&self.org_connection.connection)?;
        let report = self.validate_with(&trust);
        log.checks = report.checks;
        match report.verdict {
            Ok(accepted) => Ok(accepted.into_claims()),
            Err(rejection) => Err(self.diagnose_rejection(rejection).await),
        }
    }

    /// Explains the response to an administrator of the connection, whose key decrypts it: what is wrong inside an
    /// encrypted assertion too, which the sender must not learn. Which request it answers is not checked.
    pub(crate) fn explain(&self) -> Option<Explanation> {
        let trust = trust(&self.org_connection.connection).ok()?;
        let expectation = PartialExpectation {
            in_response_to: None,
            ..PartialExpectation::from(&self.expectation)
        };
        Some(saml::explain(
            self.response,
            Some(&trust),
            &self.decryption,
            &expectation,
        ))
    }

    /// The first of these certificates whose key signed the response or its assertion. It is for an administrator who
    /// looks for the reason of a rejection, and never lets anyone in.
    pub fn find_signing_certificate(
        &self,
        candidates: impl IntoIterator<Item = Certificate>,
    ) -> Option<Certificate> {
        candidates
            .into_iter()
            .take(MAX_CANDIDATE_CERTIFICATES)
            .find(|candidate| self.is_signed_with(candidate))
    }

    pub(super) fn is_signed_with(&self, certificate: &Certificate) -> bool {
        let connection = &self.org_connection.connection;
        let Ok(trust) = trust_in(connection, vec![certificate.clone()]) else {
            return false;
        };
        self.validate_with(&trust).checks.iter().any(|check| {
            matches!(
                check.rule,
                Rule::ResponseSignature | Rule::AssertionSignature
            ) && check.outcome == Outcome::Passed
        })
    }

    fn validate_with(&self, trust: &Trust) -> ValidationReport {
        saml::validate_response(self.response, trust, &self.decryption, &self.expectation)
    }
}

/// The keys that may sign for a connection.
fn trust(connection: &Connection) -> Result<Trust, SignInError> {
    let certificates = connection
        .certificates
        .iter()
        .map(certificate)
        .collect::<Result<_, _>>()?;
    trust_in(connection, certificates)
}

/// The connection's rules for other keys than its own.
fn trust_in(connection: &Connection, certificates: Vec<Certificate>) -> Result<Trust, SignInError> {
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

/// A certificate from the database.
pub(super) fn certificate(stored: &TrustedCertificate) -> Result<Certificate, SignInError> {
    let der = STANDARD.decode_to_vec(&stored.der_base64);
    let der = der.map_err(|error| SignInError::internal("reading a stored certificate", &error))?;
    Certificate::from_der(&der)
        .map_err(|error| SignInError::internal("reading a stored certificate", &error))
}

fn expectation(app: &App, org_connection: &OrgConnection, now: Timestamp) -> Expectation {
    let settings = &org_connection.connection.settings;
    let tolerance = ClockTolerance::new(settings.clock_tolerance);
    Expectation {
        issuer: settings.issuer.clone(),
        audience: org_connection.entity_id(app).to_owned(),
        recipient: org_connection.acs_url(app),
        in_response_to: match settings.idp_initiated {
            IdpInitiated::Reject => InResponseTo::Unsolicited,
            IdpInitiated::Restart | IdpInitiated::DangerAccept => {
                InResponseTo::UnsolicitedOrPlaceholder
            }
        },
        name_id: match settings.subject_attribute {
            Some(_) => NameIdUse::Optional,
            None => NameIdUse::Subject,
        },
        now,
        tolerance: tolerance.unwrap_or_default(),
        requirements: requirements(settings),
    }
}

/// What a connection requires in addition to the rules that always apply.
fn requirements(settings: &ConnectionSettings) -> Requirements {
    let policy = &settings.policy;
    Requirements {
        signed_response: policy.require_signed_response,
        signed_assertion: policy.require_signed_assertion,
        encrypted_assertion: policy.require_encryption,
        authentication: required_authentication(settings),
    }
}

impl From<Rejection> for SignInError {
    fn from(rejection: Rejection) -> Self {
        Self::Saml(Box::new(rejection))
    }
}
