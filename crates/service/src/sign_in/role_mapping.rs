//! The role that groups give.

use store::RoleRule;

/// The role that somebody has from now on, by the groups that their identity provider says they are in.
///
/// Without rules nobody's role changes, and neither does it while the identity provider says nothing of groups: what
/// went by silence would go for all members at once. Otherwise the role is found anew each time, so that whoever has
/// left a group at the identity provider loses here what it gave.
pub fn role(
    rules: &[RoleRule],
    default: &str,
    groups: Option<&[String]>,
    before: Option<&str>,
) -> String {
    let groups = groups.filter(|_| !rules.is_empty());
    let role = match groups {
        None => before,
        Some(groups) => rules
            .iter()
            .find(|rule| groups.contains(&rule.group))
            .map(|rule| rule.role.as_str()),
    };
    role.unwrap_or(default).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(rules: &[(&str, &str)]) -> Vec<RoleRule> {
        let rule = |(group, role): &(&str, &str)| RoleRule {
            group: (*group).to_owned(),
            role: (*role).to_owned(),
        };
        rules.iter().map(rule).collect()
    }

    fn groups(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let rules = rules(&[("it", "admin"), ("all", "member"), ("it", "member")]);
        for (said, expected) in [
            (groups(&["all", "it"]), "admin"),
            (groups(&["all"]), "member"),
            (groups(&["IT"]), "reader"),
            (groups(&[]), "reader"),
        ] {
            for before in [None, Some("admin"), Some("other")] {
                assert_eq!(role(&rules, "reader", Some(&said), before), expected);
            }
        }
    }

    #[test]
    fn silence_changes_no_role() {
        let some = rules(&[("it", "admin")]);
        assert_eq!(role(&some, "reader", None, Some("admin")), "admin");
        assert_eq!(role(&some, "reader", None, None), "reader");
        let it = groups(&["it"]);
        assert_eq!(role(&[], "reader", Some(&it), Some("admin")), "admin");
        assert_eq!(role(&[], "reader", Some(&it), None), "reader");
    }
}
