//! Behavior of products that causes errors: texts of their guides, each with the error code.

use service::sign_in::error::Code;
use store::Provider;

const QUIRKS: [(Provider, Code, &str); 31] = [
    (
        Provider::Entra,
        Code::IssuerMismatch,
        "guide-entra-problem-issuer",
    ),
    (
        Provider::Entra,
        Code::NoPendingSignIn,
        "guide-entra-problem-tile",
    ),
    (
        Provider::Entra,
        Code::EmailMissing,
        "guide-entra-problem-mail",
    ),
    (
        Provider::Entra,
        Code::SignatureMismatch,
        "guide-entra-certificate-next",
    ),
    (
        Provider::Entra,
        Code::SignatureMismatch,
        "guide-entra-problem-appid",
    ),
    (
        Provider::Entra,
        Code::RecipientMismatch,
        "guide-entra-reply-1",
    ),
    (
        Provider::Entra,
        Code::DestinationMismatch,
        "guide-entra-reply-1",
    ),
    (
        Provider::Okta,
        Code::IssuerMismatch,
        "guide-okta-problem-issuer",
    ),
    (Provider::Okta, Code::RecipientMismatch, "guide-okta-acs-1"),
    (
        Provider::Okta,
        Code::DestinationMismatch,
        "guide-okta-acs-1",
    ),
    (
        Provider::Okta,
        Code::EmailMissing,
        "guide-okta-attributes-1",
    ),
    (
        Provider::Okta,
        Code::SignatureMismatch,
        "guide-okta-certificate-next",
    ),
    (
        Provider::OneLogin,
        Code::Sha1NotAllowed,
        "guide-onelogin-problem-sha1",
    ),
    (
        Provider::OneLogin,
        Code::ConnectionMismatch,
        "guide-onelogin-problem-initiator",
    ),
    (
        Provider::OneLogin,
        Code::SignatureMismatch,
        "guide-onelogin-certificate-next",
    ),
    (
        Provider::PingOne,
        Code::IdpErrorStatus,
        "guide-pingone-problem-toggle",
    ),
    (
        Provider::PingOne,
        Code::RecipientMismatch,
        "guide-pingone-problem-list",
    ),
    (
        Provider::PingFederate,
        Code::IssuerMismatch,
        "guide-pingfederate-problem-virtual",
    ),
    (
        Provider::Google,
        Code::AudienceMismatch,
        "guide-google-problem-case",
    ),
    (
        Provider::Google,
        Code::SignatureMismatch,
        "guide-google-certificate-next",
    ),
    (
        Provider::Adfs,
        Code::SubjectNotFound,
        "guide-adfs-problem-rules",
    ),
    (
        Provider::Adfs,
        Code::EmailMissing,
        "guide-adfs-problem-rules",
    ),
    (
        Provider::Adfs,
        Code::CbcNotAllowed,
        "guide-adfs-problem-encryption",
    ),
    (
        Provider::Adfs,
        Code::NotYetValid,
        "guide-adfs-problem-clock",
    ),
    (
        Provider::Adfs,
        Code::IssuerMismatch,
        "guide-adfs-problem-issuer",
    ),
    (
        Provider::Adfs,
        Code::SignatureMismatch,
        "guide-adfs-certificate-next",
    ),
    (
        Provider::JumpCloud,
        Code::IssuerMismatch,
        "guide-jumpcloud-problem-entity",
    ),
    (
        Provider::Auth0,
        Code::NotYetValid,
        "guide-auth0-problem-clock",
    ),
    (
        Provider::Auth0,
        Code::Sha1NotAllowed,
        "guide-auth0-problem-sha1",
    ),
    (
        Provider::Keycloak,
        Code::MissingFormField,
        "guide-keycloak-problem-binding",
    ),
    (
        Provider::Shibboleth,
        Code::TransientSubject,
        "guide-shibboleth-problem-transient",
    ),
];

/// The keys of the product's quirks that cause an error with this code.
pub(super) fn quirks(provider: Provider, code: Code) -> impl Iterator<Item = &'static str> {
    let matches =
        move |(product, error, _): &&(Provider, Code, &str)| *product == provider && *error == code;
    QUIRKS.iter().filter(matches).map(|(_, _, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quirk_has_a_text_and_a_code() {
        use i18n::{Language, Localizer};
        for (provider, _, key) in QUIRKS {
            assert!(Localizer::new(Language::English).has(key), "{key}");
            assert!(key.contains(provider.as_str()), "{key}");
        }
    }
}
