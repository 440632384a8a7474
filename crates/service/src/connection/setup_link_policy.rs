//! What whoever came by a setup link may not write, whichever page or program they use.

use runtime::problem::{Problem, ProblemCode};
use store::{ConnectionSettings, RoleRule};

use crate::{Actor, role};

/// Refuses rules that make somebody an administrator whom none made one before: a link makes nobody an administrator.
pub(super) fn check(
    actor: &Actor,
    before: &ConnectionSettings,
    after: &ConnectionSettings,
) -> Result<(), Problem> {
    let is_by_link = matches!(actor, Actor::SetupLink(_));
    let makes_some = after.default_role == role::ADMIN
        || makes_administrators(&before.role_rules, &after.role_rules);
    if is_by_link && makes_some {
        return Err(Problem::new(ProblemCode::AdminRuleNotAllowed));
    }
    Ok(())
}

/// The first rule that fits counts. So a rule is no new one only if whatever stood in front of it still does.
fn makes_administrators(before: &[RoleRule], after: &[RoleRule]) -> bool {
    let gives_admin = |rule: &&RoleRule| rule.role == role::ADMIN;
    let has_others_in_front = |rule: &RoleRule| {
        let Some(place) = before.iter().position(|one| one == rule) else {
            return false;
        };
        let mut in_front = after.iter().take_while(|one| *one != rule);
        before[..place]
            .iter()
            .all(|one| in_front.any(|there| there == one))
    };
    after
        .iter()
        .filter(gives_admin)
        .any(|rule| !has_others_in_front(rule))
}

#[test]
fn an_administrators_rule_stays_only_behind_what_stood_in_front_of_it() {
    let rules = |written: &str| -> Vec<RoleRule> {
        let rule = |one: &str| {
            let (group, role) = one.split_once(':').unwrap();
            RoleRule {
                group: group.to_owned(),
                role: role.to_owned(),
            }
        };
        written.split_whitespace().map(rule).collect()
    };
    let before = rules("guests:member it:admin staff:member");
    for same in [
        "guests:member it:admin staff:member",
        "guests:member it:admin",
        "staff:member guests:member it:admin",
        "guests:member sales:member it:admin",
        "staff:member",
        "",
    ] {
        assert!(!makes_administrators(&before, &rules(same)), "{same}");
    }
    for more in [
        "it:admin",
        "it:admin guests:member",
        "guests:admin it:admin",
        "guests:member it:admin staff:admin",
    ] {
        assert!(makes_administrators(&before, &rules(more)), "{more}");
    }
}
