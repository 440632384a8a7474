//! The extractors that authenticate and authorize a request to the console. Only this file can construct
//! their types.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::connection::ConnectionRef;
use service::console_session::IDLE_TIMEOUT;
use service::member::MemberRef;
use service::role::ADMIN;
use service::{Actor, organization};
use store::{ConsoleSession, Membership, Organization, Person, StoreError};
use web::{Cookie, RequestLanguage};

use super::csrf;
use super::frame::ConsoleFrame;
use super::page_error::PageError;

/// The precision of the recorded last use of a session. A lower precision saves writes.
const LAST_SEEN_RESOLUTION: SignedDuration = SignedDuration::from_secs(300);

/// A person who is signed in to the console.
#[derive(Clone, Debug)]
pub(crate) struct CurrentUser {
    pub person: Person,
    pub session: ConsoleSession,
    /// Whether the person is an operator who did not sign in through an organization's identity provider.
    pub is_operator: bool,
    /// The memberships that the session can use.
    pub memberships: Vec<Membership>,
    /// The memberships that require a session from the organization's identity provider.
    sso_required: Vec<Membership>,
    pub text: Localizer,
    /// The token for the forms of the person's pages.
    pub csrf: String,
}

/// Requires an operator.
#[derive(Clone, Debug)]
pub(crate) struct RequireOperator(CurrentUser);

/// Requires an administrator of the organization in the page's address, or an operator.
#[derive(Clone, Debug)]
pub(crate) struct RequireOrgAdmin {
    user: CurrentUser,
    organization: Organization,
    /// The connection in the page's address. It is not checked that the organization has it.
    connection: Option<String>,
}

impl CurrentUser {
    /// The person as the audit log names them.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Person(self.person.id.clone())
    }

    /// The person's name, else their email address, else their ID.
    pub(crate) fn name(&self) -> &str {
        let person = &self.person;
        person
            .name
            .as_deref()
            .or(person.email.as_deref())
            .unwrap_or(person.id.as_str())
    }

    /// The organizations that the person administers.
    pub(crate) fn administered(&self) -> impl Iterator<Item = &Membership> {
        self.memberships
            .iter()
            .filter(|membership| membership.role == ADMIN)
    }

    /// Whether the person administers an organization that requires a session from its identity provider.
    pub(crate) fn must_use_sso(&self) -> bool {
        self.sso_required
            .iter()
            .any(|membership| membership.role == ADMIN)
    }

    /// Checks that the session did not come through this connection: an identity provider must not confirm itself.
    pub(crate) fn check_can_confirm(&self, connection: &str) -> Result<(), Problem> {
        let own = self.session.connection.as_ref();
        if own.is_some_and(|own| own.as_str() == connection) {
            return Err(Problem::new(ProblemCode::OwnConnection));
        }
        Ok(())
    }

    /// The frame of a page that belongs to no organization.
    pub(crate) fn frame<'p>(&'p self, app: &'p App, tab: &'static str) -> ConsoleFrame<'p> {
        ConsoleFrame {
            user_name: Some(self.name()),
            is_operator: self.is_operator,
            memberships: self.administered().collect(),
            tab,
            ..ConsoleFrame::plain(app, self.text, self.csrf.clone())
        }
    }

    /// The frame of an organization's page.
    pub(crate) fn organization_frame<'p>(
        &'p self,
        app: &'p App,
        organization: &'p Organization,
        tab: &'static str,
    ) -> ConsoleFrame<'p> {
        ConsoleFrame {
            organization: Some(organization),
            ..self.frame(app, tab)
        }
    }

    async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Self>, StoreError> {
        let Some(cookie) = Cookie::Console.read_hash(app, headers) else {
            return Ok(None);
        };
        let now = app.clock.now();
        let mut tx = app.store.snapshot().await?;
        let Some(session) = tx.console_session(&cookie, now, IDLE_TIMEOUT).await? else {
            return Ok(None);
        };
        let Some(person) = tx.person(&session.person).await? else {
            return Ok(None);
        };
        let is_operator = tx.is_operator(&person.id).await?;
        let memberships = tx.memberships_of(&person.id).await?;
        drop(tx);
        record_use(app, &session, now).await?;
        let (reached, unreached): (Vec<_>, Vec<_>) = memberships
            .into_iter()
            .partition(|membership| can_use(&session, membership));
        Ok(Some(Self {
            // An organization's identity provider must not make anyone an operator (security: WEB-10).
            is_operator: is_operator && session.organization.is_none(),
            person,
            memberships: reached,
            // A session from an organization's identity provider is limited to that organization.
            sso_required: match session.organization {
                None => unreached,
                Some(_) => Vec::new(),
            },
            text: RequestLanguage::from_headers(headers).localizer(&[]),
            csrf: csrf::token_for_request(app, headers),
            session,
        }))
    }
}

/// Whether a session can use a membership.
///
/// A session from an organization's identity provider can use the membership in that organization only. If an
/// organization enforces SSO, only these sessions and those of exempt members can use memberships in it.
fn can_use(session: &ConsoleSession, membership: &Membership) -> bool {
    let is_unrestricted = session.organization.is_none() && membership.sso_enforced_since.is_none();
    is_unrestricted || can_use_when_enforced(session, membership)
}

fn can_use_when_enforced(session: &ConsoleSession, membership: &Membership) -> bool {
    match &session.organization {
        Some(organization) => *organization == membership.organization,
        None => membership.sso_exempt_since.is_some(),
    }
}

async fn record_use(app: &App, session: &ConsoleSession, now: Timestamp) -> Result<(), StoreError> {
    if session.last_seen_at + LAST_SEEN_RESOLUTION > now {
        return Ok(());
    }
    let id = session.id.clone();
    app.store
        .write(async move |tx| tx.touch_console_session(&id, now).await.map(drop))
        .await
}

impl RequireOperator {
    pub(crate) fn person_id(&self) -> &str {
        self.0.person.id.as_str()
    }

    pub(crate) fn actor(&self) -> Actor {
        self.0.actor()
    }

    /// The frame of one of the operators' pages.
    pub(crate) fn frame<'p>(&'p self, app: &'p App, tab: &'static str) -> ConsoleFrame<'p> {
        self.0.frame(app, tab)
    }
}

impl RequireOrgAdmin {
    pub(crate) fn user(&self) -> &CurrentUser {
        &self.user
    }

    pub(crate) fn actor(&self) -> Actor {
        self.user.actor()
    }

    pub(crate) fn text(&self) -> Localizer {
        self.user.text
    }

    pub(crate) fn organization(&self) -> &Organization {
        &self.organization
    }

    pub(crate) fn organization_id(&self) -> &str {
        self.organization.id.as_str()
    }

    /// The user's own memberships of the organization. An operator needs none.
    pub(crate) fn own_memberships(&self) -> impl Iterator<Item = &Membership> {
        let memberships = self.user.memberships.iter();
        memberships.filter(|membership| membership.organization == self.organization.id)
    }

    /// The ID of the connection in the page's address. The organization may have no such connection.
    pub(crate) fn connection(&self) -> Option<&str> {
        self.connection.as_deref()
    }

    /// The path of a page of the organization.
    pub(crate) fn path(&self, page: &str) -> String {
        format!("/console/organizations/{}/{page}", self.organization.slug)
    }

    /// The path of a connection's panel, or without one that of the organization.
    pub(crate) fn panel_path(&self, connection: Option<&str>) -> String {
        match connection {
            Some(id) => self.path(&format!("sso/{id}")),
            None => self.path("sso"),
        }
    }

    /// Whether this session loses access to the organization when it enforces SSO.
    pub(crate) fn loses_access_when_enforced(&self) -> bool {
        let keeps_access = self
            .own_memberships()
            .any(|membership| can_use_when_enforced(&self.user.session, membership));
        !keeps_access && !self.user.is_operator
    }

    /// A connection of the organization by its ID.
    pub(crate) fn connection_ref<'p>(&'p self, connection: &'p str) -> ConnectionRef<'p> {
        ConnectionRef::InOrganization(self.organization_id(), connection)
    }

    /// A member of the organization by their ID.
    pub(crate) fn member_ref<'p>(&'p self, member: &'p str) -> MemberRef<'p> {
        MemberRef::new(self.organization_id(), member)
    }

    /// The frame of one of the organization's pages.
    pub(crate) fn frame<'p>(&'p self, app: &'p App, tab: &'static str) -> ConsoleFrame<'p> {
        self.user.organization_frame(app, &self.organization, tab)
    }
}

/// Why a page is not available to the sender of a request.
#[derive(Debug)]
pub(crate) enum AuthRejection {
    /// The person has to sign in first, and comes back afterwards.
    LoginRequired {
        /// The path of the page.
        next: String,
    },
    /// The organization requires a session from its identity provider.
    SsoRequired {
        /// The path of the page.
        next: String,
    },
    /// The person lacks the role, or the request failed.
    Error(PageError),
}

impl<P: Into<Problem>> From<P> for AuthRejection {
    fn from(problem: P) -> Self {
        Self::Error(PageError::from(problem))
    }
}

impl IntoResponse for AuthRejection {
    fn into_response(self) -> Response {
        match self {
            Self::LoginRequired { next } => redirect_to_sign_in(&next, ""),
            Self::SsoRequired { next } => redirect_to_sign_in(&next, "&reason=sso-enforced"),
            Self::Error(error) => error.into_response(),
        }
    }
}

fn redirect_to_sign_in(next: &str, reason: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("/console/sign-in?next={next}{reason}")).into_response()
}

impl FromRequestParts<App> for CurrentUser {
    type Rejection = AuthRejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AuthRejection> {
        match Self::find(app, &parts.headers).await? {
            Some(user) => Ok(user),
            None => Err(AuthRejection::LoginRequired {
                next: parts.uri.path().to_owned(),
            }),
        }
    }
}

impl FromRequestParts<App> for RequireOperator {
    type Rejection = AuthRejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AuthRejection> {
        let user = CurrentUser::from_request_parts(parts, app).await?;
        if user.is_operator {
            Ok(Self(user))
        } else {
            // Others do not learn which pages operators have.
            Err(Problem::not_found("page", parts.uri.path()).into())
        }
    }
}

impl FromRequestParts<App> for RequireOrgAdmin {
    type Rejection = AuthRejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AuthRejection> {
        let user = CurrentUser::from_request_parts(parts, app).await?;
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let mut path = path.map(|Path(path)| path).unwrap_or_default();
        let connection = path.remove("connection");
        let slug = path.remove("organization").unwrap_or_default();
        let unknown = || AuthRejection::from(Problem::not_found("organization", &slug));
        let organization = match organization::find(app, &slug).await {
            Err(problem) if problem.status.is_server_error() => return Err(problem.into()),
            found => found.map_err(|_| unknown())?,
        };
        let is_admin_in = |memberships: &[Membership]| {
            memberships.iter().any(|membership| {
                membership.organization == organization.id && membership.role == ADMIN
            })
        };
        if is_admin_in(&user.memberships) || user.is_operator {
            Ok(Self {
                user,
                organization,
                connection,
            })
        } else if is_admin_in(&user.sso_required) {
            Err(AuthRejection::SsoRequired {
                next: parts.uri.path().to_owned(),
            })
        } else {
            Err(unknown())
        }
    }
}
