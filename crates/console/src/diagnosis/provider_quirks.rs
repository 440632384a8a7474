//! What a product does by itself that ends in a refusal: the traps of its guide, each with the code to which it leads.

use store::Provider;

const HABITS: [(Provider, &str, &str); 31] = [
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

/// The keys of what this product does that ends in a refusal with this code.
pub(super) fn of(provider: Provider, code: &str) -> impl Iterator<Item = &'static str> {
    let fits = move |(whose, leads_to, _): &&(Provider, &str, &str)| {
        *whose == provider && *leads_to == code
    };
    HABITS.iter().filter(fits).map(|(_, _, key)| *key)
}

#[test]
fn every_habit_is_said_and_leads_to_a_code() {
    use i18n::{Language, Localizer};
    for (provider, code, key) in HABITS {
        assert!(Localizer::new(Language::English).has(key), "{key}");
        assert!(super::cause::of(code).is_some(), "{code}");
        assert!(key.contains(provider.as_str()), "{key}");
    }
}
