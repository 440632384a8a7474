//! The rules as a sign-in looks them up.

use runtime::email_address::EmailAddress;
use store::{Connection, ConnectionId, RoutingRule};

use super::pattern::Pattern;

/// What is known of the address of a person who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoutedAddress<'a> {
    /// Normalized; `None` when only the domain is known.
    pub(crate) email: Option<&'a str>,
    pub(crate) domain: &'a str,
}

impl<'a> From<&'a EmailAddress> for RoutedAddress<'a> {
    fn from(email: &'a EmailAddress) -> Self {
        Self {
            email: Some(email.as_str()),
            domain: email.domain(),
        }
    }
}

/// The patterns of all rules, the most specific first.
#[derive(Debug)]
pub(crate) struct RoutingTable {
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    pattern: Pattern,
    connection: ConnectionId,
}

/// Where the rules send an address.
#[derive(Debug)]
pub(crate) struct RoutedTo<'c> {
    /// `None` when no rule applies.
    pub(crate) connection: Option<&'c Connection>,
    /// The connections of more specific rules, which are deleted or not active.
    pub(crate) skipped: Vec<ConnectionId>,
}

impl RoutingTable {
    pub(crate) fn new(rules: &[RoutingRule]) -> Self {
        let mut routes: Vec<Route> = rules
            .iter()
            .flat_map(|rule| {
                let patterns = rule.patterns.iter().filter_map(|text| Pattern::parse(text));
                patterns.map(|pattern| Route {
                    pattern,
                    connection: rule.connection.clone(),
                })
            })
            .collect();
        routes.sort_by_key(|route| std::cmp::Reverse(route.pattern.specificity()));
        Self { routes }
    }

    /// Which of the active connections the rules choose.
    pub(crate) fn find<'c>(
        &self,
        address: &RoutedAddress<'_>,
        active: &'c [Connection],
    ) -> RoutedTo<'c> {
        let mut skipped = Vec::new();
        for route in self
            .routes
            .iter()
            .filter(|route| route.pattern.matches(address))
        {
            let connection = active.iter().find(|one| one.id == route.connection);
            if connection.is_some() {
                return RoutedTo {
                    connection,
                    skipped,
                };
            }
            skipped.push(route.connection.clone());
        }
        RoutedTo {
            connection: None,
            skipped,
        }
    }
}
