//! The fields of the console in which the cause of a failed sign-in is fixed.

use service::sign_in::error::Code;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixLink {
    pub target: Target,
    /// The key of the link's text.
    pub key: &'static str,
}

impl FixLink {
    /// The link for a code. Other causes are fixed at the identity provider or in the application.
    pub fn for_code(code: Code) -> Option<Self> {
        let found = FIX_LINKS.iter().find(|(codes, _)| codes.contains(&code));
        found.map(|(_, link)| *link)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The panel of the attempt's connection, or a field on it by its anchor.
    Connection(&'static str),
    /// A setting on the page of advanced settings, by its name in the API.
    Setting(&'static str),
    /// An attribute of the attribute mapping, by its name in the API.
    Attribute(&'static str),
    /// A page of the organization, by the last part of its path.
    Organization(&'static str),
}

impl Target {
    /// The path of the page in the organization, with the anchor of the field. Without the attempt's connection, which was
    /// deleted, it is the organization's panel.
    pub fn path(self, connection: Option<&str>) -> String {
        match (self, connection) {
            (Self::Connection(anchor), Some(id)) => format!("sso/{id}{anchor}"),
            (Self::Setting(field), Some(id)) => format!("sso/{id}/advanced#{field}"),
            (Self::Attribute(field), Some(id)) => format!("sso/{id}/setup/attributes#{field}"),
            (Self::Connection(_) | Self::Setting(_) | Self::Attribute(_), None) => "sso".to_owned(),
            (Self::Organization(page), _) => page.to_owned(),
        }
    }
}

const fn connection(anchor: &'static str) -> FixLink {
    FixLink {
        target: Target::Connection(anchor),
        key: "attempt-fix-connection",
    }
}

const fn setting(field: &'static str) -> FixLink {
    FixLink {
        target: Target::Setting(field),
        key: "attempt-fix-setting",
    }
}

const fn attribute(field: &'static str) -> FixLink {
    FixLink {
        target: Target::Attribute(field),
        key: "attempt-fix-setting",
    }
}

const fn organization(page: &'static str, key: &'static str) -> FixLink {
    FixLink {
        target: Target::Organization(page),
        key,
    }
}

/// The codes whose cause is fixed in the console, by field.
const FIX_LINKS: &[(&[Code], FixLink)] = &[
    (
        &[Code::SsoNotInPlan],
        organization("sso", "attempt-fix-plan"),
    ),
    (
        &[
            Code::ConnectionDisabled,
            Code::ConnectionNotActive,
            Code::NoConnection,
            Code::UnexpectedMetadata,
        ],
        connection(""),
    ),
    (&[Code::IssuerMismatch], connection("#issuer")),
    (&[Code::UnexpectedAuthnRequest], connection("#sign_on_url")),
    (
        &[
            Code::NoTrustedKey,
            Code::SignatureMismatch,
            Code::WrongConnectionCertificate,
            Code::CertificateExpired,
        ],
        connection("#certificate"),
    ),
    (&[Code::Sha1NotAllowed], setting("danger_accept_sha1")),
    (&[Code::CbcNotAllowed], setting("accept_cbc")),
    (&[Code::EncryptionMissing], setting("require_encryption")),
    (
        &[Code::ResponseSignatureMissing],
        setting("require_signed_response"),
    ),
    (
        &[Code::AssertionSignatureMissing],
        setting("require_signed_assertion"),
    ),
    (
        &[
            Code::EncryptedForRetiredKey,
            Code::EncryptedForUnknownKey,
            Code::DecryptionKeyMissing,
        ],
        setting("publish_encryption_key"),
    ),
    (&[Code::NoPendingSignIn], setting("idp_initiated")),
    (
        &[Code::IdpClockAhead, Code::IdpClockBehind],
        setting("clock_tolerance_seconds"),
    ),
    (
        &[Code::AuthnStatementMissing],
        setting("accept_missing_authn_statement"),
    ),
    (&[Code::AuthnContextMismatch], setting("authn_contexts")),
    (&[Code::AudienceMismatch], setting("entity_id")),
    (&[Code::TransientSubject], setting("name_id_format")),
    (
        &[
            Code::SubjectNotFound,
            Code::SubjectTooLong,
            Code::InvalidNameId,
        ],
        setting("subject_attribute"),
    ),
    (
        &[
            Code::EmailMissing,
            Code::EmailAttributeMismatch,
            Code::EmailValuesJoined,
        ],
        attribute("email"),
    ),
    (
        &[Code::MemberDeactivated, Code::NotAMember],
        organization("team", "attempt-fix-member"),
    ),
    (
        &[Code::EmailDomainNotVerified],
        organization("domains", "attempt-fix-domains"),
    ),
];

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::setting(Code::CbcNotAllowed, "sso/con_a/advanced#accept_cbc")]
    #[case::field_of_the_panel(Code::IssuerMismatch, "sso/con_a#issuer")]
    #[case::panel(Code::ConnectionDisabled, "sso/con_a")]
    #[case::attribute(Code::EmailMissing, "sso/con_a/setup/attributes#email")]
    #[case::page_of_the_organization(Code::MemberDeactivated, "team")]
    fn a_link_leads_to_the_field_in_which_the_cause_is_fixed(
        #[case] code: Code,
        #[case] path: &str,
    ) {
        let link = FixLink::for_code(code).unwrap();
        assert_eq!(link.target.path(Some("con_a")), path);
    }

    #[test]
    fn without_a_connection_a_link_leads_to_the_panel() {
        let link = FixLink::for_code(Code::CbcNotAllowed).unwrap();
        assert_eq!(link.target.path(None), "sso");
        assert_eq!(FixLink::for_code(Code::Replayed), None);
    }
}
