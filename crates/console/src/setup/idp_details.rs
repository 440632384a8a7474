//! The third step: the administrator enters the identity provider's details, reviews what was imported, and saves it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guide::{Guide, GuideContext, IdpField, Sentence, SourceView};
use i18n::Localizer;
use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::{
    self, CertificateView, IdpInput, ImportError, ImportResult, ImportedIdp, Warning,
};
use web::page;

use super::progress::{self, SetupProgress};
use super::setup_user::SetupUser;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

const SECONDS_PER_DAY: i64 = 24 * 3600;

#[derive(Debug, Template)]
#[template(path = "setup/idp_details.html")]
struct IdpDetailsPage<'p> {
    frame: ConsoleFrame<'p>,
    progress: SetupProgress,
    t: Localizer,
    sources: Vec<SourceView>,
    labels: FieldLabels,
    input: IdpInput,
    faults: Vec<ImportError>,
    /// Whether only a certificate was pasted. The page asks for the other values.
    has_read_certificate: bool,
    entities: Vec<String>,
    /// The details to review.
    imported: Option<IdpDetails>,
    /// The saved details.
    current: Option<IdpDetails>,
    /// Where the saved details were imported from.
    metadata_url: Option<String>,
    /// Says that the saved details are those of another product.
    other_product: Option<String>,
    certificate_lifetime: Vec<Sentence>,
}

/// The product's labels of the values for manual entry.
#[derive(Debug, Default)]
struct FieldLabels {
    sign_on_url: Option<&'static str>,
    issuer: Option<&'static str>,
    certificate: Option<&'static str>,
}

/// The details of an identity provider.
#[derive(Debug)]
struct IdpDetails {
    name: Option<String>,
    issuer: String,
    endpoints: Vec<connection::Endpoint>,
    certificates: Vec<CertificateRow>,
    warnings: Vec<WarningMessage>,
}

#[derive(Debug)]
struct CertificateRow {
    view: CertificateView,
    /// Negative when the certificate has expired.
    days_left: i64,
}

/// A warning in the reader's language.
#[derive(Debug)]
struct WarningMessage {
    is_danger: bool,
    message: String,
}

impl IdpDetailsPage<'_> {
    fn field_faults<'f>(&'f self, field: &'f str) -> impl Iterator<Item = &'f ImportError> {
        self.faults.iter().filter(move |one| one.field == field)
    }

    fn has_fault(&self, field: &str) -> bool {
        self.field_faults(field).next().is_some()
    }

    /// The message of a fault, in the reader's language if there is a translation.
    fn fault_message(&self, fault: &ImportError) -> String {
        let key = format!("setup-error-{}", fault.code);
        match &fault.field_problem {
            _ if self.t.has(&key) => self.t.get(&key),
            Some(problem) => problem
                .received
                .localize_variant(self.t, "problem-received-", "setup-error-fetch-")
                .filter(|_| fault.code == "fetch")
                .unwrap_or_else(|| problem.localize(self.t)),
            None => fault.detail.clone(),
        }
    }

    /// Whether the section for manual entry is open.
    fn is_manual_entry(&self) -> bool {
        let input = &self.input;
        ["issuer", "sign_on_url", "certificate"]
            .iter()
            .any(|field| self.has_fault(field))
            || self.has_read_certificate
            || !(input.issuer.is_empty() && input.sign_on_url.is_empty())
    }
}

/// `GET …/setup/idp-details`
pub(super) async fn show(State(app): State<App>, user: SetupUser) -> Result<Response, PageError> {
    user.check_can_open(Step::IdpDetails)?;
    render(&app, &user, IdpInput::default(), None).await
}

/// `POST …/setup/idp-details`
///
/// The first button shows what was imported, the second saves it.
pub(super) async fn submit(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::IdpDetails)?;
    let input = Arc::new(IdpInput {
        pasted: form.text("pasted").to_owned(),
        entity: form.text("entity").to_owned(),
        issuer: form.text("issuer").to_owned(),
        sign_on_url: form.text("sign_on_url").to_owned(),
        certificate: form.text("certificate").to_owned(),
    });
    let result = connection::preview_import(&app, &user.working, &input).await?;
    match result {
        ImportResult::Valid(imported) if form.has("keep") => {
            connection::save_import(&app, &user.actor(), user.connection_ref(), *imported).await?;
            progress::forget_details_of_other_product(&app, &user).await?;
            let address = format!("{}/attributes", user.base());
            Ok(Redirect::to(&address).into_response())
        }
        result => render(&app, &user, Arc::unwrap_or_clone(input), Some(result)).await,
    }
}

async fn render(
    app: &App,
    user: &SetupUser,
    mut input: IdpInput,
    result: Option<ImportResult>,
) -> Result<Response, PageError> {
    let progress = SetupProgress::load(app, user, Step::IdpDetails).await?;
    let values = user.sp_values(app).await?;
    let context = GuideContext {
        text: user.text,
        values: &values,
    };
    let guide = Guide::for_provider(user.connection().settings.provider);
    let sources = guide.sources(&context);
    let mut faults = Vec::new();
    let mut entities = Vec::new();
    let mut imported = None;
    let has_read_certificate = matches!(result, Some(ImportResult::CertificateOnly(_)));
    match result {
        None => {}
        Some(ImportResult::Invalid(found)) => faults = found,
        Some(ImportResult::CertificateOnly(found)) => {
            // If both are missing, the notice asks for them.
            if found.len() == 1 {
                faults = found;
            }
            input.certificate = format!("{}\n{}", input.pasted, input.certificate);
            input.pasted.clear();
        }
        Some(ImportResult::MultipleProviders(found)) => entities = found,
        Some(ImportResult::Valid(found)) => {
            imported = Some(imported_details(app, user.text, &found));
        }
    }
    // Do not send a secret back that was pasted by mistake.
    for fault in faults.iter().filter(|fault| fault.is_secret()) {
        input.clear_field(fault.field);
    }
    let status = if faults.is_empty() && !has_read_certificate {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = IdpDetailsPage {
        frame: user.frame(app),
        t: user.text,
        labels: FieldLabels::from_sources(&sources),
        sources,
        input,
        faults,
        has_read_certificate,
        entities,
        imported,
        certificate_lifetime: guide.certificate_lifetime(&context),
        current: current_details(app, user).await?,
        metadata_url: progress.metadata_url.clone(),
        other_product: progress.other_product_notice(),
        progress,
    };
    Ok(page::answer(status, &page))
}

impl FieldLabels {
    fn from_sources(sources: &[SourceView]) -> Self {
        let label = |field: IdpField| {
            let mut fields = sources.iter().flat_map(|source| &source.fields);
            fields
                .find(|found| found.field == field)
                .map(|found| found.label)
        };
        Self {
            sign_on_url: label(IdpField::SignOnUrl),
            issuer: label(IdpField::Issuer),
            certificate: label(IdpField::Certificate),
        }
    }
}

/// The saved details, if they are complete.
async fn current_details(app: &App, user: &SetupUser) -> Result<Option<IdpDetails>, Problem> {
    if !user.connection().is_complete() {
        return Ok(None);
    }
    let saved = connection::show_working_copy(app, user.connection_ref())
        .await?
        .connection;
    let endpoints = vec![connection::Endpoint::from_connection(&saved)];
    Ok(Some(IdpDetails {
        name: None,
        warnings: warning_messages(user.text, &saved.warnings),
        certificates: certificates(app, saved.certificates),
        issuer: saved.issuer,
        endpoints,
    }))
}

fn imported_details(app: &App, text: Localizer, found: &ImportedIdp) -> IdpDetails {
    let mut warnings = warning_messages(text, &found.warnings);
    if let Some(detected) = found.detected_provider {
        let name = |provider| Guide::for_provider(provider).title(text);
        let theirs = name(detected);
        let chosen = name(found.connection.provider);
        let variables = [
            ("detected", theirs.as_str().into()),
            ("chosen", chosen.as_str().into()),
        ];
        warnings.push(WarningMessage {
            is_danger: false,
            message: text.format("setup-warning-provider-mismatch", &variables),
        });
    }
    IdpDetails {
        name: found.name.clone(),
        issuer: found.connection.issuer.clone(),
        endpoints: found.endpoints.clone(),
        certificates: certificates(app, found.connection.certificates.clone()),
        warnings,
    }
}

fn certificates(app: &App, views: Vec<CertificateView>) -> Vec<CertificateRow> {
    let now = app.clock.now().as_second();
    let days_left = |view: &CertificateView| {
        let until = saml::parse_xs_date_time(&view.not_after).map_or(now, Timestamp::as_second);
        (until - now).div_euclid(SECONDS_PER_DAY)
    };
    let certificate = |view: CertificateView| CertificateRow {
        days_left: days_left(&view),
        view,
    };
    views.into_iter().map(certificate).collect()
}

fn warning_messages(text: Localizer, warnings: &[Warning]) -> Vec<WarningMessage> {
    let message = |warning: &Warning| WarningMessage {
        is_danger: warning.code.starts_with("danger-"),
        message: warning.localize(text),
    };
    warnings.iter().map(message).collect()
}
