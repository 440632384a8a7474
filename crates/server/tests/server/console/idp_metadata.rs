//! Metadata of an identity provider.

use test_support::{IDP_ENTITY_ID, IDP_SIGN_ON_URL, idp_certificate};

use crate::manual_connection::key_file;

const METADATA: &str = r#"<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.acme.example/realms/staff"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>CERTIFICATE</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.acme.example/slo"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.acme.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>"#;

/// The metadata of the practice identity provider.
pub(crate) fn practice_idp_metadata() -> String {
    METADATA
        .replace("https://idp.acme.example/realms/staff", IDP_ENTITY_ID)
        .replace("https://idp.acme.example/sso", IDP_SIGN_ON_URL)
        .replace("CERTIFICATE", &idp_certificate())
}

/// The metadata of a Keycloak server with this certificate of the crate `saml`.
pub(crate) fn idp_metadata(certificate: &str) -> String {
    let base64: String = key_file(certificate)
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    METADATA.replace("CERTIFICATE", &base64)
}
