//! Where on our side something can be repaired.

/// A page of ours on which a refusal is repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mend {
    /// Where it is.
    pub place: Where,
    /// The key of the words on the link.
    pub key: &'static str,
}

/// Where something is repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// At the panel of the attempt's connection.
    Connection,
    /// At a page of the organization, by the end of its path.
    Organization(&'static str),
}

const CONNECTION: Mend = Mend {
    place: Where::Connection,
    key: "attempt-mend-connection",
};
const TEAM: Mend = Mend {
    place: Where::Organization("team"),
    key: "attempt-mend-member",
};

const PLAN: Mend = Mend {
    place: Where::Organization("sso"),
    key: "attempt-mend-plan",
};
const DOMAINS: Mend = Mend {
    place: Where::Organization("domains"),
    key: "attempt-mend-domains",
};

/// The refusals whose repair is on our side, each with its page.
const MENDED: &[(&[&str], Mend)] = &[
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

/// The page that mends a refusal with this code, where the repair is on our side.
pub(super) fn of(code: &str) -> Option<Mend> {
    let mended = MENDED.iter().find(|(codes, _)| codes.contains(&code));
    mended.map(|(_, mend)| *mend)
}

#[test]
fn only_refusals_that_there_are_have_a_page_that_mends_them() {
    let known = crate::diagnosis::codes();
    for code in MENDED.iter().flat_map(|(codes, _)| *codes) {
        assert!(known.contains(code), "no refusal has the code {code}");
    }
    assert_eq!(of("deactivated"), Some(TEAM));
    assert_eq!(of("replayed"), None);
}
