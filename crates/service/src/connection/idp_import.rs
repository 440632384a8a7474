//! Imports the configuration of an identity provider from a metadata URL, metadata, certificates or form fields, with a
//! preview before it is saved.

mod import_error;
mod pasted_text;

use std::sync::Arc;

pub use import_error::ImportError;
use pasted_text::{PastedText, mention_sha1, read_document};
use runtime::app::App;
use runtime::problem::Problem;
use saml::metadata::{self, IdentityProvider, MetadataError};
use saml::paste::{PasteError, PastedInput, TidyText};
use serde_json::{Value, json};
use store::{Binding, Provider};

use super::metadata_source::{OWN_METADATA, is_own_address};
use super::working_copy::preview_update;
use super::{
    ConnectionRef, ConnectionView, Warning, WorkingCopy, entity_id, provider_detection,
    set_metadata_source, update_working_copy,
};
use crate::Actor;
use crate::json::Patch;

/// The fields of the form; empty if not filled in.
#[derive(Clone, Debug, Default)]
pub struct IdpInput {
    /// A metadata URL, metadata, or certificates.
    pub pasted: String,
    /// The entity ID of the chosen identity provider, if the metadata has several.
    pub entity: String,
    pub issuer: String,
    pub sign_on_url: String,
    /// One or several certificates.
    pub certificate: String,
}

impl IdpInput {
    pub fn clear_field(&mut self, field: &str) {
        match field {
            "issuer" => self.issuer.clear(),
            "sign_on_url" => self.sign_on_url.clear(),
            "certificate" => self.certificate.clear(),
            _ => self.pasted.clear(),
        }
    }
}

/// The result of [`preview_import`].
#[derive(Debug)]
pub enum ImportResult {
    /// Can be saved with [`save_import`].
    Valid(Box<ImportedIdp>),
    Invalid(Vec<ImportError>),
    /// Only certificates were pasted, and the connection has no other values yet. These are missing.
    CertificateOnly(Vec<ImportError>),
    /// The metadata has several identity providers. One of these entity IDs must be chosen.
    MultipleProviders(Vec<String>),
}

/// A validated configuration of an identity provider, not saved yet.
#[derive(Debug)]
pub struct ImportedIdp {
    /// The display name in the metadata.
    pub name: Option<String>,
    /// The connection with this configuration.
    pub connection: ConnectionView,
    /// All endpoints in the metadata, in its order.
    pub endpoints: Vec<Endpoint>,
    pub warnings: Vec<Warning>,
    /// The product that the issuer belongs to, if it is not the chosen one.
    pub detected_provider: Option<Provider>,
    change: Value,
    metadata_url: Option<String>,
}

/// A URL of the identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Whether it receives logout requests instead of sign-in requests.
    pub is_for_sign_out: bool,
    /// `HTTP-Redirect` or `HTTP-POST`.
    pub binding: &'static str,
    pub location: String,
}

/// Parses and validates the input, and fetches the metadata if a URL was pasted. Saves nothing.
pub async fn preview_import(
    app: &App,
    before: &WorkingCopy,
    input: &Arc<IdpInput>,
) -> Result<ImportResult, Problem> {
    match PastedText::read(input, app.clock.now()).await {
        PastedText::Secrets(secrets) => add_field_errors(app, before, input, secrets).await,
        PastedText::None => from_fields(app, before, input).await,
        PastedText::Url(url) => from_url(app, before, input, &url).await,
        PastedText::UrlWithoutScheme => {
            let detail = "this is a URL without https:// in front";
            let error = ImportError::new("pasted", "url-without-scheme", detail);
            Ok(ImportResult::Invalid(vec![error]))
        }
        PastedText::Document(document) => from_text(app, before, input, &document, None).await,
        PastedText::Invalid(error) => Ok(paste_error(app, before, input, error)),
    }
}

async fn from_url(
    app: &App,
    before: &WorkingCopy,
    input: &IdpInput,
    url: &str,
) -> Result<ImportResult, Problem> {
    if is_own_address(app, url) {
        return Ok(ImportResult::Invalid(vec![own_metadata()]));
    }
    let fetched = match app.fetch_metadata(url, Some(&input.entity)).await {
        Ok(fetched) => fetched,
        Err(problem) if problem.status.is_server_error() => return Err(problem),
        Err(problem) => {
            let errors = import_error::from_problem(&problem, "fetch");
            return Ok(ImportResult::Invalid(errors));
        }
    };
    match fetched.tidy().await {
        Ok(document) => from_text(app, before, input, &document, Some(url)).await,
        Err(error) => Ok(paste_error(app, before, input, error)),
    }
}

/// Saves the configuration in the working copy.
pub async fn save_import(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    imported: ImportedIdp,
) -> Result<(), Problem> {
    update_working_copy(app, actor, connection_ref, Patch::new(imported.change)).await?;
    let fetched_at = imported.metadata_url.as_ref().map(|_| app.clock.now());
    set_metadata_source(app, connection_ref, imported.metadata_url, fetched_at).await
}

/// Adds the errors of the fields without secrets to the errors about secrets.
async fn add_field_errors(
    app: &App,
    before: &WorkingCopy,
    input: &IdpInput,
    mut errors: Vec<ImportError>,
) -> Result<ImportResult, Problem> {
    let mut rest = IdpInput {
        pasted: String::new(),
        entity: input.entity.clone(),
        issuer: input.issuer.clone(),
        sign_on_url: input.sign_on_url.clone(),
        certificate: input.certificate.clone(),
    };
    for error in &errors {
        rest.clear_field(error.field);
    }
    if let ImportResult::Invalid(more) = from_fields(app, before, &rest).await? {
        let is_field_error =
            |error: &ImportError| error.field != "pasted" && error.code != "missing";
        errors.extend(more.into_iter().filter(is_field_error));
    }
    Ok(ImportResult::Invalid(errors))
}

async fn from_text(
    app: &App,
    before: &WorkingCopy,
    input: &IdpInput,
    tidy: &TidyText,
    metadata_url: Option<&str>,
) -> Result<ImportResult, Problem> {
    let text = tidy.as_str();
    match read_document(tidy, &input.entity, app.clock.now()).await {
        Ok(PastedInput::Metadata(provider)) => {
            let mut change = json!({ "metadata_xml": text });
            if !input.entity.is_empty() {
                change["issuer"] = json!(input.entity);
            }
            let parsed = ParsedInput {
                change,
                metadata_url,
                texts: vec![text],
                is_pasted: true,
                provider: Some(&provider),
            };
            preview(app, before, parsed).await
        }
        Ok(PastedInput::Certificates(_)) if metadata_url.is_none() => {
            preview_certificates(app, before, input, text).await
        }
        Ok(PastedInput::Certificates(_)) => Ok(ImportResult::Invalid(vec![ImportError::new(
            "pasted",
            "certificate-url",
            "this URL returns only a certificate; paste the certificate and fill in the other fields",
        )])),
        Err(error) => Ok(paste_error(app, before, input, error)),
    }
}

fn paste_error(
    app: &App,
    before: &WorkingCopy,
    input: &IdpInput,
    error: PasteError,
) -> ImportResult {
    let error = match error {
        PasteError::Metadata(MetadataError::SeveralIdentityProviders { entity_ids })
            if input.entity.is_empty() =>
        {
            return ImportResult::MultipleProviders(entity_ids);
        }
        // Another document was pasted than the one from which the identity provider was chosen.
        PasteError::Metadata(MetadataError::EntityMissing { received, .. })
            if received.len() > 1 =>
        {
            return ImportResult::MultipleProviders(received);
        }
        PasteError::ServiceProvider {
            entity_id: pasted_id,
        } if pasted_id == entity_id(app, &before.connection) => own_metadata(),
        error => ImportError::new("pasted", error.code(), error.to_string()),
    };
    ImportResult::Invalid(vec![error])
}

fn own_metadata() -> ImportError {
    ImportError::new("pasted", "own-metadata", OWN_METADATA)
}

async fn preview_certificates(
    app: &App,
    before: &WorkingCopy,
    input: &IdpInput,
    pasted: &str,
) -> Result<ImportResult, Problem> {
    let texts = vec![pasted, input.certificate.as_str()];
    let parsed = ParsedInput {
        is_pasted: true,
        ..ParsedInput::from_fields(input, texts)
    };
    Ok(preview(app, before, parsed).await?.or_certificate_only())
}

impl ImportResult {
    /// A certificate alone is the first of three values, and no error.
    fn or_certificate_only(self) -> Self {
        match self {
            Self::Invalid(errors) if only_other_values_are_missing(&errors) => {
                Self::CertificateOnly(errors)
            }
            result => result,
        }
    }
}

fn only_other_values_are_missing(errors: &[ImportError]) -> bool {
    errors
        .iter()
        .all(|error| error.code == "missing" && ["issuer", "sign_on_url"].contains(&error.field))
}

async fn from_fields(
    app: &App,
    before: &WorkingCopy,
    input: &IdpInput,
) -> Result<ImportResult, Problem> {
    let fields = [&input.issuer, &input.sign_on_url, &input.certificate];
    if fields.iter().all(|field| field.is_empty()) {
        let error = PasteError::Empty;
        let error = ImportError::new("pasted", error.code(), error.to_string());
        return Ok(ImportResult::Invalid(vec![error]));
    }
    let texts = vec![input.certificate.as_str()];
    let result = preview(app, before, ParsedInput::from_fields(input, texts)).await?;
    let is_certificate_alone = input.issuer.is_empty() && input.sign_on_url.is_empty();
    Ok(match is_certificate_alone {
        true => result.or_certificate_only(),
        false => result,
    })
}

/// The parsed input, before it is applied to the connection.
struct ParsedInput<'r> {
    change: Value,
    metadata_url: Option<&'r str>,
    /// The texts with certificates.
    texts: Vec<&'r str>,
    /// Whether the certificates come from the field `pasted`.
    is_pasted: bool,
    provider: Option<&'r IdentityProvider>,
}

impl<'r> ParsedInput<'r> {
    /// Empty fields do not change the connection.
    fn from_fields(input: &IdpInput, mut texts: Vec<&'r str>) -> Self {
        let mut change = json!({});
        for (field, text) in [
            ("issuer", &input.issuer),
            ("sign_on_url", &input.sign_on_url),
        ] {
            if !text.is_empty() {
                change[field] = json!(text);
            }
        }
        texts.retain(|text| !text.is_empty());
        if !texts.is_empty() {
            change["certificates"] = json!(texts);
        }
        Self {
            change,
            metadata_url: None,
            texts,
            is_pasted: false,
            provider: None,
        }
    }
}

async fn preview(
    app: &App,
    before: &WorkingCopy,
    parsed: ParsedInput<'_>,
) -> Result<ImportResult, Problem> {
    let connection = match preview_update(app, before, Patch::new(parsed.change.clone())).await {
        Ok(connection) => connection,
        Err(problem) if problem.status.is_server_error() => return Err(problem),
        Err(problem) => {
            let mut errors = import_error::from_problem(&problem, "invalid");
            // An error of a pasted certificate belongs to the field in which it was pasted.
            for error in &mut errors {
                if parsed.is_pasted && error.field == "certificate" {
                    error.field = "pasted";
                }
            }
            return Ok(ImportResult::Invalid(errors));
        }
    };
    let detected_provider =
        provider_detection::detect_provider(&connection.issuer, &connection.sign_on_url);
    let mut warnings = connection.warnings.clone();
    if provider_detection::by_issuer(&connection.issuer).is_none()
        && provider_detection::has_known_issuers(connection.provider)
    {
        let detail = format!(
            "{} is an unusual issuer for this product",
            connection.issuer
        );
        warnings.push(Warning::new("unusual-issuer", detail));
    }
    let now = app.clock.now();
    if mention_sha1(&parsed.texts, now).await {
        let detail = "the identity provider may sign with SHA-1: sign-ins with SHA-1 signatures are rejected. Select SHA-256 at the identity provider";
        warnings.push(Warning::new("sha1", detail));
    }
    Ok(ImportResult::Valid(Box::new(ImportedIdp {
        name: parsed
            .provider
            .and_then(|provider| provider.display_name.clone()),
        endpoints: endpoints(&connection, parsed.provider),
        detected_provider: detected_provider.filter(|provider| *provider != connection.provider),
        warnings,
        connection,
        change: parsed.change,
        metadata_url: parsed.metadata_url.map(str::to_owned),
    })))
}

impl Endpoint {
    /// The endpoint to which a connection sends requests.
    pub fn from_connection(connection: &ConnectionView) -> Self {
        Self {
            is_for_sign_out: false,
            binding: match connection.sign_on_binding {
                Binding::Redirect => "HTTP-Redirect",
                Binding::Post => "HTTP-POST",
            },
            location: connection.sign_on_url.clone(),
        }
    }
}

fn endpoints(connection: &ConnectionView, provider: Option<&IdentityProvider>) -> Vec<Endpoint> {
    let Some(provider) = provider else {
        return vec![Endpoint::from_connection(connection)];
    };
    let to_endpoints = |endpoints: &[metadata::Endpoint], is_for_sign_out| {
        let to_endpoint = |endpoint: &metadata::Endpoint| Endpoint {
            is_for_sign_out,
            binding: match endpoint.binding {
                metadata::Binding::Redirect => "HTTP-Redirect",
                metadata::Binding::Post => "HTTP-POST",
            },
            location: endpoint.location.as_str().to_owned(),
        };
        endpoints.iter().map(to_endpoint).collect::<Vec<_>>()
    };
    let mut all = to_endpoints(&provider.sign_on, false);
    all.extend(to_endpoints(&provider.sign_out, true));
    all
}
