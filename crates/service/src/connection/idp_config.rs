//! The identity provider's configuration of a connection: from its metadata, or from fields that an administrator filled in.

mod key_blocklist;
mod transport;

use jiff::Timestamp;
use runtime::app::App;
use runtime::blocking;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::Trust;
use saml::certificate::Certificate;
use saml::certificate_text::CertificateBundle;
use saml::location::Location;
use saml::metadata::{self, IdentityProvider, MetadataOptions, MetadataWarning};
use saml::paste::{PasteError, PastedInput, TidyText};
use store::{Binding, Connection, Provider, TrustedCertificate};

use super::location_error::location_error_text;
use super::provider_detection;
use super::settings::{ConnectionInput, IdpMetadata};
use super::warning::Warning;

/// The entity ID, the single sign-on URL and the signing certificates of an identity provider: all of them or none.
#[derive(Debug)]
pub(super) struct IdpConfig {
    pub(super) issuer: String,
    pub(super) sign_on_url: Option<Location>,
    pub(super) sign_on_binding: Binding,
    /// Further values of the metadata; none when the fields were set one by one.
    pub(super) metadata: Option<IdpMetadata>,
    certificates: Vec<Certificate>,
    /// The subjects of certificates that issued others, which are not trusted.
    issuers: Vec<String>,
    warnings: Vec<MetadataWarning>,
}

impl IdpConfig {
    /// Takes the identity provider's configuration from the settings. Rejects this server's own entity ID and keys, and
    /// published private keys, and a sign-on URL with plain http, unless the connection has them already.
    pub(super) async fn from_settings(
        app: &App,
        settings: &ConnectionInput,
        before: Option<&Connection>,
    ) -> Result<Self, Problem> {
        let now = app.clock.now();
        let read = settings.clone();
        let config = blocking::run(move || Self::parse(&read, now)).await?;
        transport::check(settings, &config, before)?;
        key_blocklist::check(app, settings, &config, before).await?;
        Ok(config)
    }

    fn parse(settings: &ConnectionInput, now: Timestamp) -> Result<Self, Problem> {
        match &settings.metadata_xml {
            Some(xml) => Self::from_metadata(settings, xml, now),
            None if settings.metadata_certificates.is_some() => Err(Problem::field(
                "metadata_certificates",
                "no value without metadata_xml",
                "certificates without metadata_xml",
            )),
            None if settings.has_no_idp_config() => Ok(Self::incomplete(settings)),
            None => Self::from_fields(settings, now),
        }
    }

    /// The configuration of a connection whose identity provider is not known yet.
    fn incomplete(settings: &ConnectionInput) -> Self {
        Self {
            issuer: String::new(),
            sign_on_url: None,
            sign_on_binding: settings.sign_on_binding.unwrap_or(Binding::Redirect),
            metadata: None,
            certificates: Vec::new(),
            issuers: Vec::new(),
            warnings: Vec::new(),
        }
    }

    pub(super) fn detect_provider(&self) -> Option<Provider> {
        let sign_on_url = self.sign_on_url.as_ref().map_or("", Location::as_str);
        provider_detection::detect_provider(&self.issuer, sign_on_url)
    }

    /// The certificates as stored, without duplicates.
    pub(super) fn certificates(&self) -> Vec<TrustedCertificate> {
        let mut unique: Vec<TrustedCertificate> = Vec::new();
        for certificate in &self.certificates {
            let sha256 = certificate.sha256();
            if unique.iter().all(|other| other.sha256 != sha256) {
                unique.push(TrustedCertificate {
                    sha256,
                    der_base64: certificate.base64(),
                });
            }
        }
        unique
    }

    /// The warnings about the metadata, except those that the connection's own view repeats.
    pub(super) fn into_warnings(self) -> Vec<Warning> {
        let is_about_metadata = |warning: &MetadataWarning| {
            !matches!(
                warning,
                MetadataWarning::PlainHttp { .. } | MetadataWarning::CertificateExpired { .. }
            )
        };
        let about_metadata = self
            .warnings
            .iter()
            .filter(|warning| is_about_metadata(warning))
            .map(Warning::from_metadata);
        let about_issuers = self
            .issuers
            .iter()
            .map(|subject| Warning::issuer_skipped(subject));
        about_metadata.chain(about_issuers).collect()
    }

    fn from_metadata(
        settings: &ConnectionInput,
        xml: &str,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let conflicting = [
            ("sign_on_url", settings.sign_on_url.is_some()),
            ("certificates", settings.certificates.is_some()),
        ];
        let problems: Vec<_> = conflicting
            .into_iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(field, _)| {
                FieldProblem::new(field, "no value together with metadata_xml", "both")
            })
            .collect();
        if !problems.is_empty() {
            return Err(Problem::fields(problems));
        }
        let provider = parse_metadata(settings, xml, now)?;
        let (sign_on_binding, sign_on_url) = choose_endpoint(&provider, settings.sign_on_binding)?;
        let logout_url = provider
            .sign_out
            .first()
            .map(|endpoint| endpoint.location.as_str().to_owned());
        Ok(Self {
            issuer: provider.entity_id,
            sign_on_url: Some(sign_on_url),
            sign_on_binding,
            metadata: Some(IdpMetadata {
                logout_url,
                wants_signed_requests: provider.wants_signed_requests,
                valid_until: provider.valid_until,
            }),
            certificates: provider.signing_certificates,
            issuers: Vec::new(),
            warnings: provider.warnings,
        })
    }

    fn from_fields(settings: &ConnectionInput, now: Timestamp) -> Result<Self, Problem> {
        let mut problems = Vec::new();
        let issuer = settings.issuer.clone().unwrap_or_default();
        if issuer.is_empty() {
            let expected = LocalizedText::key("problem-expected-issuer-or-metadata");
            problems.push(FieldProblem::new("issuer", expected, not_given()));
        }
        let sign_on_url = parse_sign_on_url(settings.sign_on_url.as_deref(), &mut problems);
        let texts = settings.certificates.as_deref().unwrap_or_default();
        let bundles = parse_certificates("certificates", texts, now, &mut problems);
        if texts.is_empty() {
            let expected = LocalizedText::key("problem-expected-certificate-or-metadata");
            problems.push(FieldProblem::new("certificates", expected, not_given()));
        }
        match sign_on_url {
            sign_on_url @ Some(_) if problems.is_empty() => Ok(Self {
                issuer,
                sign_on_url,
                sign_on_binding: settings.sign_on_binding.unwrap_or(Binding::Redirect),
                metadata: None,
                issuers: bundles
                    .iter()
                    .flat_map(|bundle| &bundle.issuers)
                    .map(|issuer| issuer.subject().to_owned())
                    .collect(),
                certificates: end_entities(bundles),
                warnings: Vec::new(),
            }),
            Some(_) | None => Err(Problem::fields(problems)),
        }
    }
}

/// Parses `metadata_xml`. Verifies its signature if `metadata_certificates` is set.
fn parse_metadata(
    settings: &ConnectionInput,
    xml: &str,
    now: Timestamp,
) -> Result<IdentityProvider, Problem> {
    let trust = settings
        .metadata_certificates
        .as_deref()
        .map(|texts| metadata_trust(texts, now))
        .transpose()?;
    let mut options = MetadataOptions::new(now);
    if let Some(issuer) = &settings.issuer {
        options = options.for_entity(issuer);
    }
    if let Some(trust) = &trust {
        options = options.require_signature(trust);
    }
    let problem = |received| {
        let expected = match trust {
            Some(_) => {
                "metadata of one SAML 2.0 identity provider, signed with the given key".into()
            }
            None => LocalizedText::key("problem-expected-metadata"),
        };
        Problem::field("metadata_xml", expected, received)
    };
    let read = TidyText::new(xml.as_bytes(), None)
        .and_then(|tidy| PastedInput::read(&tidy, &options))
        .map_err(|error| problem(paste_error_text(&error)))?;
    match read {
        PastedInput::Metadata(provider) => Ok(*provider),
        PastedInput::Certificates(_) => {
            let received = LocalizedText::key("problem-received-only-certificate");
            Err(problem(received))
        }
    }
}

fn metadata_trust(texts: &[String], now: Timestamp) -> Result<Trust, Problem> {
    let mut problems = Vec::new();
    let bundles = parse_certificates("metadata_certificates", texts, now, &mut problems);
    if !problems.is_empty() {
        return Err(Problem::fields(problems));
    }
    Trust::new(end_entities(bundles)).map_err(|_| {
        let expected = "the certificate of the key that signs the metadata";
        Problem::field("metadata_certificates", expected, "nothing")
    })
}

/// The single sign-on URL for the preferred binding, else for HTTP-Redirect, else for HTTP-POST. Without a preference, a
/// URL with plain http is the last choice.
fn choose_endpoint(
    provider: &IdentityProvider,
    preferred: Option<Binding>,
) -> Result<(Binding, Location), Problem> {
    let endpoint_for = |binding: Binding| {
        let saml_binding = match binding {
            Binding::Redirect => metadata::Binding::Redirect,
            Binding::Post => metadata::Binding::Post,
        };
        provider
            .sign_on_location(saml_binding)
            .map(|location| (binding, location.clone()))
    };
    let found = match preferred {
        Some(binding) => endpoint_for(binding),
        None => {
            let mut endpoints = [Binding::Redirect, Binding::Post].map(endpoint_for);
            endpoints.sort_by_key(|endpoint| {
                let location = endpoint.as_ref().map(|(_, location)| location);
                !location.is_some_and(Location::is_protected)
            });
            endpoints.into_iter().flatten().next()
        }
    };
    found.ok_or_else(|| {
        let received = preferred.map_or_else(
            || LocalizedText::key("problem-received-another"),
            |binding| binding.as_str().into(),
        );
        Problem::field(
            "sign_on_binding",
            LocalizedText::key("problem-expected-binding"),
            received,
        )
    })
}

fn parse_sign_on_url(text: Option<&str>, problems: &mut Vec<FieldProblem>) -> Option<Location> {
    let expected = LocalizedText::key("problem-expected-sign-on-url");
    let Some(text) = text else {
        problems.push(FieldProblem::new("sign_on_url", expected, not_given()));
        return None;
    };
    match Location::parse(text) {
        Ok(location) => Some(location),
        Err(error) => {
            problems.push(FieldProblem::new(
                "sign_on_url",
                expected,
                location_error_text(text, error),
            ));
            None
        }
    }
}

fn not_given() -> LocalizedText {
    LocalizedText::key("problem-received-nothing")
}

pub fn paste_error_text(error: &PasteError) -> LocalizedText {
    LocalizedText::with_fallback(error, format!("setup-error-{}", error.code()))
}

fn end_entities(bundles: Vec<CertificateBundle>) -> Vec<Certificate> {
    bundles
        .into_iter()
        .flat_map(|bundle| bundle.end_entities)
        .collect()
}

/// Problems never repeat the text, since it may be a private key.
fn parse_certificates(
    field: &str,
    texts: &[String],
    now: Timestamp,
    problems: &mut Vec<FieldProblem>,
) -> Vec<CertificateBundle> {
    let mut bundles = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match PastedInput::parse(text.as_bytes(), now) {
            Ok(pasted) => bundles.push(pasted.into_certificates()),
            Err(error) => problems.push(FieldProblem::new(
                format!("{field}[{index}]"),
                LocalizedText::key("problem-expected-certificate"),
                paste_error_text(&error),
            )),
        }
    }
    bundles
}
