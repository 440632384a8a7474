//! Detects the product of an identity provider by its entity ID.

use store::Provider;

pub(super) fn detect_provider(issuer: &str) -> Option<Provider> {
    let starts_with_any =
        |prefixes: &[&str]| prefixes.iter().any(|prefix| issuer.starts_with(prefix));
    let found = if starts_with_any(&[
        "https://sts.windows.net/",
        "https://login.microsoftonline.com/",
    ]) {
        Provider::Entra
    } else if starts_with_any(&["http://www.okta.com/"]) {
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

/// Whether [`detect_provider`] recognizes the usual entity IDs of a product. With the other products, an administrator
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
        assert_eq!(detect_provider(issuer), product);
    }
}
