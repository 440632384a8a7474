//! The third step: the box for the other side, and what was understood of what was put into it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::Problem;
use service::connection;
use service::connection::{
    CertificateView, IdpInput, ImportError, ImportResult, ImportedIdp, Warning,
};
use web::page;

use super::progress;
use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::{Given as Piece, GivenView, Guide, Sentence, Words};
use crate::page_error::PageError;

const DAY: i64 = 24 * 3600;

/// The box.
#[derive(Debug, Template)]
#[template(path = "setup/other_side.html")]
struct BoxPage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    t: Localizer,
    ways: Vec<GivenView>,
    labels: Labels,
    given: IdpInput,
    faults: Vec<ImportError>,
    entities: Vec<String>,
    understood: Option<Shown>,
    /// What is there already.
    kept: Option<Shown>,
    source: Option<String>,
    /// How long the product's certificate lives.
    certificate: Vec<Sentence>,
}

/// What the other product calls the three things that can be given by hand.
#[derive(Debug, Default)]
struct Labels {
    sign_on_url: Option<&'static str>,
    issuer: Option<&'static str>,
    certificate: Option<&'static str>,
}

/// The other side as the page shows it.
#[derive(Debug)]
struct Shown {
    name: Option<String>,
    issuer: String,
    endpoints: Vec<connection::Endpoint>,
    certificates: Vec<Certificate>,
    notes: Vec<Note>,
}

/// A certificate as the page shows it.
#[derive(Debug)]
struct Certificate {
    view: CertificateView,
    days: i64,
}

/// Something to know, in the reader's language.
#[derive(Debug)]
struct Note {
    is_danger: bool,
    sentence: String,
}

impl BoxPage<'_> {
    fn faults_of<'f>(&'f self, field: &'f str) -> impl Iterator<Item = &'f ImportError> {
        self.faults.iter().filter(move |one| one.field == field)
    }

    fn has_fault(&self, field: &str) -> bool {
        self.faults_of(field).next().is_some()
    }

    /// What is wrong, in the reader's language where there are words for it.
    fn sentence(&self, fault: &ImportError) -> String {
        let key = format!("setup-fault-{}", fault.code);
        match &fault.field_problem {
            _ if self.t.has(&key) => self.t.get(&key),
            Some(about) => about
                .received
                .localize_variant(self.t, "problem-received-", "setup-fault-fetch-")
                .filter(|_| fault.code == "fetch")
                .unwrap_or_else(|| about.localize(self.t)),
            None => fault.detail.clone(),
        }
    }

    /// Whether the fields to fill in by hand are worth showing at once.
    fn is_by_hand(&self) -> bool {
        let given = &self.given;
        ["issuer", "sign_on_url", "certificate"]
            .iter()
            .any(|field| self.has_fault(field))
            || !(given.issuer.is_empty() && given.sign_on_url.is_empty())
    }
}

/// `GET …/setup/other-side`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::OtherSide)?;
    answer(&app, &visitor, (IdpInput::default(), None)).await
}

/// `POST …/setup/other-side`
///
/// The first button shows what was understood, the second keeps it.
pub(super) async fn take(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::OtherSide)?;
    let given = IdpInput {
        pasted: form.text("pasted").to_owned(),
        entity: form.text("entity").to_owned(),
        issuer: form.text("issuer").to_owned(),
        sign_on_url: form.text("sign_on_url").to_owned(),
        certificate: form.text("certificate").to_owned(),
    };
    let reading = connection::preview_import(&app, &visitor.working, &given).await?;
    match reading {
        ImportResult::Imported(understood) if form.has("keep") => {
            connection::save_import(&app, &visitor.actor(), visitor.place(), *understood).await?;
            let address = format!("{}/attributes", visitor.base());
            Ok(Redirect::to(&address).into_response())
        }
        reading => answer(&app, &visitor, (given, Some(reading))).await,
    }
}

async fn answer(
    app: &App,
    visitor: &SetupVisitor,
    (mut given, reading): (IdpInput, Option<ImportResult>),
) -> Result<Response, PageError> {
    let walk = Walk::read(app, visitor, Step::OtherSide).await?;
    let values = progress::values(app, visitor).await?;
    let words = Words {
        text: visitor.text,
        values: &values,
    };
    let guide = Guide::of(visitor.connection().settings.provider);
    let ways = guide.gives(&words);
    let (mut faults, mut entities, mut understood) = (Vec::new(), Vec::new(), None);
    match reading {
        None => {}
        Some(ImportResult::Invalid(found)) => faults = found,
        Some(ImportResult::MultipleProviders(found)) => entities = found,
        Some(ImportResult::Imported(found)) => understood = Some(shown(app, visitor.text, &found)),
    }
    // A secret that was pasted by mistake must not travel once more.
    for fault in faults.iter().filter(|fault| fault.is_secret()) {
        given.clear_field(fault.field);
    }
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = BoxPage {
        frame: visitor.frame(app),
        t: visitor.text,
        labels: Labels::of(&ways),
        ways,
        given,
        faults,
        entities,
        understood,
        certificate: guide.certificate(&words),
        kept: kept(app, visitor).await?,
        source: walk.setup.metadata_url.clone(),
        walk,
    };
    Ok(page::answer(status, &page))
}

impl Labels {
    fn of(ways: &[GivenView]) -> Self {
        let label = |piece: Piece| {
            let mut pieces = ways.iter().flat_map(|way| &way.pieces);
            pieces.find(|one| one.given == piece).map(|one| one.label)
        };
        Self {
            sign_on_url: label(Piece::SignOnUrl),
            issuer: label(Piece::Issuer),
            certificate: label(Piece::Certificate),
        }
    }
}

/// What is there already, when it is whole.
async fn kept(app: &App, visitor: &SetupVisitor) -> Result<Option<Shown>, Problem> {
    if !visitor.connection().is_complete() {
        return Ok(None);
    }
    let there = connection::show_working_copy(app, visitor.place())
        .await?
        .connection;
    let endpoints = vec![connection::Endpoint::from_connection(&there)];
    Ok(Some(Shown {
        name: None,
        notes: notes(visitor.text, &there.warnings),
        certificates: certificates(app, there.certificates),
        issuer: there.issuer,
        endpoints,
    }))
}

fn shown(app: &App, text: Localizer, found: &ImportedIdp) -> Shown {
    let mut notes = notes(text, &found.warnings);
    if let Some(recognised) = found.detected_provider {
        let name = |provider| Guide::of(provider).title(text);
        let (theirs, chosen) = (name(recognised), name(found.connection.provider));
        let variables = [
            ("recognised", theirs.as_str().into()),
            ("chosen", chosen.as_str().into()),
        ];
        notes.push(Note {
            is_danger: false,
            sentence: text.format("setup-note-other-product", &variables),
        });
    }
    Shown {
        name: found.name.clone(),
        issuer: found.connection.issuer.clone(),
        endpoints: found.endpoints.clone(),
        certificates: certificates(app, found.connection.certificates.clone()),
        notes,
    }
}

fn certificates(app: &App, views: Vec<CertificateView>) -> Vec<Certificate> {
    let now = app.clock.now().as_second();
    let days = |view: &CertificateView| {
        let until = saml::parse_xs_date_time(&view.not_after).map_or(now, Timestamp::as_second);
        (until - now).div_euclid(DAY)
    };
    let certificate = |view: CertificateView| Certificate {
        days: days(&view),
        view,
    };
    views.into_iter().map(certificate).collect()
}

fn notes(text: Localizer, warnings: &[Warning]) -> Vec<Note> {
    let note = |warning: &Warning| Note {
        is_danger: warning.code.starts_with("danger-"),
        sentence: warning.localize(text),
    };
    warnings.iter().map(note).collect()
}
