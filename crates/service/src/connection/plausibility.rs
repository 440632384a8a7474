//! Warnings about values that are valid, and yet probably not what the administrator meant.

use runtime::app::App;
use store::{Connection, ConnectionSettings, Provider};
use url::Url;

use super::acs_address::{acs_url, sp_metadata_url};
use super::provider_detection::{by_issuer, by_sign_on_url};
use super::warning::Warning;

pub(super) fn warnings(app: &App, connection: &Connection) -> Vec<Warning> {
    let settings = &connection.settings;
    if settings.issuer.is_empty() {
        return Vec::new();
    }
    [
        swapped_values(settings),
        own_address(app, connection),
        entra_issuer_without_slash(settings),
        open_tenant(settings),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The issuer and the sign-on URL are swapped, or the URL of the metadata stands in place of one of them.
fn swapped_values(settings: &ConnectionSettings) -> Option<Warning> {
    let ConnectionSettings {
        issuer,
        sign_on_url,
        ..
    } = settings;
    if issuer == sign_on_url {
        return None;
    }
    let is_issuer = is_entity_id_of_product(sign_on_url);
    let is_sign_on_url = by_issuer(issuer).is_none() && is_sign_on_address(issuer);
    if is_issuer || (is_sign_on_url && !is_sign_on_address(sign_on_url)) {
        return Some(Warning::new(
            "issuer-and-url-swapped",
            format!(
                "the issuer {issuer} and the sign-on URL {sign_on_url} look swapped; compare them with the identity provider"
            ),
        ));
    }
    is_metadata_address(sign_on_url).then(|| {
        Warning::new(
            "sign-on-url-is-metadata",
            format!("the sign-on URL {sign_on_url} looks like the URL of metadata; sign-ins would open it"),
        )
    })
}

/// Whether the address is an entity ID of a product and leads to no page.
fn is_entity_id_of_product(address: &str) -> bool {
    [
        "https://sts.windows.net/",
        "http://www.okta.com/",
        "https://app.onelogin.com/saml/metadata/",
    ]
    .iter()
    .any(|prefix| address.starts_with(prefix))
        || address.ends_with("/adfs/services/trust")
        || address.ends_with("/idp/shibboleth")
}

fn is_sign_on_address(address: &str) -> bool {
    const ENDS: [&str; 10] = [
        "/saml2",
        "/sso",
        "/sso/saml",
        "/saml/sso",
        "/saml2/sso",
        "/login",
        "/adfs/ls",
        "/protocol/saml",
        "/sso.saml2",
        "/ssoservice.php",
    ];
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    by_sign_on_url(address).is_some() || ENDS.iter().any(|end| path.ends_with(end))
}

fn is_metadata_address(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    [
        "/metadata",
        "/metadata.xml",
        "/federationmetadata.xml",
        "/metadata.php",
        "/descriptor",
    ]
    .iter()
    .any(|end| path.ends_with(end))
}

/// An address of this server, which the administrator should enter at the identity provider.
fn own_address(app: &App, connection: &Connection) -> Option<Warning> {
    let own = [acs_url(app, connection), sp_metadata_url(app, connection)];
    let base = format!("{}/", app.config.public_url);
    let is_own = |value: &&String| own.contains(value) || value.starts_with(&base);
    let found = [
        &connection.settings.issuer,
        &connection.settings.sign_on_url,
    ]
    .into_iter()
    .find(is_own)?;
    Some(Warning::new(
        "own-address",
        format!("{found} is an address of this server; enter the identity provider's value"),
    ))
}

/// Entra ID's issuer ends with a slash, and is compared exactly.
fn entra_issuer_without_slash(settings: &ConnectionSettings) -> Option<Warning> {
    let tenant = settings.issuer.strip_prefix("https://sts.windows.net/")?;
    (!tenant.contains('/')).then(|| {
        Warning::new(
            "entra-issuer-slash",
            format!(
                "Entra ID's issuer ends with a slash: {}/ instead of {}",
                settings.issuer, settings.issuer
            ),
        )
    })
}

/// Microsoft's sign-on URL for the users of any tenant.
fn open_tenant(settings: &ConnectionSettings) -> Option<Warning> {
    let is_open = ["/common/", "/organizations/", "/consumers/"]
        .iter()
        .any(|tenant| settings.sign_on_url.contains(tenant));
    let is_entra = by_sign_on_url(&settings.sign_on_url) == Some(Provider::Entra);
    (is_open && is_entra).then(|| {
        Warning::new(
            "entra-open-tenant",
            format!(
                "the sign-on URL {} is that of all tenants; use the Login URL of your own tenant",
                settings.sign_on_url
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::okta("http://www.okta.com/exk1", true)]
    #[case::entra("https://sts.windows.net/8c6e/", true)]
    #[case::sign_on("https://acme.okta.com/app/a/exk1/sso/saml", false)]
    fn an_entity_id_of_a_product_is_recognized(#[case] address: &str, #[case] is_issuer: bool) {
        assert_eq!(is_entity_id_of_product(address), is_issuer);
    }

    #[rstest]
    #[case::entra("https://login.microsoftonline.com/8c6e/saml2", true)]
    #[case::simplesamlphp("https://idp.example/saml2/idp/SSOService.php", true)]
    #[case::own("https://idp.example/sso/", true)]
    #[case::metadata("https://idp.example/metadata", false)]
    #[case::name("urn:example:idp", false)]
    fn a_sign_on_address_is_recognized(#[case] address: &str, #[case] is_sign_on: bool) {
        assert_eq!(is_sign_on_address(address), is_sign_on);
    }
}
