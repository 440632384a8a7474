//! The identity provider's side of a connection: read from its metadata, or from what an administrator typed.

mod key_blocklist;

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::Trust;
use saml::certificate::Certificate;
use saml::location::{Location, LocationError};
use saml::metadata::{self, IdentityProvider, MetadataError, MetadataOptions, MetadataWarning};
use saml::paste::PastedInput;
use store::{Binding, Connection, TrustedCertificate};

use super::settings::{ConnectionInput, Metadata};
use super::warning::Warning;

/// Who the identity provider is, where it is, and with which keys it signs: all of it, or nothing yet.
#[derive(Debug)]
pub(super) struct ProviderSide {
    pub(super) issuer: String,
    pub(super) sign_on_url: Option<Location>,
    pub(super) sign_on_binding: Binding,
    /// What metadata said beside; nothing when there was none.
    pub(super) metadata: Option<Metadata>,
    certificates: Vec<Certificate>,
    warnings: Vec<MetadataWarning>,
}

impl ProviderSide {
    /// Reads the side that the settings describe, and refuses what is no identity provider but ourselves, or everybody.
    ///
    /// What was there before is not complained of.
    pub(super) async fn read(
        app: &App,
        settings: &ConnectionInput,
        before: Option<&Connection>,
    ) -> Result<Self, Problem> {
        let now = app.clock.now();
        let side = match &settings.metadata_xml {
            Some(xml) => Self::from_metadata(settings, xml, now)?,
            None if settings.metadata_certificates.is_some() => {
                return Err(Problem::field(
                    "metadata_certificates",
                    "nothing, unless metadata_xml comes with it",
                    "certificates without metadata",
                ));
            }
            None if settings.says_nothing_of_the_other_side() => Self::unknown(settings),
            None => Self::by_hand(settings, now)?,
        };
        key_blocklist::check(app, settings, &side, before).await?;
        Ok(side)
    }

    /// The side of a connection that is being set up: our half has been told, theirs not yet.
    fn unknown(settings: &ConnectionInput) -> Self {
        Self {
            issuer: String::new(),
            sign_on_url: None,
            sign_on_binding: settings.sign_on_binding.unwrap_or(Binding::Redirect),
            metadata: None,
            certificates: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The certificates as the store keeps them, each once.
    pub(super) fn certificates(&self) -> Vec<TrustedCertificate> {
        let mut kept: Vec<TrustedCertificate> = Vec::new();
        for certificate in &self.certificates {
            let sha256 = certificate.sha256();
            if kept.iter().all(|one| one.sha256 != sha256) {
                kept.push(TrustedCertificate {
                    sha256,
                    der_base64: certificate.base64(),
                });
            }
        }
        kept
    }

    /// What should be known about what was read. What can be seen on the connection itself is not repeated.
    pub(super) fn into_warnings(self) -> Vec<Warning> {
        let is_news = |warning: &MetadataWarning| {
            !matches!(
                warning,
                MetadataWarning::PlainHttp { .. } | MetadataWarning::CertificateExpired { .. }
            )
        };
        self.warnings
            .iter()
            .filter(|warning| is_news(warning))
            .map(Warning::from_metadata)
            .collect()
    }

    fn from_metadata(
        settings: &ConnectionInput,
        xml: &str,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let beside = [
            ("sign_on_url", settings.sign_on_url.is_some()),
            ("certificates", settings.certificates.is_some()),
        ];
        let superfluous = beside.into_iter().filter(|(_, is_there)| *is_there);
        let problems: Vec<_> = superfluous
            .map(|(field, _)| {
                FieldProblem::new(field, "nothing, since metadata_xml says it", "both")
            })
            .collect();
        if !problems.is_empty() {
            return Err(Problem::fields(problems));
        }
        let provider = provider(settings, xml, now)?;
        let (sign_on_binding, sign_on_url) = endpoint(&provider, settings.sign_on_binding)?;
        let logout_url = provider
            .sign_out
            .first()
            .map(|endpoint| endpoint.location.as_str().to_owned());
        Ok(Self {
            issuer: provider.entity_id,
            sign_on_url: Some(sign_on_url),
            sign_on_binding,
            metadata: Some(Metadata {
                logout_url,
                wants_signed_requests: provider.wants_signed_requests,
                valid_until: provider.valid_until,
            }),
            certificates: provider.signing_certificates,
            warnings: provider.warnings,
        })
    }

    fn by_hand(settings: &ConnectionInput, now: Timestamp) -> Result<Self, Problem> {
        let mut problems = Vec::new();
        let issuer = settings.issuer.clone().unwrap_or_default();
        if issuer.trim().is_empty() {
            let expected = LocalizedText::key("problem-expected-issuer-or-metadata");
            problems.push(FieldProblem::new("issuer", expected, nothing()));
        }
        let sign_on_url = sign_on_url(settings.sign_on_url.as_deref(), &mut problems);
        let texts = settings.certificates.as_deref().unwrap_or_default();
        let certificates = certificates("certificates", texts, now, &mut problems);
        if texts.is_empty() {
            let expected = LocalizedText::key("problem-expected-certificate-or-metadata");
            problems.push(FieldProblem::new("certificates", expected, nothing()));
        }
        match sign_on_url {
            sign_on_url @ Some(_) if problems.is_empty() => Ok(Self {
                issuer,
                sign_on_url,
                sign_on_binding: settings.sign_on_binding.unwrap_or(Binding::Redirect),
                metadata: None,
                certificates,
                warnings: Vec::new(),
            }),
            Some(_) | None => Err(Problem::fields(problems)),
        }
    }
}

/// What metadata says, once its signature has been verified where certificates for that were given.
fn provider(
    settings: &ConnectionInput,
    xml: &str,
    now: Timestamp,
) -> Result<IdentityProvider, Problem> {
    let trust = settings
        .metadata_certificates
        .as_deref()
        .map(|texts| metadata_trust(texts, now))
        .transpose()?;
    let mut reading = MetadataOptions::new(now);
    if let Some(issuer) = &settings.issuer {
        reading = reading.for_entity(issuer);
    }
    if let Some(trust) = &trust {
        reading = reading.require_signature(trust);
    }
    IdentityProvider::parse(xml.as_bytes(), &reading).map_err(|error| {
        let expected = match trust {
            Some(_) => {
                "metadata of one SAML 2.0 identity provider, signed with the given key".into()
            }
            None => LocalizedText::key("problem-expected-metadata"),
        };
        Problem::field("metadata_xml", expected, metadata_fault(&error))
    })
}

fn metadata_trust(texts: &[String], now: Timestamp) -> Result<Trust, Problem> {
    let mut problems = Vec::new();
    let certificates = certificates("metadata_certificates", texts, now, &mut problems);
    if !problems.is_empty() {
        return Err(Problem::fields(problems));
    }
    Trust::new(certificates).map_err(|_| {
        let expected = "a certificate with whose key the metadata is signed";
        Problem::field("metadata_certificates", expected, "nothing")
    })
}

/// The address to send requests to: by the binding that is wanted, else by redirect, else by post.
fn endpoint(
    provider: &IdentityProvider,
    wanted: Option<Binding>,
) -> Result<(Binding, Location), Problem> {
    let at = |binding: Binding| {
        let theirs = match binding {
            Binding::Redirect => metadata::Binding::Redirect,
            Binding::Post => metadata::Binding::Post,
        };
        provider
            .sign_on_location(theirs)
            .map(|location| (binding, location.clone()))
    };
    let found = match wanted {
        Some(wanted) => at(wanted),
        None => at(Binding::Redirect).or_else(|| at(Binding::Post)),
    };
    found.ok_or_else(|| {
        let received = wanted.map_or_else(
            || LocalizedText::key("problem-received-another"),
            |wanted| wanted.as_str().into(),
        );
        Problem::field(
            "sign_on_binding",
            LocalizedText::key("problem-expected-binding"),
            received,
        )
    })
}

fn sign_on_url(written: Option<&str>, problems: &mut Vec<FieldProblem>) -> Option<Location> {
    let expected = LocalizedText::key("problem-expected-sign-on-url");
    let Some(written) = written else {
        problems.push(FieldProblem::new("sign_on_url", expected, nothing()));
        return None;
    };
    match Location::parse(written) {
        Ok(location) => Some(location),
        Err(error) => {
            problems.push(FieldProblem::new(
                "sign_on_url",
                expected,
                location_fault(written, error),
            ));
            None
        }
    }
}

fn nothing() -> LocalizedText {
    LocalizedText::key("problem-received-nothing")
}

/// What is wrong with metadata.
pub fn metadata_fault(error: &MetadataError) -> LocalizedText {
    LocalizedText::with_fallback(error, format!("setup-fault-{}", error.code()))
}

fn location_fault(written: &str, error: LocationError) -> LocalizedText {
    let key = match error {
        LocationError::Scheme => "problem-received-without-scheme",
        LocationError::Host => "problem-received-without-host",
        LocationError::UserInfo => "problem-received-with-user",
        LocationError::Fragment => "problem-received-with-fragment",
        LocationError::Character => "problem-received-with-character",
        LocationError::TooLong => "problem-received-too-long",
        other => return format!("{written:?}: {other}").into(),
    };
    let value = format!("{written:?}");
    LocalizedText::with(key, &[("value", value.as_str())])
}

/// Reads each text; what was pasted is never repeated, since it may be a private key.
fn certificates(
    field: &str,
    texts: &[String],
    now: Timestamp,
    problems: &mut Vec<FieldProblem>,
) -> Vec<Certificate> {
    let mut read = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        match PastedInput::parse(text.as_bytes(), now) {
            Ok(pasted) => read.extend_from_slice(pasted.certificates()),
            Err(error) => problems.push(FieldProblem::new(
                format!("{field}[{place}]"),
                LocalizedText::key("problem-expected-certificate"),
                LocalizedText::with_fallback(&error, format!("setup-fault-{}", error.code())),
            )),
        }
    }
    read
}
