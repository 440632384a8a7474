//! Settings that the holder of a setup link may not change, whichever page is used.

use runtime::problem::{Problem, ProblemCode};
use store::{ConnectionSettings, RoleRule};

use crate::{Actor, role};

/// Rejects settings of a setup link's holder that would make further members administrators.
pub(super) fn check(
    actor: &Actor,
    before: &ConnectionSettings,
    after: &ConnectionSettings,
) -> Result<(), Problem> {
    let has_setup_link = matches!(actor, Actor::SetupLink(_));
    let adds_admins =
        after.default_role == role::ADMIN || can_add_admins(&before.role_rules, &after.role_rules);
    if has_setup_link && adds_admins {
        return Err(Problem::new(ProblemCode::AdminRuleNotAllowed));
    }
    Ok(())
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

#[test]
fn an_admin_rule_must_stay_behind_the_rules_that_preceded_it() {
    let rules = |text: &str| -> Vec<RoleRule> {
        let rule = |pair: &str| {
            let (group, role) = pair.split_once(':').unwrap();
            RoleRule {
                group: group.to_owned(),
                role: role.to_owned(),
            }
        };
        text.split_whitespace().map(rule).collect()
    };
    let before = rules("guests:member it:admin staff:member");
    for allowed in [
        "guests:member it:admin staff:member",
        "guests:member it:admin",
        "staff:member guests:member it:admin",
        "guests:member sales:member it:admin",
        "staff:member",
        "",
    ] {
        assert!(!can_add_admins(&before, &rules(allowed)), "{allowed}");
    }
    for rejected in [
        "it:admin",
        "it:admin guests:member",
        "guests:admin it:admin",
        "guests:member it:admin staff:admin",
    ] {
        assert!(can_add_admins(&before, &rules(rejected)), "{rejected}");
    }
}
