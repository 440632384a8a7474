//! Home realm discovery: through which connection a user signs in.

use oidc::authorization::AuthorizationRequest;
use runtime::app::App;
use runtime::email_address::{EmailAddress, normalize_host};
use store::{Connection, ConnectionId, ConnectionState, Organization, OrganizationId};

use super::connection_choice::ConnectionChoice;
use super::error::SignInError;
use crate::connection::{self, acs_address};
use crate::routing::{RoutedAddress, RoutingTable};

/// A connection with its organization.
#[derive(Clone, Debug)]
pub struct OrgConnection {
    pub organization: Organization,
    pub connection: Connection,
}

/// Where a request wants the user to sign in (home realm discovery).
#[derive(Debug)]
pub enum Discovery {
    Found(Box<OrgConnection>),
    /// The organization has several active connections, and no rule chooses one of them.
    Choose(Box<ConnectionChoice>),
    /// The request does not say it: the user is asked for their email address.
    AskForEmail,
}

impl Discovery {
    /// Whether a session through this connection answers the request.
    pub fn admits(&self, connection: &ConnectionId) -> bool {
        match self {
            Self::Found(org_connection) => org_connection.connection.id == *connection,
            Self::Choose(choice) => choice.includes(connection),
            Self::AskForEmail => true,
        }
    }

    /// Whether `prompt=none` may be answered by the identity provider, without any interaction with the user.
    pub fn passes_silent_requests_on(&self) -> bool {
        match self {
            Self::Found(org_connection) => {
                org_connection.connection.settings.policy.passive_requests
            }
            Self::Choose(_) | Self::AskForEmail => false,
        }
    }

    /// Follows what the user chose the last time, where there is a choice.
    pub fn follow_last_choice(self, remembered: &[ConnectionId]) -> Self {
        let Self::Choose(choice) = self else {
            return self;
        };
        let chosen = remembered.iter().find(|id| choice.includes(id));
        match chosen.and_then(|id| choice.clone().select(id)) {
            Some(org_connection) => Self::Found(Box::new(org_connection)),
            None => Self::Choose(choice),
        }
    }
}

impl OrgConnection {
    /// The connection with this ID, in whatever state it is.
    pub async fn find(app: &App, id: &str) -> Result<Self, SignInError> {
        let id = acs_address::parse_connection_id(id).ok_or(SignInError::ConnectionNotFound)?;
        let mut tx = app.store.snapshot().await?;
        let connection = tx.connection(&id).await?;
        let connection = connection.ok_or(SignInError::ConnectionNotFound)?;
        let organization = tx.organization(&connection.organization).read().await?;
        Ok(Self {
            organization: organization.ok_or(SignInError::ConnectionNotFound)?,
            connection,
        })
    }

    /// Checks that members may sign in through this connection.
    pub fn check_active(&self, app: &App) -> Result<(), SignInError> {
        check_plan(app, &self.organization)?;
        match self.connection.state() {
            ConnectionState::Active => Ok(()),
            ConnectionState::Disabled => Err(SignInError::ConnectionDisabled),
            ConnectionState::Draft | ConnectionState::Tested => {
                Err(SignInError::ConnectionNotActive)
            }
        }
    }

    /// The entity ID of the service provider that this identity provider knows.
    pub fn entity_id<'a>(&'a self, app: &'a App) -> &'a str {
        connection::entity_id(app, &self.connection)
    }

    pub fn acs_url(&self, app: &App) -> String {
        connection::acs_url(app, &self.connection)
    }
}

/// Checks that the organization's plan includes SAML SSO.
pub fn check_plan(app: &App, organization: &Organization) -> Result<(), SignInError> {
    let plans = &app.config.plans;
    if plans.includes_sso(&organization.plan) {
        return Ok(());
    }
    Err(SignInError::SsoNotInPlan {
        plan: organization.plan.clone(),
        needed: plans.first_with_sso().to_owned(),
    })
}

/// Determines where a request wants the user to sign in. The most specific parameter counts: the connection, then the
/// organization, then the hints.
pub async fn discover_connection(
    app: &App,
    request: &AuthorizationRequest,
) -> Result<Discovery, SignInError> {
    let organization = match &request.organization {
        Some(id_or_slug) => Some(find_organization(app, id_or_slug).await?),
        None => None,
    };
    if let Some(id) = &request.connection {
        let org_connection = OrgConnection::find(app, id).await?;
        if organization.is_some_and(|one| one.id != org_connection.organization.id) {
            return Err(SignInError::ConnectionNotFound);
        }
        org_connection.check_active(app)?;
        return Ok(Discovery::Found(Box::new(org_connection)));
    }
    let login_hint = request.login_hint.as_deref().and_then(EmailAddress::parse);
    let domain_hint = request.domain_hint.as_deref().and_then(normalize_host);
    let by_email = login_hint.as_ref().map(RoutedAddress::from);
    let by_domain = domain_hint.as_deref().map(|domain| RoutedAddress {
        email: None,
        domain,
    });
    let addresses: Vec<RoutedAddress<'_>> = by_email.into_iter().chain(by_domain).collect();
    if let Some(organization) = organization {
        return route(app, organization, &addresses).await;
    }
    for hint in hinted_domains(request) {
        if let Some(organization) = find_organization_by_domain(app, &hint).await? {
            return route(app, organization, &addresses).await;
        }
    }
    Ok(Discovery::AskForEmail)
}

/// The active connection to which an organization's rules send an address, the first one that they name; otherwise the
/// only active connection, or the choice among several.
///
/// When none is active, the error is that of a disabled one: a connection that is still being set up must not hide why
/// sign-ins stopped.
async fn route(
    app: &App,
    organization: Organization,
    addresses: &[RoutedAddress<'_>],
) -> Result<Discovery, SignInError> {
    check_plan(app, &organization)?;
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&organization.id);
    let connections = org_tx.connections().await?;
    let table = RoutingTable::new(org_tx.routing_rules().await?);
    drop(tx);
    let (mut active, others): (Vec<Connection>, Vec<Connection>) = connections
        .into_iter()
        .partition(|connection| connection.state() == ConnectionState::Active);
    if active.is_empty() {
        let is_disabled = |one: &Connection| one.state() == ConnectionState::Disabled;
        return Err(if others.iter().any(is_disabled) {
            SignInError::ConnectionDisabled
        } else if others.is_empty() {
            SignInError::NoConnection
        } else {
            SignInError::ConnectionNotActive
        });
    }
    let chosen = addresses
        .iter()
        .find_map(|address| table.find(address, &active))
        .and_then(|chosen| active.iter().position(|one| one.id == chosen.id));
    let only = chosen.or_else(|| (active.len() == 1).then_some(0));
    Ok(match only {
        Some(index) => Discovery::Found(Box::new(OrgConnection {
            organization,
            connection: active.swap_remove(index),
        })),
        None => Discovery::Choose(Box::new(ConnectionChoice {
            organization,
            connections: active,
        })),
    })
}

/// The email domain that a request names the user by.
pub fn hinted_domain(request: &AuthorizationRequest) -> Option<String> {
    hinted_domains(request).next()
}

fn hinted_domains(request: &AuthorizationRequest) -> impl Iterator<Item = String> {
    let login_hint = request.login_hint.as_deref().and_then(EmailAddress::parse);
    let hints = [
        request.domain_hint.as_deref().and_then(normalize_host),
        login_hint.map(|email| email.domain().to_owned()),
    ];
    hints.into_iter().flatten()
}

/// Where the owner of an email address signs in; [`Discovery::AskForEmail`] when SSO is not set up for its domain. Only
/// internal errors are reported: a stranger who tries addresses must not learn why SSO does not work for one.
pub async fn find_by_email(app: &App, email: &EmailAddress) -> Result<Discovery, SignInError> {
    let Some(organization) = find_organization_by_domain(app, email.domain()).await? else {
        return Ok(Discovery::AskForEmail);
    };
    match route(app, organization, &[email.into()]).await {
        Ok(discovery) => Ok(discovery),
        Err(error) if error.is_internal() => Err(error),
        Err(_) => Ok(Discovery::AskForEmail),
    }
}

async fn find_organization_by_domain(
    app: &App,
    domain: &str,
) -> Result<Option<Organization>, SignInError> {
    let mut tx = app.store.snapshot().await?;
    Ok(tx.organization_by_domain(domain).await?)
}

async fn find_organization(app: &App, id_or_slug: &str) -> Result<Organization, SignInError> {
    let mut tx = app.store.snapshot().await?;
    let found = match OrganizationId::parse(id_or_slug) {
        Ok(id) => tx.organization(&id).read().await?,
        Err(_) => tx.organization_by_slug(id_or_slug).await?,
    };
    found.ok_or(SignInError::OrganizationNotFound)
}
