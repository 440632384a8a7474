//! The user of guided setup: an administrator, or the recipient of a setup link.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use guide::SpValues;
use i18n::Localizer;
use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::connection::{ConnectionRef, WorkingCopy};
use service::setup_link::SetupLinkTarget;
use service::{Actor, connection, setup_link};
use store::{Connection, Organization, SetupLinkPurpose, StoreError};
use web::{Cookie, RequestLanguage};

use super::link_expired;
use super::step::Step;
use crate::csrf;
use crate::current_user::{CurrentUser, RequireOrgAdmin};
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// A user who sets up one connection. Only the extractor creates it, so a handler that takes it is authorized.
#[derive(Clone, Debug)]
pub(super) struct SetupUser {
    access: Access,
    /// The organization and the connection, with the settings of its draft.
    pub working: WorkingCopy,
    pub text: Localizer,
    pub csrf: String,
}

#[derive(Clone, Debug)]
enum Access {
    Admin(Box<CurrentUser>),
    SetupLink(Box<SetupLinkTarget>),
}

impl SetupUser {
    /// The actor in the audit log.
    pub(super) fn actor(&self) -> Actor {
        match &self.access {
            Access::Admin(admin) => admin.actor(),
            Access::SetupLink(target) => target.actor(),
        }
    }

    pub(super) fn connection_ref(&self) -> ConnectionRef<'_> {
        ConnectionRef::InOrganization(
            self.organization().id.as_str(),
            self.connection().id.as_str(),
        )
    }

    pub(super) fn organization(&self) -> &Organization {
        &self.working.organization
    }

    /// The connection, with the settings of its draft when there is one.
    pub(super) fn connection(&self) -> &Connection {
        &self.working.connection
    }

    /// The start of the URL of every step.
    pub(super) fn base(&self) -> String {
        match &self.access {
            Access::Admin(_) => format!("{}/setup", self.panel()),
            Access::SetupLink(_) => "/setup".to_owned(),
        }
    }

    /// The path of the connection's panel, which only administrators can open.
    fn panel(&self) -> String {
        format!(
            "/console/organizations/{}/sso/{}",
            self.organization().slug,
            self.connection().id
        )
    }

    /// The path of the advanced settings.
    pub(super) fn advanced(&self) -> String {
        match &self.access {
            Access::Admin(_) => format!("{}/advanced", self.panel()),
            Access::SetupLink(_) => "/setup/advanced".to_owned(),
        }
    }

    /// The path of the page to which the advanced settings lead back.
    pub(super) fn before_advanced(&self) -> String {
        match &self.access {
            Access::Admin(_) => self.panel(),
            Access::SetupLink(_) => "/setup/attributes".to_owned(),
        }
    }

    /// The steps that the user can open. A setup link may allow only one of them.
    pub(super) fn steps(&self) -> &'static [Step] {
        match &self.access {
            Access::Admin(_) => &Step::ALL,
            Access::SetupLink(target) => match target.link.purpose {
                SetupLinkPurpose::Connection => &Step::ALL,
                SetupLinkPurpose::Test => &[Step::Test],
                SetupLinkPurpose::Domain => &[Step::Domain],
            },
        }
    }

    /// The values that the guide shows for the connection.
    pub(super) async fn sp_values(&self, app: &App) -> Result<SpValues, StoreError> {
        SpValues::load(app, self.connection()).await
    }

    pub(super) fn uses_setup_link(&self) -> bool {
        matches!(self.access, Access::SetupLink(_))
    }

    /// Whether the user may see the result of a test. Results contain personal data, so a setup link shows only the tests that
    /// were started with it.
    pub(super) fn may_see_test_of(&self, tester: Option<&str>) -> bool {
        !self.uses_setup_link() || tester == Some(self.actor().to_string().as_str())
    }

    /// Whether the connection was activated after the setup link was created. Then the link allows no more changes.
    pub(super) fn is_setup_complete(&self) -> bool {
        match &self.access {
            Access::Admin(_) => false,
            Access::SetupLink(target) => {
                let activated = target.connection.lifecycle.activated_at;
                target.link.purpose == SetupLinkPurpose::Connection
                    && activated.is_some_and(|at| at >= target.link.created_at)
            }
        }
    }

    /// The setup link that the user has opened.
    pub(super) fn setup_link(&self) -> Option<&SetupLinkTarget> {
        match &self.access {
            Access::Admin(_) => None,
            Access::SetupLink(target) => Some(target),
        }
    }

    /// Whether the current settings have passed a test: for the recipient of a setup link, one of their own.
    pub(super) fn has_tested(&self) -> bool {
        match &self.access {
            Access::Admin(_) => self.connection().lifecycle.tested_at.is_some(),
            Access::SetupLink(target) => target.has_tested(self.connection()),
        }
    }

    /// When the activation was requested that waits for a confirmation. Until then, a setup link allows no changes.
    pub(super) fn activation_requested_at(&self) -> Option<Timestamp> {
        let target = self.setup_link()?;
        let request = target.connection.activation_request.as_ref()?;
        (target.link.purpose == SetupLinkPurpose::Connection).then_some(request.at)
    }

    /// Checks that the user may confirm an activation, or activate the connection, as an administrator.
    pub(super) fn check_can_confirm(&self) -> Result<(), Problem> {
        match &self.access {
            Access::Admin(admin) => admin.check_can_confirm(self.connection().id.as_str()),
            Access::SetupLink(_) => Err(Problem::new(ProblemCode::NotAllowedWithSetupLink)),
        }
    }

    /// Checks that the user may change something in a step.
    pub(super) fn check_can_change(&self, step: Step) -> Result<(), PageError> {
        self.check_can_open(step)?;
        if self.is_setup_complete() {
            return Err(Problem::new(ProblemCode::SetupComplete).into());
        }
        if self.activation_requested_at().is_some() {
            return Err(Problem::new(ProblemCode::ActivationRequested).into());
        }
        Ok(())
    }

    /// The frame of a page. With a setup link, it has no navigation.
    pub(super) fn frame<'p>(&'p self, app: &'p App) -> ConsoleFrame<'p> {
        match &self.access {
            Access::Admin(admin) => admin.organization_frame(app, self.organization(), "sso"),
            Access::SetupLink(_) => ConsoleFrame::plain(app, self.text, self.csrf.clone()),
        }
    }

    /// Checks that the user may open a step.
    pub(super) fn check_can_open(&self, step: Step) -> Result<(), PageError> {
        if self.steps().contains(&step) {
            Ok(())
        } else {
            Err(Problem::not_found("page", step.path()).into())
        }
    }

    async fn for_admin(app: &App, admin: RequireOrgAdmin, id: &str) -> Result<Self, Problem> {
        let place = admin.connection_ref(id);
        let current = admin.user().clone();
        Ok(Self {
            working: connection::load_working_copy(app, place).await?,
            text: current.text,
            csrf: current.csrf.clone(),
            access: Access::Admin(Box::new(current)),
        })
    }
}

impl FromRequestParts<App> for SetupUser {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let error_response = |problem: Problem| PageError::from(problem).into_response();
        let params = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let id = params
            .ok()
            .and_then(|Path(mut params)| params.remove("connection"));
        if let Some(id) = id {
            let admin = RequireOrgAdmin::from_request_parts(parts, app)
                .await
                .map_err(IntoResponse::into_response)?;
            return Self::for_admin(app, admin, &id)
                .await
                .map_err(error_response);
        }
        let target = match Cookie::Setup.read_hash(app, &parts.headers) {
            Some(cookie) => setup_link::find_by_session(app, cookie)
                .await
                .map_err(error_response)?,
            None => None,
        };
        let Some(target) = target else {
            return Err(link_expired::page(
                app,
                &parts.headers,
                link_expired::UnusableLink::NotRedeemed,
            ));
        };
        Ok(Self {
            working: connection::load_working_copy(app, target.connection_ref())
                .await
                .map_err(error_response)?,
            text: RequestLanguage::from_headers(&parts.headers).localizer(&[]),
            csrf: csrf::token_for_request(app, &parts.headers),
            access: Access::SetupLink(Box::new(target)),
        })
    }
}
