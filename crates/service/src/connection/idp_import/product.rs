//! Which product an issuer belongs to, as far as products give themselves away.

use store::Provider;

/// The product whose issuers look like this one.
pub(super) fn of_issuer(issuer: &str) -> Option<Provider> {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|one| issuer.starts_with(one));
    let found = if begins(&[
        "https://sts.windows.net/",
        "https://login.microsoftonline.com/",
    ]) {
        Provider::Entra
    } else if begins(&["http://www.okta.com/"]) {
        Provider::Okta
    } else if begins(&["https://app.onelogin.com/saml/metadata/"]) {
        Provider::OneLogin
    } else if begins(&["https://auth.pingone."]) {
        Provider::PingOne
    } else if begins(&["https://accounts.google.com/o/saml2"]) {
        Provider::Google
    } else if issuer.ends_with("/adfs/services/trust") {
        Provider::Adfs
    } else if begins(&["urn:"]) && issuer.ends_with(".auth0.com") {
        Provider::Auth0
    } else if issuer.contains("/realms/") {
        Provider::Keycloak
    } else if issuer.ends_with("/idp/shibboleth") {
        Provider::Shibboleth
    } else {
        return None;
    };
    Some(found)
}

/// Whether an issuer that gives no product away is unusual for this one. With the others an administrator chooses it.
pub(super) fn has_other_names(provider: Provider) -> bool {
    match provider {
        Provider::Entra
        | Provider::Okta
        | Provider::OneLogin
        | Provider::PingOne
        | Provider::Google
        | Provider::Adfs
        | Provider::Keycloak => true,
        Provider::PingFederate
        | Provider::JumpCloud
        | Provider::Auth0
        | Provider::Shibboleth
        | Provider::Other => false,
    }
}

#[test]
fn issuers_give_their_product_away() {
    for (issuer, product) in [
        ("https://sts.windows.net/8c6e…/", Some(Provider::Entra)),
        ("http://www.okta.com/exk1", Some(Provider::Okta)),
        (
            "https://app.onelogin.com/saml/metadata/1",
            Some(Provider::OneLogin),
        ),
        ("https://auth.pingone.eu/1", Some(Provider::PingOne)),
        (
            "https://accounts.google.com/o/saml2?idpid=C1",
            Some(Provider::Google),
        ),
        (
            "http://fs.acme.example/adfs/services/trust",
            Some(Provider::Adfs),
        ),
        ("urn:acme.eu.auth0.com", Some(Provider::Auth0)),
        (
            "https://sso.acme.example/realms/staff",
            Some(Provider::Keycloak),
        ),
        (
            "https://idp.acme.example/idp/shibboleth",
            Some(Provider::Shibboleth),
        ),
        ("https://idp.acme.example/metadata", None),
        ("Jumpcloud", None),
    ] {
        assert_eq!(of_issuer(issuer), product, "{issuer}");
    }
}
