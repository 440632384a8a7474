//! Detects the product of an identity provider by its entity ID and its sign-on URL.

use store::Provider;
use url::Url;

/// The product, by the entity ID or else by the sign-on URL.
pub(super) fn detect_provider(issuer: &str, sign_on_url: &str) -> Option<Provider> {
    by_issuer(issuer).or_else(|| by_sign_on_url(sign_on_url))
}

pub(super) fn by_issuer(issuer: &str) -> Option<Provider> {
    let starts_with_any =
        |prefixes: &[&str]| prefixes.iter().any(|prefix| issuer.starts_with(prefix));
    let found = if starts_with_any(&[
        "https://sts.windows.net/",
        "https://login.microsoftonline.",
        "https://login.partner.microsoftonline.cn/",
        "https://sts.chinacloudapi.cn/",
    ]) {
        Provider::Entra
    } else if starts_with_any(&["http://www.okta.com/", "https://www.okta.com/"]) {
        Provider::Okta
    } else if starts_with_any(&["https://app.onelogin.com/saml/metadata/"]) {
        Provider::OneLogin
    } else if starts_with_any(&["https://auth.pingone."]) {
        Provider::PingOne
    } else if starts_with_any(&["https://accounts.google.com/o/saml2"]) {
        Provider::Google
    } else if issuer.ends_with("/adfs/services/trust") {
        Provider::Adfs
    } else if starts_with_any(&["urn:"]) && issuer.ends_with(".auth0.com") {
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

/// With some products, an administrator chooses the entity ID, and the sign-on URL alone is the product's.
pub(super) fn by_sign_on_url(sign_on_url: &str) -> Option<Provider> {
    let url = Url::parse(sign_on_url).ok()?;
    let (host, path) = (url.host_str()?, url.path());
    let is_at = |domain: &str| {
        host == domain
            || host
                .strip_suffix(domain)
                .is_some_and(|prefix| prefix.ends_with('.'))
    };
    let found = if host.starts_with("login.microsoftonline.") {
        Provider::Entra
    } else if (is_at("okta.com") || is_at("oktapreview.com") || is_at("okta-emea.com"))
        && path.contains("/sso/saml")
    {
        Provider::Okta
    } else if is_at("onelogin.com") {
        Provider::OneLogin
    } else if host.starts_with("auth.pingone.") {
        Provider::PingOne
    } else if is_at("jumpcloud.com") {
        Provider::JumpCloud
    } else if host == "accounts.google.com" {
        Provider::Google
    } else if is_at("auth0.com") {
        Provider::Auth0
    } else if path.starts_with("/adfs/ls") {
        Provider::Adfs
    } else if path.ends_with("/protocol/saml") && path.contains("/realms/") {
        Provider::Keycloak
    } else if path.ends_with("/idp/SSO.saml2") {
        Provider::PingFederate
    } else if path.contains("/profile/SAML2/") {
        Provider::Shibboleth
    } else {
        return None;
    };
    Some(found)
}

/// Whether [`by_issuer`] recognizes the usual entity IDs of a product. With the other products, an administrator
/// chooses the entity ID.
pub(super) fn has_known_issuers(provider: Provider) -> bool {
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::entra("https://sts.windows.net/8c6e…/", Some(Provider::Entra))]
    #[case::okta("http://www.okta.com/exk1", Some(Provider::Okta))]
    #[case::onelogin("https://app.onelogin.com/saml/metadata/1", Some(Provider::OneLogin))]
    #[case::pingone("https://auth.pingone.eu/1", Some(Provider::PingOne))]
    #[case::google("https://accounts.google.com/o/saml2?idpid=C1", Some(Provider::Google))]
    #[case::adfs("http://fs.acme.example/adfs/services/trust", Some(Provider::Adfs))]
    #[case::auth0("urn:acme.eu.auth0.com", Some(Provider::Auth0))]
    #[case::keycloak("https://sso.acme.example/realms/staff", Some(Provider::Keycloak))]
    #[case::shibboleth("https://idp.acme.example/idp/shibboleth", Some(Provider::Shibboleth))]
    #[case::unknown_url("https://idp.acme.example/metadata", None)]
    #[case::unknown_name("Jumpcloud", None)]
    fn detects_the_product_of_an_issuer(#[case] issuer: &str, #[case] product: Option<Provider>) {
        assert_eq!(by_issuer(issuer), product);
    }

    #[rstest]
    #[case::entra("https://login.microsoftonline.com/8c6e/saml2", Some(Provider::Entra))]
    #[case::okta("https://acme.okta.com/app/acme_1/exk1/sso/saml", Some(Provider::Okta))]
    #[case::jumpcloud("https://sso.jumpcloud.com/saml2/acme", Some(Provider::JumpCloud))]
    #[case::pingfederate("https://sso.acme.example/idp/SSO.saml2", Some(Provider::PingFederate))]
    #[case::shibboleth(
        "https://idp.acme.example/idp/profile/SAML2/Redirect/SSO",
        Some(Provider::Shibboleth)
    )]
    #[case::other_domain("https://notokta.com/sso/saml", None)]
    #[case::unknown("https://idp.acme.example/sso", None)]
    #[case::no_url("", None)]
    fn detects_the_product_of_a_sign_on_url(#[case] url: &str, #[case] product: Option<Provider>) {
        assert_eq!(by_sign_on_url(url), product);
    }
}
