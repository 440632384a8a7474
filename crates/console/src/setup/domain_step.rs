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
use crate::domains::{Failed, Frame, Row};
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guard::Refusal;

/// The domains of the organization.
#[derive(Debug, Template)]
#[template(path = "setup/proof.html")]
struct ProofPage<'p> {
    frame: ConsoleFrame<'p>,
    domains: Vec<Row>,
    place: String,
    can_remove: bool,
    typed: &'p str,
    fault: Option<String>,
    walk: Walk,
}

/// `GET …/setup/domain`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, Refusal> {
    visitor.check(Step::Domain)?;
    answer(&app, &visitor, &Failed::Nothing).await
}

/// `POST …/setup/domain`
pub(super) async fn add(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    visitor.check_open(Step::Domain)?;
    let typed = form.text("domain");
    let new = NewDomain {
        domain: typed.to_owned(),
        proof: Some(DomainVerificationMethod::Dns),
    };
    let organization = visitor.organization().id.as_str();
    match domain::add(&app, &visitor.actor(), organization, new).await {
        Ok(_) => Ok(back(&visitor)),
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => answer(&app, &visitor, &Failed::Adding(typed, problem)).await,
    }
}

/// `POST …/setup/domain/{domain}/check`
pub(super) async fn check(
    State(app): State<App>,
    visitor: SetupVisitor,
    Path(named): Path<HashMap<String, String>>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    visitor.check_open(Step::Domain)?;
    let name = named.get("domain").map_or("", String::as_str);
    let organization = visitor.organization();
    match domains::look_up(&app, (&visitor.actor(), organization), name).await {
        Ok(_) => Ok(back(&visitor)),
        Err(problem) if domains::is_about_the_domain(&problem) => {
            answer(&app, &visitor, &Failed::Checking(name, problem)).await
        }
        Err(problem) => Err(problem.into()),
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
) -> Result<Response, Refusal> {
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
    failed: &Failed<'_>,
) -> Result<Response, Refusal> {
    let walk = Walk::read(app, visitor, Step::Domain).await?;
    let place = format!("{}/domain", walk.base);
    let frame = Frame {
        text: visitor.text,
        place: &place,
        records_page: app.dns.records_page(),
    };
    let told = domains::told(frame, walk.domains.clone(), failed);
    let page = ProofPage {
        frame: visitor.frame(app),
        domains: told.rows,
        place,
        can_remove: false,
        typed: told.typed,
        fault: told.fault,
        walk,
    };
    Ok(page::answer(told.status, &page))
}
