//! Where a person is sent to sign in.

use oidc::authorization::AuthorizationRequest;
use runtime::app::App;
use runtime::email_address::{EmailAddress, normalize_host};
use store::{Connection, ConnectionId, ConnectionState, Organization, OrganizationId};

use super::error::Refusal;
use crate::connection;
use crate::connection::acs_address;

/// A connection with its organization.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The organization.
    pub organization: Organization,
    /// Its connection.
    pub connection: Connection,
}

/// What a request says about where to go.
#[derive(Debug)]
pub enum Choice {
    /// There.
    Go(Box<Destination>),
    /// Nothing: the person has to be asked.
    Ask,
}

impl Choice {
    /// Whether a session that came through this connection is one that was asked for.
    pub fn admits(&self, connection: &ConnectionId) -> bool {
        match self {
            Self::Go(destination) => destination.connection.id == *connection,
            Self::Ask => true,
        }
    }
}

impl Destination {
    /// The destination that a connection is, whether or not somebody may sign in through it now.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn find(app: &App, id: &str) -> Result<Self, Refusal> {
        let id = acs_address::parse_connection_id(id).ok_or(Refusal::NoSuchConnection)?;
        let mut tx = app.store.snapshot().await?;
        let connection = tx.connection(&id).await?;
        let connection = connection.ok_or(Refusal::NoSuchConnection)?;
        let organization = tx.organization(&connection.organization).read().await?;
        Ok(Self {
            organization: organization.ok_or(Refusal::NoSuchConnection)?,
            connection,
        })
    }

    /// The oldest active connection of an organization; when none is, the answer says what the newest one lacks.
    async fn of_organization(app: &App, organization: Organization) -> Result<Self, Refusal> {
        check_plan(app, &organization)?;
        let id = organization.id.clone();
        let connections = app
            .store
            .snapshot()
            .await?
            .organization(&id)
            .connections()
            .await;
        let connections = connections.map_err(Refusal::from)?;
        let is_active = |one: &&Connection| one.state() == ConnectionState::Active;
        let best = connections
            .iter()
            .find(is_active)
            .or_else(|| connections.last());
        let connection = best.cloned().ok_or(Refusal::NoConnection)?;
        let destination = Self {
            organization,
            connection,
        };
        destination.check(app).map(|()| destination)
    }

    /// Refuses a connection through which nobody may sign in now.
    ///
    /// # Errors
    ///
    /// With the reason.
    pub fn check(&self, app: &App) -> Result<(), Refusal> {
        check_plan(app, &self.organization)?;
        match self.connection.state() {
            ConnectionState::Active => Ok(()),
            ConnectionState::Disabled => Err(Refusal::ConnectionDisabled),
            ConnectionState::Draft | ConnectionState::Tested => Err(Refusal::ConnectionNotActive),
        }
    }

    /// Our entity ID toward this identity provider.
    pub fn entity_id<'d>(&'d self, app: &'d App) -> &'d str {
        connection::entity_id(app, &self.connection)
    }

    /// The one assertion consumer service URL of this connection.
    pub fn acs_url(&self, app: &App) -> String {
        connection::acs_url(app, &self.connection)
    }
}

/// Refuses single sign-on to an organization whose plan does not include it.
///
/// # Errors
///
/// With the plan that it has and the one that it needs.
pub fn check_plan(app: &App, organization: &Organization) -> Result<(), Refusal> {
    let plans = &app.config.plans;
    if plans.includes_sso(&organization.plan) {
        return Ok(());
    }
    Err(Refusal::PlanWithoutSso {
        plan: organization.plan.clone(),
        needed: plans.first_with_sso().to_owned(),
    })
}

/// Finds out where a request wants the person to sign in: what is said most exactly counts.
///
/// # Errors
///
/// When it names something that is not there, or that nobody may use now.
pub async fn choose(app: &App, request: &AuthorizationRequest) -> Result<Choice, Refusal> {
    let named = match &request.organization {
        Some(named) => Some(organization(app, named).await?),
        None => None,
    };
    if let Some(id) = &request.connection {
        let destination = Destination::find(app, id).await?;
        if named.is_some_and(|named| named.id != destination.organization.id) {
            return Err(Refusal::NoSuchConnection);
        }
        return go(destination.check(app).map(|()| destination));
    }
    if let Some(named) = named {
        return go(Destination::of_organization(app, named).await);
    }
    let login_hint = request.login_hint.as_deref().and_then(EmailAddress::parse);
    let hints = [
        request.domain_hint.as_deref().and_then(normalize_host),
        login_hint.map(|email| email.domain().to_owned()),
    ];
    for hint in hints.into_iter().flatten() {
        if let Some(organization) = organization_of(app, hint).await? {
            return go(Destination::of_organization(app, organization).await);
        }
    }
    Ok(Choice::Ask)
}

fn go(destination: Result<Destination, Refusal>) -> Result<Choice, Refusal> {
    destination.map(|destination| Choice::Go(Box::new(destination)))
}

/// Finds the connection by which somebody with this e-mail address signs in, if single sign-on is set up for its domain.
///
/// # Errors
///
/// When the database fails. Whatever else may be wrong is nothing that a stranger should learn by trying addresses.
pub async fn by_email(app: &App, email: &EmailAddress) -> Result<Option<Destination>, Refusal> {
    let domain = email.domain().to_owned();
    let Some(organization) = organization_of(app, domain).await? else {
        return Ok(None);
    };
    match Destination::of_organization(app, organization).await {
        Ok(destination) => Ok(Some(destination)),
        Err(refusal @ (Refusal::Broken(_) | Refusal::Overloaded)) => Err(refusal),
        Err(_) => Ok(None),
    }
}

async fn organization_of(app: &App, domain: String) -> Result<Option<Organization>, Refusal> {
    Ok(app
        .store
        .snapshot()
        .await?
        .organization_by_domain(&domain)
        .await?)
}

/// The organization with this id or slug.
async fn organization(app: &App, named: &str) -> Result<Organization, Refusal> {
    let mut tx = app.store.snapshot().await?;
    let found = match OrganizationId::parse(named) {
        Ok(id) => tx.organization(&id).read().await?,
        Err(_) => tx.organization_by_slug(named).await?,
    };
    found.ok_or(Refusal::NoSuchOrganization)
}
