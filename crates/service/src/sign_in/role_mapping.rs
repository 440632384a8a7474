//! Role mapping, without a database: which role a member gets by the role rules of a connection.

use store::RoleRule;

/// The role of a member, by the groups that the identity provider sends.
///
/// Without rules, or when the groups are unknown (see `MappedProfile::sent_groups`), a member keeps its role. Otherwise
/// the role is determined at each sign-in, so a member who leaves a group loses its role.
pub(super) fn map_role(
    rules: &[RoleRule],
    default: &str,
    groups: Option<&[String]>,
    current: Option<&str>,
) -> String {
    let groups = groups.filter(|_| !rules.is_empty());
    let role = match groups {
        None => current,
        Some(groups) => rules
            .iter()
            .find(|rule| groups.contains(&rule.group))
            .map(|rule| rule.role.as_str()),
    };
    role.unwrap_or(default).to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

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

    #[rstest]
    #[case::two_matches(&["all", "it"], "admin")]
    #[case::one_match(&["all"], "member")]
    #[case::other_case(&["IT"], "reader")]
    #[case::no_groups(&[], "reader")]
    fn the_first_matching_rule_gives_the_role(
        #[case] sent: &[&str],
        #[case] expected: &str,
        #[values(None, Some("admin"), Some("other"))] current: Option<&str>,
    ) {
        let rules = rules(&[("it", "admin"), ("all", "member"), ("it", "member")]);
        assert_eq!(
            map_role(&rules, "reader", Some(&groups(sent)), current),
            expected
        );
    }

    #[rstest]
    #[case::current_role(Some("admin"), "admin")]
    #[case::no_role(None, "reader")]
    fn the_role_stays_when_no_groups_are_sent(
        #[case] current: Option<&str>,
        #[case] expected: &str,
    ) {
        let rules = rules(&[("it", "admin")]);
        assert_eq!(map_role(&rules, "reader", None, current), expected);
    }

    #[rstest]
    #[case::current_role(Some("admin"), "admin")]
    #[case::no_role(None, "reader")]
    fn the_role_stays_when_there_are_no_rules(
        #[case] current: Option<&str>,
        #[case] expected: &str,
    ) {
        let it = groups(&["it"]);
        assert_eq!(map_role(&[], "reader", Some(&it), current), expected);
    }
}
