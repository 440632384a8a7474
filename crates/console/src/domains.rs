//! The page of an organization's domains.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::{Localizer, TimedMessage};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::domain::{DomainView, NewDomain};
use service::{Actor, domain};
use store::{DomainState, DomainVerificationMethod, Organization};
use url::{Url, form_urlencoded};
use web::page;

use super::account::Done;
use super::current_user::AdminVisit;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// Lists domains and adds others.
#[derive(Debug, Template)]
#[template(path = "console/domains.html")]
struct DomainsPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// Where the forms of a domain lead.
    place: String,
    can_remove: bool,
    domains: Vec<Row>,
    typed: &'p str,
    /// What stands in the way of adding what was typed.
    fault: Option<String>,
}

/// A domain as pages show it: `templates/console/domain.html`.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) view: DomainView,
    pub(super) state: String,
    /// How the state looks.
    pub(super) badge: &'static str,
    /// What there is to know about the state.
    pub(super) notice: Option<TimedMessage>,
    pub(super) answer: Option<String>,
    pub(super) records: Vec<Record>,
    /// What was wrong with looking it up just now.
    pub(super) fault: Option<String>,
    /// In the demo, where the record can be published.
    pub(super) practice: Option<String>,
}

impl Row {
    /// Whether the domain counts as long as its record stays.
    pub(super) fn is_proved(&self) -> bool {
        self.view.state == DomainState::Verified
    }

    /// Whether the record was there when it was last looked up.
    pub(super) fn has_right_record(&self) -> bool {
        self.records.iter().any(|record| record.is_right)
    }

    /// Whether it has never counted, so that nobody notices when it is taken from the list.
    pub(super) fn is_claim(&self) -> bool {
        self.view.state == DomainState::Pending
    }
}

/// Where domains are shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'f> {
    /// The words.
    pub(super) text: Localizer,
    /// The address of the page.
    pub(super) place: &'f str,
    /// In the demo, the page that stands for the domain name system.
    pub(super) records_page: Option<&'static str>,
}

/// A record that was seen.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) is_right: bool,
}

/// What was tried, and why it did not work.
#[derive(Debug)]
pub(super) enum Failed<'f> {
    /// Everything did.
    Nothing,
    /// Adding this domain.
    Adding(&'f str, Problem),
    /// Looking this one up.
    Checking(&'f str, Problem),
}

/// What a page says of an organization's domains.
#[derive(Debug)]
pub(super) struct Told<'f> {
    pub(super) rows: Vec<Row>,
    /// What stands in the field for another one.
    pub(super) typed: &'f str,
    /// What stands in the way of adding it.
    pub(super) fault: Option<String>,
    pub(super) status: StatusCode,
}

/// `GET /console/organizations/{organization}/domains`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    list(&app, &visit, done.done.as_deref(), &Failed::Nothing).await
}

/// `POST /console/organizations/{organization}/domains`
pub(super) async fn add(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let typed = form.text("domain");
    // Only the operator's word is proof.
    let is_vouched = visit.visitor().is_operator && form.has("vouch");
    let (proof, done) = if is_vouched {
        (DomainVerificationMethod::Manual, "domain-verified")
    } else {
        (DomainVerificationMethod::Dns, "domain-added")
    };
    let new = NewDomain {
        domain: typed.to_owned(),
        proof: Some(proof),
    };
    let organization = visit.organization().id.as_str();
    match domain::add(&app, &visit.visitor().actor(), organization, new).await {
        Ok(_) => Ok(back(&visit, done)),
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => list(&app, &visit, None, &Failed::Adding(typed, problem)).await,
    }
}

/// `POST …/domains/{domain}/check`
pub(super) async fn check(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, name)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let who = (&visit.visitor().actor(), visit.organization());
    match look_up(&app, who, &name).await {
        Ok(found) if found.state == DomainState::Verified => Ok(back(&visit, "domain-verified")),
        Ok(_) => Ok(back(&visit, "domain-checked")),
        Err(problem) if is_about_the_domain(&problem) => {
            list(&app, &visit, None, &Failed::Checking(&name, problem)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Looks a domain's record up, unless that was done too often just now: each time asks other people's servers.
///
/// # Errors
///
/// When it was, or as [`domain::check`].
pub(super) async fn look_up(
    app: &App,
    (actor, organization): (&Actor, &Organization),
    name: &str,
) -> Result<DomainView, Problem> {
    if !app.limits.may_look_up_domain(&organization.id) {
        return Err(Problem::new(ProblemCode::TooManyRequests));
    }
    domain::check(app, actor, organization.id.as_str(), name).await
}

/// Whether the page of the domains says it best.
pub(super) fn is_about_the_domain(problem: &Problem) -> bool {
    let said = [StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS];
    said.contains(&problem.status)
}

/// `POST …/domains/{domain}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, name)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let organization = visit.organization().id.as_str();
    domain::remove(&app, &visit.visitor().actor(), organization, &name).await?;
    Ok(back(&visit, "domain-removed"))
}

fn back(visit: &AdminVisit, done: &str) -> Response {
    let slug = &visit.organization().slug;
    Redirect::to(&format!(
        "/console/organizations/{slug}/domains?done={done}"
    ))
    .into_response()
}

async fn list(
    app: &App,
    visit: &AdminVisit,
    done: Option<&str>,
    failed: &Failed<'_>,
) -> Result<Response, Refusal> {
    let listing = domain::list(app, visit.organization().id.as_str()).await?;
    let slug = &visit.organization().slug;
    let place = format!("/console/organizations/{slug}/domains");
    let frame = Frame {
        text: visit.visitor().text,
        place: &place,
        records_page: app.dns.records_page(),
    };
    let told = told(frame, listing.items, failed);
    let page = DomainsPage {
        frame: visit.frame(app, "domains").noting(done),
        slug,
        place,
        can_remove: true,
        domains: told.rows,
        typed: told.typed,
        fault: told.fault,
    };
    Ok(page::answer(told.status, &page))
}

/// What a page says of domains, after something was tried.
pub(super) fn told<'f>(
    frame: Frame<'_>,
    domains: Vec<DomainView>,
    failed: &Failed<'f>,
) -> Told<'f> {
    let text = frame.text;
    let (mut typed, mut fault, mut status) = ("", None, StatusCode::OK);
    let mut unchecked = None;
    match failed {
        Failed::Nothing => {}
        Failed::Adding(name, problem) => {
            let is_ours = domains
                .iter()
                .any(|one| one.domain.eq_ignore_ascii_case(name));
            (typed, status) = (*name, problem.status);
            fault = Some(if is_ours {
                text.get("domain-fault-own")
            } else if let Some(domain) = domain_in(name) {
                text.format("domain-fault-address", &[("domain", domain.into())])
            } else {
                sentence(text, problem)
            });
        }
        Failed::Checking(name, problem) => {
            status = problem.status;
            unchecked = Some((name.to_ascii_lowercase(), sentence(text, problem)));
        }
    }
    let row = |view: DomainView| {
        let fault = unchecked
            .as_ref()
            .filter(|(name, _)| *name == view.domain)
            .map(|(_, fault)| fault.clone());
        Row {
            fault,
            ..row(frame, view)
        }
    };
    Told {
        rows: domains.into_iter().map(row).collect(),
        typed,
        fault,
        status,
    }
}

/// The problem in the reader's language, where there are words for it.
fn sentence(text: Localizer, problem: &Problem) -> String {
    let key = format!("domain-fault-{}", problem.code);
    if text.has(&key) {
        text.get(&key)
    } else {
        problem.localize(text)
    }
}

/// The domain in the address of a page, which is pasted easily instead of it.
fn domain_in(typed: &str) -> Option<String> {
    let url = Url::parse(typed).ok()?;
    let host = url.domain()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

fn row(frame: Frame<'_>, view: DomainView) -> Row {
    let text = frame.text;
    let records = records(&view);
    let is_right = records.iter().any(|record| record.is_right);
    let (state, badge, notice) = match view.state {
        // Of the right record only one thing can come but that the domain counts.
        DomainState::Pending if is_right => ("domain-state-taken", "bad", Some("domain-taken")),
        DomainState::Pending => ("domain-state-pending", "warn", None),
        DomainState::Verified => ("domain-state-verified", "good", None),
        DomainState::Missing => ("domain-state-missing", "warn", Some("domain-missing")),
        DomainState::Lost => ("domain-state-lost", "bad", Some("domain-lost")),
    };
    let since = view.missing_since.clone().unwrap_or_default();
    Row {
        state: text.get(state),
        badge,
        notice: notice.map(|key| text.local_time(&since).in_message(key, &[])),
        answer: answer(text, &view),
        practice: practice(frame, &view).filter(|_| !is_right),
        records,
        fault: None,
        view,
    }
}

/// In the demo, where the record is published, with a way back.
fn practice(frame: Frame<'_>, view: &DomainView) -> Option<String> {
    let (page, record) = (frame.records_page?, view.record.as_ref()?);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("name", &record.name)
        .append_pair("value", &record.value)
        .append_pair("back", frame.place);
    Some(format!("{page}?{}", query.finish()))
}

/// What was seen, in a sentence; nothing when nobody has looked yet.
fn answer(text: Localizer, view: &DomainView) -> Option<String> {
    let answer = view.answer.as_ref()?;
    Some(match (&answer.failure, answer.records.len()) {
        (Some(failure), _) => text.format(
            "domain-answer-failure",
            &[("failure", failure.as_str().into())],
        ),
        (None, 0) => text.get("domain-answer-none"),
        (None, count) => text.format("domain-answer-records", &[("count", count.into())]),
    })
}

fn records(view: &DomainView) -> Vec<Record> {
    let Some(answer) = &view.answer else {
        return Vec::new();
    };
    let is_right = |text: &str| {
        view.record
            .as_ref()
            .is_some_and(|record| domain::says(text, &record.value))
    };
    answer
        .records
        .iter()
        .map(|text| Record {
            is_right: is_right(text),
            text: text.clone(),
        })
        .collect()
}
