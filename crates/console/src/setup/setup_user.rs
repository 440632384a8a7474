//! Who sets up a connection: an administrator, or whoever has opened a setup link. Only this file makes one.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::connection::{ConnectionRef, WorkingCopy};
use service::setup_link::SetupLinkTarget;
use service::{Actor, connection, setup_link};
use store::{Connection, Organization, SetupLinkPurpose};
use web::{Cookie, RequestLanguage};

use super::link_expired;
use super::step::Step;
use crate::csrf;
use crate::current_user::{CurrentUser, RequireOrgAdmin};
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// Somebody who sets up one connection, and no other.
#[derive(Clone, Debug)]
pub(super) struct SetupVisitor {
    who: Who,
    /// The connection as it is being worked on, with its organization.
    pub working: WorkingCopy,
    /// The words of their language.
    pub text: Localizer,
    /// The token for the forms of their pages.
    pub csrf: String,
}

#[derive(Clone, Debug)]
enum Who {
    Admin(Box<CurrentUser>),
    Guest(Box<SetupLinkTarget>),
}

impl SetupVisitor {
    /// Under which name the audit trail knows them.
    pub(super) fn actor(&self) -> Actor {
        match &self.who {
            Who::Admin(visitor) => visitor.actor(),
            Who::Guest(guided) => guided.actor(),
        }
    }

    /// Where operations find the connection.
    pub(super) fn place(&self) -> ConnectionRef<'_> {
        ConnectionRef::InOrganization(
            self.organization().id.as_str(),
            self.connection().id.as_str(),
        )
    }

    /// The organization.
    pub(super) fn organization(&self) -> &Organization {
        &self.working.organization
    }

    /// The connection, with the settings of its draft when there is one.
    pub(super) fn connection(&self) -> &Connection {
        &self.working.connection
    }

    /// What every address of their pages begins with.
    pub(super) fn base(&self) -> String {
        match &self.who {
            Who::Admin(_) => format!(
                "/console/organizations/{}/sso/{}/setup",
                self.organization().slug,
                self.connection().id
            ),
            Who::Guest(_) => "/setup".to_owned(),
        }
    }

    /// The steps that are theirs: a link for one purpose leads to that alone.
    pub(super) fn steps(&self) -> &'static [Step] {
        match &self.who {
            Who::Admin(_) => &Step::ALL,
            Who::Guest(guided) => match guided.link.purpose {
                SetupLinkPurpose::Connection => &Step::ALL,
                SetupLinkPurpose::Test => &[Step::Test],
                SetupLinkPurpose::Domain => &[Step::Domain],
            },
        }
    }

    /// Whether they came by a link.
    pub(super) fn is_guest(&self) -> bool {
        matches!(self.who, Who::Guest(_))
    }

    /// Whether they may see what a test has shown that somebody made: it tells of a person, so whoever came by a link sees
    /// the tests that were begun by that very link.
    pub(super) fn may_see_test_of(&self, tester: Option<&str>) -> bool {
        !self.is_guest() || tester == Some(self.actor().to_string().as_str())
    }

    /// Whether the link has done its work: the connection was activated after it was made.
    pub(super) fn is_finished(&self) -> bool {
        match &self.who {
            Who::Admin(_) => false,
            Who::Guest(guided) => {
                let activated = guided.connection.lifecycle.activated_at;
                guided.link.purpose == SetupLinkPurpose::Connection
                    && activated.is_some_and(|at| at >= guided.link.created_at)
            }
        }
    }

    /// Refuses to change anything in a step that is not theirs, or when the link has done its work.
    ///
    /// # Errors
    ///
    /// When it is so.
    pub(super) fn check_open(&self, step: Step) -> Result<(), PageError> {
        self.check(step)?;
        if self.is_finished() {
            return Err(Problem::new(ProblemCode::SetupComplete).into());
        }
        Ok(())
    }

    /// The frame of a page. Whoever came by a link sees nothing of the console.
    pub(super) fn frame<'p>(&'p self, app: &'p App) -> ConsoleFrame<'p> {
        match &self.who {
            Who::Admin(visitor) => visitor.organization_frame(app, self.organization(), "sso"),
            Who::Guest(_) => ConsoleFrame::plain(app, self.text, self.csrf.clone()),
        }
    }

    /// Refuses a step that is not theirs.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub(super) fn check(&self, step: Step) -> Result<(), PageError> {
        if self.steps().contains(&step) {
            Ok(())
        } else {
            Err(Problem::not_found("page", step.path()).into())
        }
    }

    async fn admin(app: &App, visit: RequireOrgAdmin, named: &str) -> Result<Self, Problem> {
        let place = visit.connection_ref(named);
        let visitor = visit.user().clone();
        Ok(Self {
            working: connection::load_working_copy(app, place).await?,
            text: visitor.text,
            csrf: visitor.csrf.clone(),
            who: Who::Admin(Box::new(visitor)),
        })
    }
}

impl FromRequestParts<App> for SetupVisitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refused = |problem: Problem| PageError::from(problem).into_response();
        let named = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let named = named
            .ok()
            .and_then(|Path(mut named)| named.remove("connection"));
        if let Some(named) = named {
            let visit = RequireOrgAdmin::from_request_parts(parts, app)
                .await
                .map_err(IntoResponse::into_response)?;
            return Self::admin(app, visit, &named).await.map_err(refused);
        }
        let guided = match Cookie::Setup.read_hash(app, &parts.headers) {
            Some(cookie) => setup_link::find_by_session(app, cookie)
                .await
                .map_err(refused)?,
            None => None,
        };
        let Some(guided) = guided else {
            return Err(link_expired::page(
                app,
                &parts.headers,
                link_expired::Why::Closed,
            ));
        };
        Ok(Self {
            working: connection::load_working_copy(app, guided.connection_ref())
                .await
                .map_err(refused)?,
            text: RequestLanguage::from_headers(&parts.headers).localizer(&[]),
            csrf: csrf::token_for_request(app, &parts.headers),
            who: Who::Guest(Box::new(guided)),
        })
    }
}
