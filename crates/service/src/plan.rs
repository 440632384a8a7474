//! Plans, and which of them include SAML SSO.

use config::Plans;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use serde::Serialize;
use store::Organization;
use utoipa::ToSchema;

use super::Listing;

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
pub fn list(plans: &Plans) -> Listing<PlanView> {
    let view = |name: &String| PlanView {
        name: name.clone(),
        includes_sso: plans.includes_sso(name),
    };
    Listing::whole(plans.names().iter().map(view).collect())
}

/// Checks that the plan of the organization includes SAML SSO.
///
/// # Errors
///
/// [`ProblemCode::SsoNotInPlan`], which names the plan of the organization and the plan that it needs.
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

/// Checks that the configuration has the plan.
pub(super) fn check_exists(plans: &Plans, plan: &str) -> Result<(), Problem> {
    if plans.has(plan) {
        return Ok(());
    }
    Err(Problem::field(
        "plan",
        LocalizedText::one_of(plans.names()),
        LocalizedText::quoted(plan),
    ))
}
