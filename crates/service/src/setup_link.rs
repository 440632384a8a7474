//! Setup links: a user without an account can set up one connection with such a link.

mod activation;

pub use activation::{LinkActivation, activate};
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

use super::audit_log::AuditRecord;
use super::connection::ConnectionRef;
use super::{Actor, Listing, TxError, connection, instant, role, schema};
use crate::{json, to_json};

/// Lets secret scanners recognize a leaked token.
const TOKEN_PREFIX: &str = "vsl_";
const DEFAULT_LIFETIME_HOURS: i64 = 7 * 24;
/// How long a browser stays signed in after it has redeemed a link.
const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

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

/// A link for a user without an account to set up one connection.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SetupLink)]
pub struct SetupLinkView {
    /// The setup link ID.
    pub id: String,
    /// The connection ID.
    pub connection: String,
    #[schema(schema_with = schema::setup_purpose)]
    pub purpose: SetupLinkPurpose,
    /// `pending` until the link is opened, then `opened`, `expired` or `revoked`.
    #[schema(example = "pending")]
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

/// A valid setup link with its connection.
#[derive(Clone, Debug)]
pub struct SetupLinkTarget {
    pub link: SetupLink,
    pub organization: Organization,
    pub connection: Connection,
}

impl SetupLinkTarget {
    pub fn actor(&self) -> Actor {
        Actor::SetupLink(self.link.id.clone())
    }

    pub fn connection_ref(&self) -> ConnectionRef<'_> {
        ConnectionRef::InOrganization(self.organization.id.as_str(), self.connection.id.as_str())
    }

    /// Whether a test sign-in of the recipient has passed with these settings of the connection.
    pub fn has_tested(&self, connection: &Connection) -> bool {
        has_tested(&self.link, connection)
    }
}

/// Creates a link. Only the returned view has the URL; the store has only a hash of the token.
pub async fn create(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    new: NewSetupLink,
) -> Result<SetupLinkView, Problem> {
    let (organization, connection) = connection::find(app, connection_ref).await?;
    let now = app.clock.now();
    let email = new
        .email
        .as_deref()
        .map(|email| EmailAddress::parse_field("email", email))
        .transpose()?;
    json::validate(&new)?;
    let token = format!("{TOKEN_PREFIX}{}", SecretToken::generate().secret);
    let link = SetupLink {
        id: SetupLinkId::from_random(random::bytes()),
        organization: organization.id.clone(),
        connection: connection.id.clone(),
        purpose: new.purpose.unwrap_or(SetupLinkPurpose::Connection),
        token: seal::hash(&token),
        email: email.map(|email| email.to_string()),
        created_by: actor.to_string(),
        created_at: now,
        expires_at: now
            + SignedDuration::from_secs(new.hours.unwrap_or(DEFAULT_LIFETIME_HOURS) * 3600),
        opened_at: None,
        revoked_at: None,
        tested_settings: None,
    };
    let view = view(&link, now);
    let entry = audit(actor, &link, "setup_link.created").entry(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            if !tx
                .organization(&organization.id)
                .add_setup_link(&link)
                .await?
            {
                return Err(Problem::not_found("connection", connection.id.as_str()).into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(SetupLinkView {
        url: Some(format!("{}/setup/{token}", app.config.public_url)),
        ..view
    })
}

/// The links to a connection, newest first.
pub async fn list(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<Listing<SetupLinkView>, Problem> {
    let (organization, connection) = connection::find(app, connection_ref).await?;
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

/// Revokes a link, and ends the sessions that were started with it. An activation that it has requested is not
/// requested anymore.
pub async fn revoke(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    id: &str,
) -> Result<SetupLinkView, Problem> {
    let (organization, connection) = connection::find(app, connection_ref).await?;
    let not_found = || Problem::not_found("setup link", id);
    let link_id = SetupLinkId::parse(id).map_err(|_| not_found())?;
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .setup_link(&link_id)
        .await?;
    let found = found.filter(|link| link.connection == connection.id);
    let mut link = found.ok_or_else(not_found)?;
    let now = app.clock.now();
    link.revoked_at = Some(link.revoked_at.unwrap_or(now));
    let view = view(&link, now);
    let entry = audit(actor, &link, "setup_link.revoked").entry(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&link.organization);
            org_tx.revoke_setup_link(&link.id, now).await?;
            org_tx.end_activation_request(&link.id).await?;
            tx.add_audit_entry(&entry).await
        })
        .await?;
    Ok(view)
}

/// Finds the connection of a token without redeeming the token, since mail scanners follow links too.
pub async fn find(app: &App, token: &str) -> Result<SetupLinkTarget, Problem> {
    let link = find_link(app, token).await?;
    let now = app.clock.now();
    if link.revoked_at.is_some() {
        return Err(Problem::new(ProblemCode::SetupLinkRevoked));
    }
    if link.expires_at <= now {
        return Err(expired());
    }
    load_target(app, link).await
}

/// A redeemed setup link with the session that it started.
#[derive(Debug)]
pub struct RedeemedLink {
    pub target: SetupLinkTarget,
    /// For the session cookie.
    pub secret: SecretToken,
}

/// Starts a session with a link. Call it only when the user has confirmed by a button.
pub async fn redeem(app: &App, token: &str) -> Result<RedeemedLink, Problem> {
    let target = find(app, token).await?;
    let now = app.clock.now();
    let secret = SecretToken::generate();
    let session = SetupSession {
        cookie: secret.hash.clone(),
        link: target.link.id.clone(),
        created_at: now,
        expires_at: target.link.expires_at.min(now + SESSION_LIFETIME),
    };
    let entry = audit(&target.actor(), &target.link, "setup_link.opened").entry(app, None, None);
    app.store
        .write(async move |tx| {
            if !tx.begin_setup_session(&session).await? {
                return Err(expired().into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(RedeemedLink { target, secret })
}

/// Finds the connection of a session cookie. None when the session or its link has ended.
pub async fn find_by_session(
    app: &App,
    cookie: SecretHash,
) -> Result<Option<SetupLinkTarget>, Problem> {
    let now = app.clock.now();
    let link = app
        .store
        .snapshot()
        .await?
        .setup_link_by_session(&cookie, now)
        .await?;
    match link {
        Some(link) => load_target(app, link).await.map(Some),
        None => Ok(None),
    }
}

/// Whether the recipient of a setup link may also activate the connection.
///
/// An active connection lets its identity provider sign in as any member. So all domains of the organization must be
/// verified by DNS: a manual verification says nothing about the recipient of a link.
pub async fn can_activate_with_link(
    app: &App,
    organization: &Organization,
) -> Result<bool, Problem> {
    let is_allowed = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .has_only_dns_verified_domains()
        .await?;
    Ok(is_allowed)
}

/// Whether an activation with a setup link needs the confirmation of an administrator or operator, because a connection
/// of the organization was active before.
pub async fn needs_confirmation(app: &App, organization: &Organization) -> Result<bool, Problem> {
    let was_activated = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .was_sso_activated()
        .await?;
    Ok(was_activated)
}

/// Whether an email tells someone of a requested activation: without, the recipient of the link has to tell them.
pub async fn notifies_admins(app: &App, organization: &Organization) -> Result<bool, Problem> {
    if !app.mailer.is_available() {
        return Ok(false);
    }
    let admins = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .console_accounts_with_role(role::ADMIN)
        .await?;
    Ok(!admins.is_empty())
}

/// The link with this ID.
pub async fn show(
    app: &App,
    organization: &Organization,
    id: &SetupLinkId,
) -> Result<Option<SetupLinkView>, Problem> {
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .setup_link(id)
        .await?;
    Ok(found.map(|link| view(&link, app.clock.now())))
}

/// Whether a test sign-in of a link's recipient has passed with these settings of the connection.
fn has_tested(link: &SetupLink, connection: &Connection) -> bool {
    link.tested_settings.as_deref() == Some(connection::tested_settings(connection).as_str())
}

async fn find_link(app: &App, token: &str) -> Result<SetupLink, Problem> {
    let not_found = || Problem::new(ProblemCode::SetupLinkUnknown);
    if !token.starts_with(TOKEN_PREFIX) {
        return Err(not_found());
    }
    let hash = seal::hash(token);
    let found = app
        .store
        .snapshot()
        .await?
        .setup_link_by_token(&hash)
        .await?;
    found.ok_or_else(not_found)
}

async fn load_target(app: &App, link: SetupLink) -> Result<SetupLinkTarget, Problem> {
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&link.organization);
    let organization = org_tx.read().await?.ok_or_else(expired)?;
    let connection = org_tx
        .connection(&link.connection)
        .await?
        .ok_or_else(expired)?;
    Ok(SetupLinkTarget {
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
        (None, None) => "pending",
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

fn audit<'d>(actor: &'d Actor, link: &'d SetupLink, action: &'static str) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(&link.organization),
        action,
        subject: link.id.as_str(),
    }
}
