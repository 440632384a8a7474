//! Behavior of products that causes errors: texts of their guides, each with the error code.

use store::Provider;

const QUIRKS: [(Provider, &str, &str); 31] = [
    (Provider::Entra, "issuer", "guide-entra-trap-issuer"),
    (Provider::Entra, "not-asked", "guide-entra-trap-tile"),
    (Provider::Entra, "email-missing", "guide-entra-trap-mail"),
    (
        Provider::Entra,
        "signature-mismatch",
        "guide-entra-certificate-next",
    ),
    (
        Provider::Entra,
        "signature-mismatch",
        "guide-entra-trap-appid",
    ),
    (Provider::Entra, "recipient", "guide-entra-reply-1"),
    (Provider::Entra, "destination", "guide-entra-reply-1"),
    (Provider::Okta, "issuer", "guide-okta-trap-issuer"),
    (Provider::Okta, "recipient", "guide-okta-acs-1"),
    (Provider::Okta, "destination", "guide-okta-acs-1"),
    (Provider::Okta, "email-missing", "guide-okta-attributes-1"),
    (
        Provider::Okta,
        "signature-mismatch",
        "guide-okta-certificate-next",
    ),
    (Provider::OneLogin, "sha1", "guide-onelogin-trap-sha1"),
    (
        Provider::OneLogin,
        "other-connection",
        "guide-onelogin-trap-initiator",
    ),
    (
        Provider::OneLogin,
        "signature-mismatch",
        "guide-onelogin-certificate-next",
    ),
    (Provider::PingOne, "status", "guide-pingone-trap-toggle"),
    (Provider::PingOne, "recipient", "guide-pingone-trap-list"),
    (
        Provider::PingFederate,
        "issuer",
        "guide-pingfederate-trap-virtual",
    ),
    (Provider::Google, "audience", "guide-google-trap-case"),
    (
        Provider::Google,
        "signature-mismatch",
        "guide-google-certificate-next",
    ),
    (Provider::Adfs, "no-subject", "guide-adfs-trap-rules"),
    (Provider::Adfs, "email-missing", "guide-adfs-trap-rules"),
    (
        Provider::Adfs,
        "cbc-not-accepted",
        "guide-adfs-trap-encryption",
    ),
    (Provider::Adfs, "too-early", "guide-adfs-trap-clock"),
    (Provider::Adfs, "issuer", "guide-adfs-trap-issuer"),
    (
        Provider::Adfs,
        "signature-mismatch",
        "guide-adfs-certificate-next",
    ),
    (Provider::JumpCloud, "issuer", "guide-jumpcloud-trap-entity"),
    (Provider::Auth0, "too-early", "guide-auth0-trap-clock"),
    (Provider::Auth0, "sha1", "guide-auth0-trap-sha1"),
    (
        Provider::Keycloak,
        "form-field-missing",
        "guide-keycloak-trap-binding",
    ),
    (
        Provider::Shibboleth,
        "transient-subject",
        "guide-shibboleth-trap-transient",
    ),
];

/// The keys of the product's quirks that cause an error with this code.
pub(super) fn quirks(provider: Provider, code: &str) -> impl Iterator<Item = &'static str> {
    let matches =
        move |(product, error, _): &&(Provider, &str, &str)| *product == provider && *error == code;
    QUIRKS.iter().filter(matches).map(|(_, _, key)| *key)
}

#[test]
fn every_quirk_has_a_text_and_a_code() {
    use i18n::{Language, Localizer};
    for (provider, code, key) in QUIRKS {
        assert!(Localizer::new(Language::English).has(key), "{key}");
        assert!(super::cause::causes(code).is_some(), "{code}");
        assert!(key.contains(provider.as_str()), "{key}");
    }
}
