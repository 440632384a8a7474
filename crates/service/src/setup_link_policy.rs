//! The limits of a setup link in the service: it makes no further members administrators, does not change the settings
//! that are the administrators', and adds a limited number of domains.
//!
//! Which pages and steps a link opens is decided in the console, by `setup::SetupUser`; whether it may activate the
//! connection, by [`crate::setup_link`].

mod setting_permission;

use runtime::problem::{Problem, ProblemCode};
pub use setting_permission::SettingLock;
use setting_permission::SettingPermission;
use store::{Connection, ConnectionSettings, Domain, IdpInitiated, RoleRule};

use crate::{Actor, role};

/// The number of unverified domains up to which a setup link can add domains. Each is looked up repeatedly.
const MAX_UNVERIFIED_DOMAINS: usize = 20;

/// Whether the policy restricts this actor.
pub(crate) fn applies_to(actor: &Actor) -> bool {
    matches!(actor, Actor::SetupLink(_))
}

/// Why a setup link cannot change a setting of the connection; `None` when it can. `field` is the name in the API.
pub fn setting_lock(connection: &Connection, field: &str) -> Option<SettingLock> {
    SettingPermission::all(&connection.settings)
        .into_iter()
        .find(|permission| permission.field == field)?
        .lock(connection)
}

/// Rejects settings that would make further members administrators, and changes of settings that are the administrators'.
/// The default role is never `admin`, for any actor.
pub(crate) fn check_settings(
    before: &Connection,
    after: &ConnectionSettings,
) -> Result<(), Problem> {
    if can_add_admins(&before.settings.role_rules, &after.role_rules) {
        return Err(Problem::new(ProblemCode::AdminRuleNotAllowed));
    }
    let changes = forbidden_changes(before, after);
    if changes.is_empty() {
        return Ok(());
    }
    Err(Problem::with_detail(
        ProblemCode::NotAllowedWithSetupLink,
        format!("ask an administrator to change {}", changes.join(", ")),
    ))
}

/// The names of the settings that a setup link may not change this way.
fn forbidden_changes(before: &Connection, after: &ConnectionSettings) -> Vec<&'static str> {
    let was = SettingPermission::all(&before.settings);
    let mut changes: Vec<&'static str> = was
        .into_iter()
        .zip(SettingPermission::all(after))
        .filter(|(was, is)| was.value != is.value && was.lock(before).is_some())
        .map(|(was, _)| was.field)
        .collect();
    if after.idp_initiated == IdpInitiated::DangerAccept
        && before.settings.idp_initiated != IdpInitiated::DangerAccept
    {
        changes.push("idp_initiated");
    }
    changes
}

/// Rejects a further domain when the organization has too many unverified ones.
pub(crate) fn check_new_domain(domains: &[Domain]) -> Result<(), Problem> {
    let unverified = domains
        .iter()
        .filter(|domain| domain.verified_at.is_none())
        .count();
    if unverified < MAX_UNVERIFIED_DOMAINS {
        return Ok(());
    }
    Err(Problem::with_detail(
        ProblemCode::TooManyDomains,
        format!(
            "{unverified} domains of this organization are unverified; publish their records first, or ask an administrator to remove domains"
        ),
    ))
}

/// The first rule that matches applies. So an admin rule matches no further members only if all rules that preceded it
/// still precede it in the same order.
fn can_add_admins(before: &[RoleRule], after: &[RoleRule]) -> bool {
    let gives_admin = |rule: &&RoleRule| rule.role == role::ADMIN;
    let is_still_preceded = |rule: &RoleRule| {
        let Some(index) = before.iter().position(|other| other == rule) else {
            return false;
        };
        let mut preceding = after.iter().take_while(|other| *other != rule);
        before[..index]
            .iter()
            .all(|expected| preceding.any(|other| other == expected))
    };
    after
        .iter()
        .filter(gives_admin)
        .any(|rule| !is_still_preceded(rule))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The rules in a text of `group:role` pairs.
    fn rules(text: &str) -> Vec<RoleRule> {
        text.split_whitespace()
            .map(|pair| {
                let (group, role) = pair.split_once(':').unwrap();
                RoleRule {
                    group: group.to_owned(),
                    role: role.to_owned(),
                }
            })
            .collect()
    }

    #[rstest]
    #[case::unchanged("guests:member it:admin staff:member", false)]
    #[case::later_rule_removed("guests:member it:admin", false)]
    #[case::later_rule_moved_up("staff:member guests:member it:admin", false)]
    #[case::earlier_rule_added("guests:member sales:member it:admin", false)]
    #[case::admin_rule_removed("staff:member", false)]
    #[case::all_removed("", false)]
    #[case::earlier_rule_removed("it:admin", true)]
    #[case::earlier_rule_moved_down("it:admin guests:member", true)]
    #[case::earlier_rule_gives_admin("guests:admin it:admin", true)]
    #[case::later_rule_gives_admin("guests:member it:admin staff:admin", true)]
    fn an_admin_rule_must_stay_behind_the_rules_that_preceded_it(
        #[case] after: &str,
        #[case] expected: bool,
    ) {
        let before = rules("guests:member it:admin staff:member");
        assert_eq!(can_add_admins(&before, &rules(after)), expected);
    }
}
