//! Where on our side something can be repaired.

use service::sign_in::error::Code;

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
const MENDED: &[(&[Code], Mend)] = &[
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
            Code::UnexpectedMetadata,
            Code::NoPendingSignIn,
        ],
        CONNECTION,
    ),
    (&[Code::MemberDeactivated, Code::NotAMember], TEAM),
    (&[Code::EmailDomainNotVerified], DOMAINS),
];

/// The page that mends a refusal with this code, where the repair is on our side.
pub(super) fn of(code: Code) -> Option<Mend> {
    let mended = MENDED.iter().find(|(codes, _)| codes.contains(&code));
    mended.map(|(_, mend)| *mend)
}

#[test]
fn a_link_leads_to_the_page_where_it_is_fixed() {
    assert_eq!(of(Code::MemberDeactivated), Some(TEAM));
    assert_eq!(of(Code::Replayed), None);
}
