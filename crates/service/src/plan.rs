//! Plans, and which of them include SAML SSO.

use config::Plans;
use runtime::problem::{Problem, ProblemCode};
use serde::Serialize;
use store::Organization;
use utoipa::ToSchema;

/// A plan of the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanView {
    /// The name of the plan.
    #[schema(example = "enterprise")]
    pub name: String,
    /// Whether the plan includes SAML SSO.
    pub includes_sso: bool,
}

/// The plans, from the smallest to the largest.
pub fn list(plans: &Plans) -> Vec<PlanView> {
    let view = |name: &String| PlanView {
        name: name.clone(),
        includes_sso: plans.includes_sso(name),
    };
    plans.names().iter().map(view).collect()
}

/// Refuses SAML single sign-on to an organization whose plan does not include it.
///
/// # Errors
///
/// With the plan that the organization has and the one that it needs.
pub fn check_sso(plans: &Plans, organization: &Organization) -> Result<(), Problem> {
    if plans.includes_sso(&organization.plan) {
        return Ok(());
    }
    Err(Problem::with_detail(
        ProblemCode::SsoNotInPlan,
        format!(
            "the plan {} of {} does not include SAML single sign-on; it is part of {} and the plans above",
            organization.plan,
            organization.slug,
            plans.first_with_sso(),
        ),
    ))
}

/// Refuses a plan that the operator does not have.
pub(super) fn check_exists(plans: &Plans, plan: &str) -> Result<(), Problem> {
    if plans.has(plan) {
        return Ok(());
    }
    Err(Problem::field(
        "plan",
        format!("one of {}", plans.names().join(", ")),
        format!("{plan:?}"),
    ))
}
