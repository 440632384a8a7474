//! The sixth step: proving a domain, so that its e-mail addresses are believed.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::domain;
use service::domain::NewDomain;
use store::{DomainState, DomainVerificationMethod};
use web::page;

use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use crate::domains;
use crate::domains::{DomainForms, DomainList, ListContext};
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// The domains of the organization.
#[derive(Debug, Template)]
#[template(path = "setup/proof.html")]
struct ProofPage<'p> {
    frame: ConsoleFrame<'p>,
    path: String,
    can_remove: bool,
    list: DomainList<'p>,
    walk: Walk,
}

/// `GET …/setup/domain`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::Domain)?;
    answer(&app, &visitor, &DomainForms::default()).await
}

/// `POST …/setup/domain`
pub(super) async fn add(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Domain)?;
    let typed = form.text("domain");
    let new = NewDomain {
        domain: typed.to_owned(),
        verification: Some(DomainVerificationMethod::Dns),
    };
    let organization = visitor.organization().id.as_str();
    match domain::add(&app, &visitor.actor(), organization, new).await {
        Ok(_) => Ok(back(&visitor)),
        Err(problem) => {
            let forms = DomainForms::add_rejected(typed, problem)?;
            answer(&app, &visitor, &forms).await
        }
    }
}

/// `POST …/setup/domain/{domain}/check`
pub(super) async fn check(
    State(app): State<App>,
    visitor: SetupVisitor,
    Path(named): Path<HashMap<String, String>>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Domain)?;
    let name = named.get("domain").map_or("", String::as_str);
    let organization = visitor.organization();
    match domains::check_domain(&app, &visitor.actor(), organization, name).await {
        Ok(_) => Ok(back(&visitor)),
        Err(problem) => {
            let forms = DomainForms::check_failed(name, problem)?;
            answer(&app, &visitor, &forms).await
        }
    }
}

/// `POST …/setup/domain/{domain}/remove`
///
/// Takes back what was added by mistake. A domain that has ever counted is removed on the page of the domains alone.
pub(super) async fn remove(
    State(app): State<App>,
    visitor: SetupVisitor,
    Path(named): Path<HashMap<String, String>>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Domain)?;
    let name = named.get("domain").map_or("", String::as_str);
    let organization = visitor.organization().id.as_str();
    let listed = domain::list(&app, organization).await?.items;
    let is_claim =
        |one: &domain::DomainView| one.domain == name && one.state == DomainState::Pending;
    if !listed.iter().any(is_claim) {
        return Err(Problem::not_found("domain", name).into());
    }
    domain::remove(&app, &visitor.actor(), organization, name).await?;
    Ok(back(&visitor))
}

fn back(visitor: &SetupVisitor) -> Response {
    Redirect::to(&format!("{}/domain", visitor.base())).into_response()
}

async fn answer(
    app: &App,
    visitor: &SetupVisitor,
    forms: &DomainForms<'_>,
) -> Result<Response, PageError> {
    let walk = Walk::read(app, visitor, Step::Domain).await?;
    let path = format!("{}/domain", walk.base);
    let context = ListContext {
        text: visitor.text,
        path: &path,
        demo_dns_page: app.dns.records_page(),
    };
    let list = DomainList::new(context, walk.domains.clone(), forms);
    let status = list.status;
    let page = ProofPage {
        frame: visitor.frame(app),
        list,
        path,
        can_remove: false,
        walk,
    };
    Ok(page::answer(status, &page))
}
