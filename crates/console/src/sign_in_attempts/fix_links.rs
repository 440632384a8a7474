//! The pages of the console on which the cause of a failed sign-in is fixed.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FixLink {
    pub target: Target,
    /// The key of the link's text.
    pub key: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The panel of the attempt's connection.
    Connection,
    /// A page of the organization, by the last part of its path.
    Organization(&'static str),
}

const CONNECTION: FixLink = FixLink {
    target: Target::Connection,
    key: "attempt-mend-connection",
};
const TEAM: FixLink = FixLink {
    target: Target::Organization("team"),
    key: "attempt-mend-member",
};
const PLAN: FixLink = FixLink {
    target: Target::Organization("sso"),
    key: "attempt-mend-plan",
};
const DOMAINS: FixLink = FixLink {
    target: Target::Organization("domains"),
    key: "attempt-mend-domains",
};

/// The codes whose cause is fixed in the console, by page.
const FIX_LINKS: &[(&[&str], FixLink)] = &[
    (&["plan-without-sso"], PLAN),
    (
        &[
            "connection-disabled",
            "connection-not-active",
            "no-connection",
            "no-trusted-key",
            "signature-mismatch",
            "certificate-of-other-connection",
            "certificate-expired",
            "issuer",
            "sha1",
            "cbc-not-accepted",
            "email-elsewhere",
            "metadata",
            "not-asked",
        ],
        CONNECTION,
    ),
    (&["deactivated", "not-a-member"], TEAM),
    (&["outside-domains"], DOMAINS),
];

/// The link for a code. Other causes are fixed at the identity provider or in the application.
pub(super) fn fix_link(code: &str) -> Option<FixLink> {
    let found = FIX_LINKS.iter().find(|(codes, _)| codes.contains(&code));
    found.map(|(_, link)| *link)
}

#[test]
fn every_code_with_a_fix_link_exists() {
    let known = crate::diagnosis::codes();
    for code in FIX_LINKS.iter().flat_map(|(codes, _)| *codes) {
        assert!(known.contains(code), "the code {code} does not exist");
    }
    assert_eq!(fix_link("deactivated"), Some(TEAM));
    assert_eq!(fix_link("replayed"), None);
}
