//! The pages of the console on which the cause of a failed sign-in is fixed.

use service::sign_in::error::Code;

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
    key: "attempt-fix-connection",
};
const TEAM: FixLink = FixLink {
    target: Target::Organization("team"),
    key: "attempt-fix-member",
};
const PLAN: FixLink = FixLink {
    target: Target::Organization("sso"),
    key: "attempt-fix-plan",
};
const DOMAINS: FixLink = FixLink {
    target: Target::Organization("domains"),
    key: "attempt-fix-domains",
};

/// The codes whose cause is fixed in the console, by page.
const FIX_LINKS: &[(&[Code], FixLink)] = &[
    (&[Code::SsoNotInPlan], PLAN),
    (
        &[
            Code::ConnectionDisabled,
            Code::ConnectionNotActive,
            Code::NoConnection,
            Code::NoTrustedKey,
            Code::SignatureMismatch,
            Code::WrongConnectionCertificate,
            Code::CertificateExpired,
            Code::IssuerMismatch,
            Code::Sha1NotAllowed,
            Code::CbcNotAllowed,
            Code::EmailAttributeMismatch,
            Code::EmailValuesJoined,
            Code::UnexpectedMetadata,
            Code::NoPendingSignIn,
            Code::TransientSubject,
            Code::AuthnContextMismatch,
            Code::AuthnStatementMissing,
        ],
        CONNECTION,
    ),
    (&[Code::MemberDeactivated, Code::NotAMember], TEAM),
    (&[Code::EmailDomainNotVerified], DOMAINS),
];

/// The link for a code. Other causes are fixed at the identity provider or in the application.
pub(super) fn fix_link(code: Code) -> Option<FixLink> {
    let found = FIX_LINKS.iter().find(|(codes, _)| codes.contains(&code));
    found.map(|(_, link)| *link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_page_where_the_cause_is_fixed() {
        assert_eq!(fix_link(Code::MemberDeactivated), Some(TEAM));
        assert_eq!(fix_link(Code::Replayed), None);
    }
}
