//! Who is signed in to the console. Each type here is a proof: only this file makes one.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::Place;
use service::console_session::IDLE_TIMEOUT;
use service::member::ADMIN;
use service::{Actor, organization};
use store::{ConsoleSession, Membership, Organization, Person, StoreError};
use web::{Cookie, RequestLanguage};

use super::form;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// A session's use is noted when the last note is older than this, so that not every page costs a write.
const LAST_SEEN_RESOLUTION: SignedDuration = SignedDuration::from_secs(300);

/// Somebody who is signed in to the console.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The person.
    pub person: Person,
    /// Their session.
    pub session: ConsoleSession,
    /// Whether they run the deployment, and came in by a way of their own.
    pub is_operator: bool,
    /// Where they are a member, as far as their session reaches.
    pub memberships: Vec<Membership>,
    /// Where they would be let in, had they come through the organization's identity provider.
    barred: Vec<Membership>,
    /// The words of their language.
    pub text: Localizer,
    /// The token for the forms of their pages.
    pub csrf: String,
}

/// An operator who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct OperatorVisit(Visitor);

/// An administrator of one organization, or an operator, who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct AdminVisit {
    visitor: Visitor,
    organization: Organization,
    /// The id of a connection, as the page's address has it: it may be none of the organization's.
    connection: Option<String>,
}

impl Visitor {
    /// Under which name the audit trail knows them.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Person(self.person.id.clone())
    }

    /// What to call them.
    pub(crate) fn name(&self) -> &str {
        let person = &self.person;
        person
            .name
            .as_deref()
            .or(person.email.as_deref())
            .unwrap_or(person.id.as_str())
    }

    /// The organizations that they administer.
    pub(crate) fn administered(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.iter().filter(|one| one.role == ADMIN)
    }

    /// Whether an organization that they administer wants them to come through its identity provider.
    pub(crate) fn is_barred(&self) -> bool {
        self.barred.iter().any(|one| one.role == ADMIN)
    }

    async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Self>, StoreError> {
        let Some(cookie) = Cookie::Console.read_hash(app, headers) else {
            return Ok(None);
        };
        let now = app.clock.now();
        let found = app
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let Some(session) = tx.console_session(&cookie, (now, IDLE_TIMEOUT)).await?
                    else {
                        return Ok(None);
                    };
                    let Some(person) = tx.person(&session.person).await? else {
                        return Ok(None);
                    };
                    let is_operator = tx.is_operator(&person.id).await?;
                    let memberships = tx.memberships_of(&person.id).await?;
                    Ok::<_, StoreError>(Some((session, person, is_operator, memberships)))
                })
            })
            .await?;
        let Some((session, person, is_operator, all)) = found else {
            return Ok(None);
        };
        note_use(app, &session, now).await?;
        let (memberships, barred): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| reaches(&session, one));
        Ok(Some(Self {
            // An organization's identity provider must not make anybody an operator (security: WEB-10).
            is_operator: is_operator && session.organization.is_none(),
            person,
            memberships,
            // A session that came through one organization's identity provider is none for the others.
            barred: match session.organization {
                None => barred,
                Some(_) => Vec::new(),
            },
            text: RequestLanguage::from_headers(headers).localizer(&[]),
            csrf: form::token_of(app, headers),
            session,
        }))
    }
}

/// Whether a session reaches an organization: one that came through an identity provider reaches that organization
/// alone, and one that wants everybody to come that way is reached by no other, but for those whom it exempts.
fn reaches(session: &ConsoleSession, membership: &Membership) -> bool {
    let is_free = session.organization.is_none() && membership.sso_enforced_since.is_none();
    is_free || reaches_where_required(session, membership)
}

fn reaches_where_required(session: &ConsoleSession, membership: &Membership) -> bool {
    match &session.organization {
        Some(only) => *only == membership.organization,
        None => membership.sso_exempt_since.is_some(),
    }
}

async fn note_use(app: &App, session: &ConsoleSession, now: Timestamp) -> Result<(), StoreError> {
    if session.last_seen_at + LAST_SEEN_RESOLUTION > now {
        return Ok(());
    }
    let id = session.id.clone();
    app.store
        .write(async move |tx| tx.touch_console_session(&id, now).await.map(drop))
        .await
}

impl OperatorVisit {
    /// The operator.
    pub(crate) fn visitor(&self) -> &Visitor {
        &self.0
    }
}

impl AdminVisit {
    /// Whoever is there.
    pub(crate) fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    /// The organization of the page.
    pub(crate) fn organization(&self) -> &Organization {
        &self.organization
    }

    /// The connection that the page's address names, which there need not be.
    pub(crate) fn connection(&self) -> Option<&str> {
        self.connection.as_deref()
    }

    /// Where the panel of a connection is, and above what can be done about it; without one, that of the organization.
    pub(crate) fn panel_of(&self, connection: Option<&str>) -> String {
        let panel = format!("/console/organizations/{}/sso", self.organization.slug);
        match connection {
            Some(id) => format!("{panel}/{id}"),
            None => panel,
        }
    }

    /// Whether the visit ends when the organization requires single sign-on of everybody.
    pub(crate) fn ends_once_required(&self) -> bool {
        let visitor = &self.visitor;
        let mut theirs = visitor.memberships.iter();
        let stays = theirs.any(|one| {
            one.organization == self.organization.id
                && reaches_where_required(&visitor.session, one)
        });
        !stays && !visitor.is_operator
    }

    /// Where a connection of this organization is found, by its id.
    pub(crate) fn place_of<'p>(&'p self, connection: &'p str) -> Place<'p> {
        Place::In(self.organization.id.as_str(), connection)
    }

    /// The frame of a page of this organization.
    pub(crate) fn frame<'p>(&'p self, app: &'p App, tab: &'static str) -> ConsoleFrame<'p> {
        ConsoleFrame::of_organization(app, &self.visitor, &self.organization, tab)
    }
}

/// Why somebody is not there.
#[derive(Debug)]
pub(crate) enum Absent {
    /// They are not signed in: they are asked to, and then come back.
    SignIn {
        /// The page that they wanted.
        next: String,
    },
    /// They are signed in, and the organization wants them to come through its identity provider.
    ComeThroughProvider {
        /// The page that they wanted.
        next: String,
    },
    /// They may not, or something is broken.
    Refused(Refusal),
}

impl<P: Into<Problem>> From<P> for Absent {
    fn from(problem: P) -> Self {
        Self::Refused(Refusal::from(problem))
    }
}

impl IntoResponse for Absent {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn { next } => to_sign_in(&next, ""),
            Self::ComeThroughProvider { next } => to_sign_in(&next, "&why=sso-required"),
            Self::Refused(refusal) => refusal.into_response(),
        }
    }
}

fn to_sign_in(next: &str, why: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("/console/sign-in?next={next}{why}")).into_response()
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Absent;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Absent> {
        match Self::find(app, &parts.headers).await? {
            Some(visitor) => Ok(visitor),
            None => Err(Absent::SignIn {
                next: parts.uri.path().to_owned(),
            }),
        }
    }
}

impl FromRequestParts<App> for OperatorVisit {
    type Rejection = Absent;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Absent> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        if visitor.is_operator {
            Ok(Self(visitor))
        } else {
            // Who is no operator need not learn what operators have.
            Err(Problem::not_found("page", parts.uri.path()).into())
        }
    }
}

impl FromRequestParts<App> for AdminVisit {
    type Rejection = Absent;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Absent> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let named = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let mut named = named.map(|Path(named)| named).unwrap_or_default();
        let connection = named.remove("connection");
        let named = named.remove("organization").unwrap_or_default();
        let unknown = || Absent::from(Problem::not_found("organization", &named));
        // A failure of ours is none of theirs: only what is not there is told as such.
        let found = match organization::find(app, &named).await {
            Err(problem) if problem.status.is_server_error() => return Err(problem.into()),
            found => found.map_err(|_| unknown())?,
        };
        let is_theirs = visitor
            .administered()
            .any(|one| one.organization == found.id);
        let is_barred = visitor
            .barred
            .iter()
            .any(|one| one.organization == found.id && one.role == ADMIN);
        if is_theirs || visitor.is_operator {
            Ok(Self {
                visitor,
                organization: found,
                connection,
            })
        } else if is_barred {
            Err(Absent::ComeThroughProvider {
                next: parts.uri.path().to_owned(),
            })
        } else {
            Err(unknown())
        }
    }
}
