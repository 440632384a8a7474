//! The page of an organization's domains. Guided setup shows the same list.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use i18n::{Localizer, TimedMessage};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde_json::json;
use service::domain::{DomainView, NewDomain};
use service::json::Patch;
use service::{Actor, domain};
use store::{DomainState, DomainVerificationMethod, Organization};
use url::{Url, form_urlencoded};
use web::page;

use super::confirmation_page::{ConfirmationPage, FormButton};
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::{FormState, message};
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/domains.html")]
struct DomainsPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of the page, on which the paths of its forms are based.
    path: String,
    /// The path of the page with the rules that choose among connections.
    routing: String,
    can_remove: bool,
    list: DomainList<'p>,
}

/// What a page shows of an organization's domains.
#[derive(Debug)]
pub(super) struct DomainList<'f> {
    pub(super) rows: Vec<DomainRow>,
    /// The value of the field in which a domain is added.
    pub(super) value: &'f str,
    /// Why that value was rejected.
    pub(super) error: Option<String>,
    pub(super) status: StatusCode,
}

/// A domain in the list: `templates/console/domain.html`.
#[derive(Debug)]
pub(super) struct DomainRow {
    pub(super) view: DomainView,
    pub(super) state: String,
    /// The class of the badge.
    pub(super) badge: &'static str,
    /// Explains the state.
    pub(super) notice: Option<TimedMessage>,
    /// The result of the last DNS query.
    pub(super) dns_result: Option<String>,
    pub(super) records: Vec<TxtRecord>,
    /// Why the check that was just requested failed.
    pub(super) error: Option<String>,
    /// In the demo, the address at which the record can be published.
    pub(super) demo_dns: Option<String>,
}

/// A TXT record that the last DNS query found.
#[derive(Debug)]
pub(super) struct TxtRecord {
    pub(super) value: String,
    pub(super) is_expected: bool,
}

/// The page that shows a list of domains.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListContext<'f> {
    pub(super) text: Localizer,
    /// The path of the page.
    pub(super) path: &'f str,
    /// In the demo, the page that stands for the DNS.
    pub(super) demo_dns_page: Option<&'static str>,
}

/// The state of the page's forms.
#[derive(Debug, Default)]
pub(super) struct DomainForms<'f> {
    /// The form that adds a domain.
    pub(super) add: FormState<&'f str>,
    /// The check that failed.
    pub(super) failed_check: Option<FailedCheck<'f>>,
}

#[derive(Debug)]
pub(super) struct FailedCheck<'f> {
    pub(super) domain: &'f str,
    pub(super) problem: Problem,
}

impl<'f> DomainForms<'f> {
    /// The forms after a domain was not added.
    pub(super) fn add_rejected(domain: &'f str, problem: Problem) -> Result<Self, PageError> {
        Ok(Self {
            add: FormState::rejected(domain, problem)?,
            failed_check: None,
        })
    }

    /// The forms after a domain was not checked.
    ///
    /// # Errors
    ///
    /// A problem that does not concern the domain.
    pub(super) fn check_failed(domain: &'f str, problem: Problem) -> Result<Self, PageError> {
        let form_errors = [StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS];
        if !form_errors.contains(&problem.status) {
            return Err(problem.into());
        }
        Ok(Self {
            failed_check: Some(FailedCheck { domain, problem }),
            ..Self::default()
        })
    }

    fn status(&self) -> StatusCode {
        match &self.failed_check {
            Some(failed) => failed.problem.status,
            None => self.add.status(),
        }
    }
}

/// `GET /console/organizations/{organization}/domains`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let forms = DomainForms::default();
    domains_page(&app, &admin, query.done.as_deref(), &forms).await
}

/// `POST /console/organizations/{organization}/domains`
pub(super) async fn add(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let domain = form.text("domain");
    // Only an operator can verify a domain manually.
    let is_manual = admin.user().is_operator && form.has("manual");
    let (method, done) = if is_manual {
        (DomainVerificationMethod::Manual, "domain-verified")
    } else {
        (DomainVerificationMethod::Dns, "domain-added")
    };
    let new = NewDomain {
        domain: domain.to_owned(),
        verification: Some(method),
        include_subdomains: None,
    };
    match domain::add(&app, &admin.actor(), admin.organization_id(), new).await {
        Ok(_) => Ok(redirect(&admin, done)),
        Err(problem) => {
            let forms = DomainForms::add_rejected(domain, problem)?;
            domains_page(&app, &admin, None, &forms).await
        }
    }
}

/// `POST …/domains/{domain}/check`
pub(super) async fn check(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, domain)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    match check_domain(&app, &admin.actor(), admin.organization(), &domain).await {
        Ok(checked) if checked.state == DomainState::Verified => {
            Ok(redirect(&admin, "domain-verified"))
        }
        Ok(_) => Ok(redirect(&admin, "domain-checked")),
        Err(problem) => {
            let forms = DomainForms::check_failed(&domain, problem)?;
            domains_page(&app, &admin, None, &forms).await
        }
    }
}

/// `POST …/domains/{domain}/subdomains`
pub(super) async fn set_subdomains(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, domain)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let change = Patch::new(json!({ "include_subdomains": form.has("include") }));
    let organization = admin.organization_id();
    domain::update(&app, &admin.actor(), organization, &domain, change).await?;
    Ok(redirect(&admin, "saved"))
}

/// Queries the DNS for a domain's record. The number of queries is limited, because other organizations' servers answer
/// them.
pub(super) async fn check_domain(
    app: &App,
    actor: &Actor,
    organization: &Organization,
    domain: &str,
) -> Result<DomainView, Problem> {
    if !app.limits.may_look_up_domain(&organization.id) {
        return Err(Problem::new(ProblemCode::TooManyRequests));
    }
    domain::check(app, actor, organization.id.as_str(), domain).await
}

/// `GET …/domains/{domain}/remove`
pub(super) async fn confirm_remove(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, domain)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let members = domain::count_members(&app, admin.organization_id(), &domain).await?;
    let text = admin.text();
    let path = admin.path("domains");
    let name = [("domain", domain.as_str().into())];
    let page = ConfirmationPage::new(
        admin.frame(&app, "domains"),
        text.format("domain-remove-question", &name),
        vec![
            text.format("domain-remove-members", &[("count", members.into())]),
            text.get("domain-remove-effect"),
        ],
        FormButton::new(format!("{path}/{domain}/remove"), text.get("domain-remove")),
        path,
    );
    Ok(page.answer(&app))
}

/// `POST …/domains/{domain}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, domain)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    domain::remove(&app, &admin.actor(), admin.organization_id(), &domain).await?;
    Ok(redirect(&admin, "domain-removed"))
}

fn redirect(admin: &RequireOrgAdmin, done: &str) -> Response {
    redirect_with_notice(&admin.path("domains"), done)
}

async fn domains_page(
    app: &App,
    admin: &RequireOrgAdmin,
    done: Option<&str>,
    forms: &DomainForms<'_>,
) -> Result<Response, PageError> {
    let listing = domain::list(app, admin.organization_id()).await?;
    let path = admin.path("domains");
    let context = ListContext {
        text: admin.text(),
        path: &path,
        demo_dns_page: app.dns.records_page(),
    };
    let list = DomainList::new(context, listing.items, forms);
    let status = list.status;
    let page = DomainsPage {
        frame: admin.frame(app, "domains").with_notice(done),
        list,
        routing: admin.path("routing"),
        path,
        can_remove: true,
    };
    Ok(page::answer(status, &page))
}

impl<'f> DomainList<'f> {
    pub(super) fn new(
        context: ListContext<'_>,
        domains: Vec<DomainView>,
        forms: &DomainForms<'f>,
    ) -> Self {
        let add_error = forms
            .add
            .problem
            .as_ref()
            .map(|problem| add_error(context.text, &domains, forms.add.values, problem));
        let check_error = |domain: &str| {
            let failed = forms.failed_check.as_ref()?;
            let is_failed = domain::normalize_domain(failed.domain) == domain;
            is_failed.then(|| message(context.text, "domain-error", &failed.problem))
        };
        let row = |view: DomainView| DomainRow {
            error: check_error(&view.domain),
            ..DomainRow::new(context, view)
        };
        Self {
            rows: domains.into_iter().map(row).collect(),
            value: forms.add.values,
            error: add_error,
            status: forms.status(),
        }
    }
}

/// Why a domain was not added.
fn add_error(text: Localizer, domains: &[DomainView], value: &str, problem: &Problem) -> String {
    let name = domain::normalize_domain(value);
    let is_own = domains.iter().any(|view| view.domain == name);
    if is_own {
        text.get("domain-error-already-added")
    } else if let Some(domain) = domain_of_url(value) {
        text.format("domain-error-url", &[("domain", domain.into())])
    } else {
        message(text, "domain-error", problem)
    }
}

/// The domain of a URL: administrators paste the address of a page instead of a domain.
fn domain_of_url(value: &str) -> Option<String> {
    let url = Url::parse(value).ok()?;
    let host = url.domain()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

impl DomainRow {
    fn new(context: ListContext<'_>, view: DomainView) -> Self {
        let text = context.text;
        let records = txt_records(&view);
        let is_published = records.iter().any(|record| record.is_expected);
        let (state, badge, notice) = match view.state {
            // The record is published, and the domain is still not verified: another organization has verified it.
            DomainState::Pending if is_published => {
                ("domain-state-in-use", "bad", Some("domain-in-use"))
            }
            DomainState::Pending => ("domain-state-pending", "warn", None),
            DomainState::Verified => ("domain-state-verified", "good", None),
            DomainState::Missing => ("domain-state-missing", "warn", Some("domain-missing")),
            DomainState::Lost => ("domain-state-lost", "bad", Some("domain-lost")),
        };
        let since = view.missing_since.clone().unwrap_or_default();
        Self {
            state: text.get(state),
            badge,
            notice: notice.map(|key| text.local_time(&since).in_message(key, &[])),
            dns_result: dns_result(text, &view),
            demo_dns: demo_dns(context, &view).filter(|_| !is_published),
            records,
            error: None,
            view,
        }
    }

    pub(super) fn is_verified(&self) -> bool {
        self.view.state == DomainState::Verified
    }

    /// Whether the last DNS query found the expected record.
    pub(super) fn is_published(&self) -> bool {
        self.records.iter().any(|record| record.is_expected)
    }

    /// Whether the domain was never verified, so that removing it affects no member.
    pub(super) fn is_pending(&self) -> bool {
        self.view.state == DomainState::Pending
    }
}

/// In the demo, the address at which the record can be published, with a link back.
fn demo_dns(context: ListContext<'_>, view: &DomainView) -> Option<String> {
    let page = context.demo_dns_page?;
    let record = view.record.as_ref()?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("name", &record.name)
        .append_pair("value", &record.value)
        .append_pair("back", context.path);
    Some(format!("{page}?{}", query.finish()))
}

/// The result of the last DNS query; `None` before the first one.
fn dns_result(text: Localizer, view: &DomainView) -> Option<String> {
    let answer = view.answer.as_ref()?;
    Some(match (&answer.failure, answer.records.len()) {
        (Some(failure), _) => text.format(
            "domain-result-failure",
            &[("failure", failure.as_str().into())],
        ),
        (None, 0) => text.get("domain-result-none"),
        (None, count) => text.format("domain-result-records", &[("count", count.into())]),
    })
}

fn txt_records(view: &DomainView) -> Vec<TxtRecord> {
    let Some(answer) = &view.answer else {
        return Vec::new();
    };
    let is_expected = |value: &str| {
        view.record
            .as_ref()
            .is_some_and(|record| domain::record_matches(value, &record.value))
    };
    answer
        .records
        .iter()
        .map(|value| TxtRecord {
            is_expected: is_expected(value),
            value: value.clone(),
        })
        .collect()
}
