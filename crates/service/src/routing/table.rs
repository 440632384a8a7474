//! The rules as a sign-in looks them up.

use std::collections::HashMap;

use runtime::email_address::EmailAddress;
use store::{Connection, ConnectionId, RoutingRule};

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

impl RoutedAddress<'_> {
    /// The patterns that match the address, the most specific first: as they are stored, in their normal form.
    fn patterns(&self) -> impl Iterator<Item = String> {
        let parents = self.domain.match_indices('.');
        let parents = parents.map(|(dot, _)| format!("*{}", &self.domain[dot..]));
        let email = self.email.map(str::to_owned);
        email
            .into_iter()
            .chain([self.domain.to_owned()])
            .chain(parents)
    }
}

/// The connection of each pattern. A pattern is in one rule only.
#[derive(Debug)]
pub(crate) struct RoutingTable {
    connections: HashMap<String, ConnectionId>,
}

impl RoutingTable {
    pub(crate) fn new(rules: Vec<RoutingRule>) -> Self {
        let patterns = rules.into_iter().flat_map(|rule| {
            let connection = rule.connection;
            let patterns = rule.patterns.into_iter();
            patterns.map(move |pattern| (pattern, connection.clone()))
        });
        Self {
            connections: patterns.collect(),
        }
    }

    /// Which of the active connections the rules choose. Rules of other connections are skipped.
    pub(crate) fn find<'c>(
        &self,
        address: &RoutedAddress<'_>,
        active: &'c [Connection],
    ) -> Option<&'c Connection> {
        address.patterns().find_map(|pattern| {
            let connection = self.connections.get(&pattern)?;
            active.iter().find(|one| one.id == *connection)
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::routing::pattern::Pattern;

    /// A lookup finds what the grammar says, without reading the pattern again.
    #[rstest]
    #[case::domain("ACME.example", "ada@acme.example", true)]
    #[case::subdomain_of_domain("acme.example", "ada@eu.acme.example", false)]
    #[case::subdomain("*.acme.example", "ada@a.eu.acme.example", true)]
    #[case::domain_of_subdomains("*.acme.example", "ada@acme.example", false)]
    #[case::suffix("*.acme.example", "ada@notacme.example", false)]
    #[case::address("Ada@acme.example", "ada@ACME.example", true)]
    #[case::other_address("ada@acme.example", "eve@acme.example", false)]
    #[case::international("*.b\u{fc}cher.example", "ada@eu.b\u{fc}cher.example", true)]
    fn a_pattern_matches_addresses(
        #[case] pattern: &str,
        #[case] email: &str,
        #[case] matches: bool,
    ) {
        let email = EmailAddress::parse(email).unwrap();
        let pattern = Pattern::parse(pattern).unwrap().to_string();
        let matching: Vec<String> = RoutedAddress::from(&email).patterns().collect();
        assert_eq!(matching.contains(&pattern), matches);
    }

    #[test]
    fn the_most_specific_pattern_is_first() {
        let email = EmailAddress::parse("ada@a.eu.acme.example").unwrap();
        let patterns: Vec<String> = RoutedAddress::from(&email).patterns().collect();
        assert_eq!(
            patterns,
            [
                "ada@a.eu.acme.example",
                "a.eu.acme.example",
                "*.eu.acme.example",
                "*.acme.example",
                "*.example",
            ]
        );
    }
}
