//! The sixth step: verifies a domain, so that the server trusts email addresses in it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::domain::{self, DomainView, NewDomain};
use store::{DomainState, DomainVerificationMethod};
use web::page;

use super::progress::SetupProgress;
use super::setup_user::SetupUser;
use super::step::Step;
use crate::domains::{self, DomainForms, DomainList, ListContext};
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/domain_step.html")]
struct DomainStepPage<'p> {
    frame: ConsoleFrame<'p>,
    path: String,
    can_remove: bool,
    list: DomainList<'p>,
    progress: SetupProgress,
}

/// `GET …/setup/domain`
pub(super) async fn show(State(app): State<App>, user: SetupUser) -> Result<Response, PageError> {
    user.check_can_open(Step::Domain)?;
    render(&app, &user, &DomainForms::default()).await
}

/// `POST …/setup/domain`
pub(super) async fn add(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Domain)?;
    let value = form.text("domain");
    let new = NewDomain {
        domain: value.to_owned(),
        verification: Some(DomainVerificationMethod::Dns),
        include_subdomains: None,
    };
    let organization = user.organization().id.as_str();
    let added = domain::add(&app, &user.actor(), organization, new).await;
    answer(&app, &user, added, |problem| {
        DomainForms::add_rejected(value, problem)
    })
    .await
}

/// `POST …/setup/domain/{domain}/check`
pub(super) async fn check(
    State(app): State<App>,
    user: SetupUser,
    Path(params): Path<HashMap<String, String>>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Domain)?;
    let name = params.get("domain").map_or("", String::as_str);
    let organization = user.organization();
    let checked = domains::check_domain(&app, &user.actor(), organization, name).await;
    answer(&app, &user, checked, |problem| {
        DomainForms::check_failed(name, problem)
    })
    .await
}

/// `POST …/setup/domain/{domain}/remove`
///
/// Removes a domain that was added by mistake. Only the page of the domains can remove one that was ever verified.
pub(super) async fn remove(
    State(app): State<App>,
    user: SetupUser,
    Path(params): Path<HashMap<String, String>>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Domain)?;
    let name = params.get("domain").map_or("", String::as_str);
    let organization = user.organization().id.as_str();
    let listed = domain::list(&app, organization).await?.items;
    let is_pending = |one: &DomainView| one.domain == name && one.state == DomainState::Pending;
    if !listed.iter().any(is_pending) {
        return Err(Problem::not_found("domain", name).into());
    }
    domain::remove(&app, &user.actor(), organization, name).await?;
    Ok(redirect_back(&user))
}

/// Redirects to the step, or shows it with the problem in one of its forms.
async fn answer<'f>(
    app: &App,
    user: &SetupUser,
    result: Result<DomainView, Problem>,
    forms_with: impl FnOnce(Problem) -> Result<DomainForms<'f>, PageError>,
) -> Result<Response, PageError> {
    match result {
        Ok(_) => Ok(redirect_back(user)),
        Err(problem) => render(app, user, &forms_with(problem)?).await,
    }
}

fn redirect_back(user: &SetupUser) -> Response {
    Redirect::to(&format!("{}/domain", user.base())).into_response()
}

async fn render(
    app: &App,
    user: &SetupUser,
    forms: &DomainForms<'_>,
) -> Result<Response, PageError> {
    let progress = SetupProgress::load(app, user, Step::Domain).await?;
    let path = format!("{}/domain", progress.base);
    let context = ListContext {
        text: user.text,
        path: &path,
        demo_dns_page: app.dns.records_page(),
    };
    let list = DomainList::new(context, progress.domains.clone(), forms);
    let status = list.status;
    let page = DomainStepPage {
        frame: user.frame(app),
        list,
        path,
        can_remove: false,
        progress,
    };
    Ok(page::answer(status, &page))
}
