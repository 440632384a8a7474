//! Where on our side something can be repaired.

/// A page of ours on which a refusal is repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mend {
    /// The end of its path within the organization.
    pub tab: &'static str,
    /// The key of the words on the link.
    pub key: &'static str,
}

const CONNECTION: Mend = Mend {
    tab: "sso",
    key: "attempt-mend-connection",
};
const TEAM: Mend = Mend {
    tab: "team",
    key: "attempt-mend-member",
};

/// The page that mends a refusal with this code, where the repair is on our side.
pub(super) fn of(code: &str) -> Option<Mend> {
    match code {
        "plan-without-sso" => Some(Mend {
            tab: "sso",
            key: "attempt-mend-plan",
        }),
        "connection-disabled"
        | "connection-not-active"
        | "no-connection"
        | "no-trusted-key"
        | "signature-mismatch"
        | "certificate-of-other-connection"
        | "certificate-expired"
        | "issuer"
        | "sha1"
        | "cbc-not-accepted"
        | "email-elsewhere"
        | "metadata"
        | "not-asked" => Some(CONNECTION),
        "deactivated" | "not-a-member" => Some(TEAM),
        "outside-domains" => Some(Mend {
            tab: "domains",
            key: "attempt-mend-domains",
        }),
        _ => None,
    }
}
