//! Which of a member's groups applications receive.

use std::collections::BTreeSet;

use store::RoleRule;

use super::is_usable;

/// The groups that are stored with the member, for ID tokens and userinfo. Role rules see every group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenGroups {
    /// In alphabetical order.
    pub kept: Vec<String>,
    /// The number of groups that are left out because there are more than the limit.
    pub left_out: usize,
    /// The number of groups that are left out because of the length of their name.
    pub too_long: usize,
}

impl TokenGroups {
    /// Keeps at most `limit` groups: those that a role rule names, then the first in alphabetical order.
    pub(super) fn new(groups: &[String], rules: &[RoleRule], limit: usize) -> Self {
        let has_rule: BTreeSet<&str> = rules.iter().map(|rule| rule.group.as_str()).collect();
        let mut kept: Vec<&String> = groups.iter().filter(|group| is_usable(group)).collect();
        let usable = kept.len();
        kept.sort_by_key(|group| (!has_rule.contains(group.as_str()), *group));
        kept.truncate(limit);
        kept.sort();
        Self {
            left_out: usable - kept.len(),
            too_long: groups.len() - usable,
            kept: kept.into_iter().cloned().collect(),
        }
    }
}
