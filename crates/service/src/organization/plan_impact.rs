//! The impact of a plan without SAML SSO on an organization.

use runtime::app::App;
use runtime::problem::Problem;
use store::{ConnectionState, ConnectionUsage, Organization};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanImpact {
    /// The names of the active connections, through which no one can sign in any more.
    pub connections: Vec<String>,
    /// The numbers of members, accounts and sessions of all connections together.
    pub usage: ConnectionUsage,
}

/// What changes when the organization gets another plan. `None` when no active connection stops.
pub async fn plan_impact(
    app: &App,
    organization: &Organization,
    plan: &str,
) -> Result<Option<PlanImpact>, Problem> {
    let plans = &app.config.plans;
    let is_downgrade = plans.has(plan) && !plans.includes_sso(plan);
    if !is_downgrade || !plans.includes_sso(&organization.plan) {
        return Ok(None);
    }
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&organization.id);
    let connections = org_tx.connections().await?;
    let active = connections
        .into_iter()
        .filter(|connection| connection.state() == ConnectionState::Active);
    let impact = PlanImpact {
        connections: active.map(|connection| connection.settings.name).collect(),
        usage: org_tx.sso_usage(app.clock.now()).await?,
    };
    Ok(Some(impact).filter(|impact| !impact.connections.is_empty()))
}
