//! Setup links: by which somebody without an account sets up one connection, and nothing else.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{Problem, ProblemCode};
use runtime::secret_token::SecretToken;
use runtime::{random, seal};
use serde::{Deserialize, Serialize};
use store::{
    Connection, Organization, SecretHash, SetupLink, SetupLinkId, SetupLinkPurpose, SetupSession,
};
use utoipa::ToSchema;

use super::audit_log::Deed;
use super::connection::Place;
use super::{Actor, Listing, Undone, connection, instant, schema};
use crate::{json, to_json};

/// What every token begins with, so that one that has leaked is known for what it is.
const PREFIX: &str = "vsl_";
/// How many hours a link is good for unless said otherwise.
const USUAL_HOURS: i64 = 7 * 24;
/// For so long a browser in which a link was opened need not open it again.
const VISIT: SignedDuration = SignedDuration::from_hours(24);

/// A setup link to create.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct NewSetupLink {
    #[schema(schema_with = schema::setup_purpose, required = false)]
    pub purpose: Option<SetupLinkPurpose>,
    /// The lifetime in hours. Default: 168 (one week).
    #[schema(minimum = 1, maximum = 720)]
    pub hours: Option<i64>,
    /// The email address of the recipient, for the list of links. No mail is sent.
    #[schema(max_length = 254, example = "it@acme.example")]
    pub email: Option<String>,
}

/// A link for a person without an account to set up one connection.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SetupLink)]
pub struct SetupLinkView {
    /// The setup link ID.
    pub id: String,
    /// The connection ID.
    pub connection: String,
    #[schema(schema_with = schema::setup_purpose)]
    pub purpose: SetupLinkPurpose,
    /// `waiting` until the link is opened, then `opened`, `expired` or `revoked`.
    #[schema(example = "waiting")]
    pub state: &'static str,
    /// The link, only in the response to the request that created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The email address of the recipient.
    pub email: Option<String>,
    /// Who created the link: `cli`, or the ID of an API key or a person.
    pub created_by: String,
    /// When the link was created.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When the link expires.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// When the link was first opened.
    #[schema(format = DateTime)]
    pub opened_at: Option<String>,
    /// When the link was revoked.
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
}

/// What a live setup link leads to.
#[derive(Clone, Debug)]
pub struct Guided {
    /// The link.
    pub link: SetupLink,
    /// The organization.
    pub organization: Organization,
    /// The connection.
    pub connection: Connection,
}

impl Guided {
    /// Under which name the audit trail knows whoever came by the link.
    pub fn actor(&self) -> Actor {
        Actor::SetupLink(self.link.id.clone())
    }

    /// Where operations find the connection.
    pub fn place(&self) -> Place<'_> {
        Place::In(self.organization.id.as_str(), self.connection.id.as_str())
    }
}

/// Makes a link; its address comes back once, and only its hash is kept.
///
/// # Errors
///
/// When there is no connection at that place, or something is not as it must be.
pub async fn create(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    new: NewSetupLink,
) -> Result<SetupLinkView, Problem> {
    let (organization, connection) = connection::find(app, place).await?;
    let now = app.clock.now();
    let email = new.email.as_deref();
    let email = email.map(|email| EmailAddress::parse_field("email", email));
    let email = email.transpose()?;
    json::validate(&new)?;
    let token = format!("{PREFIX}{}", SecretToken::generate().secret);
    let link = SetupLink {
        id: SetupLinkId::from_random(random::bytes()),
        organization: organization.id.clone(),
        connection: connection.id.clone(),
        purpose: new.purpose.unwrap_or(SetupLinkPurpose::Connection),
        token: seal::hash(&token),
        email: email.map(|email| email.to_string()),
        created_by: actor.to_string(),
        created_at: now,
        expires_at: now + SignedDuration::from_secs(new.hours.unwrap_or(USUAL_HOURS) * 3600),
        opened_at: None,
        revoked_at: None,
    };
    let shown = view(&link, now);
    let event = deed(actor, &link, "setup_link.create").event(app, None, Some(to_json(&shown)));
    app.store
        .write(async move |tx| {
            if !tx
                .organization(&organization.id)
                .add_setup_link(&link)
                .await?
            {
                return Err(Problem::not_found("connection", connection.id.as_str()).into());
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(SetupLinkView {
        url: Some(format!("{}/setup/{token}", app.config.public_url)),
        ..shown
    })
}

/// The links to a connection, newest first.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn list(app: &App, place: Place<'_>) -> Result<Listing<SetupLinkView>, Problem> {
    let (organization, connection) = connection::find(app, place).await?;
    let links = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .setup_links(&connection.id)
        .await?;
    let now = app.clock.now();
    Ok(Listing::whole(
        links.iter().map(|link| view(link, now)).collect(),
    ))
}

/// Withdraws a link: whoever is there by it is there no more.
///
/// # Errors
///
/// When there is no connection at that place, or no such link to it.
pub async fn revoke(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    id: &str,
) -> Result<SetupLinkView, Problem> {
    let (organization, connection) = connection::find(app, place).await?;
    let unknown = || Problem::not_found("setup link", id);
    let link = SetupLinkId::parse(id).map_err(|_| unknown())?;
    let tenant = organization.id.clone();
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&tenant)
        .setup_link(&link)
        .await?;
    let found = found.filter(|link| link.connection == connection.id);
    let mut link = found.ok_or_else(unknown)?;
    let now = app.clock.now();
    link.revoked_at = Some(link.revoked_at.unwrap_or(now));
    let shown = view(&link, now);
    let event = deed(actor, &link, "setup_link.revoke").event(app, None, Some(to_json(&shown)));
    app.store
        .write(async move |tx| {
            tx.organization(&link.organization)
                .revoke_setup_link(&link.id, now)
                .await?;
            tx.add_audit_entry(&event).await
        })
        .await?;
    Ok(shown)
}

/// What a token leads to. Nothing changes by it: programs that look into mail follow links too.
///
/// # Errors
///
/// When there is no such link, or it is over.
pub async fn look(app: &App, token: &str) -> Result<Guided, Problem> {
    let link = by_token(app, token).await?;
    let now = app.clock.now();
    if link.revoked_at.is_some() {
        return Err(Problem::new(ProblemCode::SetupLinkRevoked));
    }
    if link.expires_at <= now {
        return Err(expired());
    }
    guided(app, link).await
}

/// A setup link that was opened in a browser.
#[derive(Debug)]
pub struct OpenedLink {
    pub guided: Guided,
    /// For the cookie of the browser.
    pub secret: SecretToken,
}

/// Opens a link in a browser, and returns the secret for its cookie: only a person who presses a button comes here.
///
/// # Errors
///
/// When there is no such link, or it is over.
pub async fn open(app: &App, token: &str) -> Result<OpenedLink, Problem> {
    let guided = look(app, token).await?;
    let now = app.clock.now();
    let fresh = SecretToken::generate();
    let visit = SetupSession {
        cookie: fresh.hash.clone(),
        link: guided.link.id.clone(),
        created_at: now,
        expires_at: guided.link.expires_at.min(now + VISIT),
    };
    let event = deed(&guided.actor(), &guided.link, "setup_link.open").event(app, None, None);
    app.store
        .write(async move |tx| {
            if !tx.begin_setup_session(&visit).await? {
                return Err(expired().into());
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(OpenedLink {
        guided,
        secret: fresh,
    })
}

/// What the cookie of a browser leads to, while the link by which it came is good.
///
/// # Errors
///
/// When the database fails.
pub async fn visit(app: &App, cookie: SecretHash) -> Result<Option<Guided>, Problem> {
    let now = app.clock.now();
    let link = app
        .store
        .snapshot()
        .await?
        .setup_link_by_session(&cookie, now)
        .await?;
    match link {
        Some(link) => guided(app, link).await.map(Some),
        None => Ok(None),
    }
}

/// Whether whoever came by a link may also activate the connection.
///
/// Activated, a connection lets its identity provider say who anybody in the organization is. So the organization must
/// have proved by DNS that it is the one whose people these are; the operator's word for a domain says nothing about
/// whoever holds a link.
///
/// # Errors
///
/// When the database fails.
pub async fn may_activate_by_link(app: &App, organization: &Organization) -> Result<bool, Problem> {
    let id = organization.id.clone();
    let proved = app
        .store
        .snapshot()
        .await?
        .organization(&id)
        .has_only_dns_verified_domains()
        .await?;
    Ok(proved)
}

async fn by_token(app: &App, token: &str) -> Result<SetupLink, Problem> {
    let unknown = || Problem::new(ProblemCode::SetupLinkUnknown);
    if !token.starts_with(PREFIX) {
        return Err(unknown());
    }
    let hash = seal::hash(token);
    let found = app
        .store
        .snapshot()
        .await?
        .setup_link_by_token(&hash)
        .await?;
    found.ok_or_else(unknown)
}

async fn guided(app: &App, link: SetupLink) -> Result<Guided, Problem> {
    let (tenant, id) = (link.organization.clone(), link.connection.clone());
    let found = {
        let mut tx = app.store.snapshot().await?;
        let mut place = tx.organization(&tenant);
        let (organization, connection) = (place.read().await?, place.connection(&id).await?);
        organization.zip(connection)
    };
    let (organization, connection) = found.ok_or_else(expired)?;
    Ok(Guided {
        link,
        organization,
        connection,
    })
}

fn expired() -> Problem {
    Problem::new(ProblemCode::SetupLinkExpired)
}

fn view(link: &SetupLink, now: Timestamp) -> SetupLinkView {
    let state = match (link.revoked_at, link.opened_at) {
        (Some(_), _) => "revoked",
        (None, _) if link.expires_at <= now => "expired",
        (None, Some(_)) => "opened",
        (None, None) => "waiting",
    };
    SetupLinkView {
        id: link.id.to_string(),
        connection: link.connection.to_string(),
        purpose: link.purpose,
        state,
        url: None,
        email: link.email.clone(),
        created_by: link.created_by.clone(),
        created_at: instant(link.created_at),
        expires_at: instant(link.expires_at),
        opened_at: link.opened_at.map(instant),
        revoked_at: link.revoked_at.map(instant),
    }
}

fn deed<'d>(actor: &'d Actor, link: &'d SetupLink, action: &'static str) -> Deed<'d> {
    Deed {
        actor,
        organization: Some(&link.organization),
        action,
        subject: link.id.as_str(),
    }
}
