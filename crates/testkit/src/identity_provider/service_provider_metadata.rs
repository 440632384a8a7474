use axum::http::{Request, StatusCode};
use saml::xml::{Document, Element, Limits, Namespace, Profile, Source};
use url::Url;

use crate::loopback;

/// What a service provider's metadata says that an identity provider has to know.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ServiceProviderMetadata {
    pub(super) entity_id: String,
    pub(super) acs_url: String,
}

/// Reads what stands at an address of this machine; nothing when that is no service provider's metadata.
pub(super) async fn fetch(address: &str) -> Option<ServiceProviderMetadata> {
    let url = Url::parse(address).ok()?;
    let answer = loopback::send(&url, Request::get("/"), String::new())
        .await
        .ok()?;
    (answer.status == StatusCode::OK).then_some(())?;
    read(&answer.body)
}

fn read(text: &str) -> Option<ServiceProviderMetadata> {
    let source = Source::new(text.as_bytes(), &Limits::METADATA).ok()?;
    let document = Document::read(&source, Profile::Document, &Limits::METADATA).ok()?;
    let root = document.root();
    let is = |element: &Element<'_>, local| element.is(Namespace::MD, local);
    is(&root, "EntityDescriptor").then_some(())?;
    let role = root.children().find(|one| is(one, "SPSSODescriptor"))?;
    let acs = role
        .children()
        .find(|one| is(one, "AssertionConsumerService"))?;
    Some(ServiceProviderMetadata {
        entity_id: root.attribute("entityID")?.to_owned(),
        acs_url: acs.attribute("Location")?.to_owned(),
    })
}

#[test]
fn only_metadata_of_a_service_provider_is_read() {
    let metadata = |role: &str| {
        format!(
            "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://sp.example\">\
             <md:{role}><md:AssertionConsumerService Location=\"https://sp.example/acs\"/></md:{role}>\
             </md:EntityDescriptor>"
        )
    };
    let expected = ServiceProviderMetadata {
        entity_id: "https://sp.example".to_owned(),
        acs_url: "https://sp.example/acs".to_owned(),
    };
    assert_eq!(read(&metadata("SPSSODescriptor")), Some(expected));
    for other in [
        metadata("IDPSSODescriptor"),
        "<html/>".to_owned(),
        "no XML".to_owned(),
    ] {
        assert_eq!(read(&other), None, "{other}");
    }
}
