use hyper::{Request, StatusCode};
use saml::xml::{Document, Element, Limits, Namespace, Profile, Source};
use url::Url;

use crate::loopback;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct ServiceProviderMetadata {
    pub(super) entity_id: String,
    pub(super) acs_url: String,
}

/// Fetches metadata from a URL on this machine; none when the response is not the metadata of a service provider.
pub(super) async fn fetch(url: &str) -> Option<ServiceProviderMetadata> {
    let url = Url::parse(url).ok()?;
    let response = loopback::send(&url, Request::new(String::new()))
        .await
        .ok()?;
    if response.status() != StatusCode::OK {
        return None;
    }
    parse(response.body())
}

fn parse(text: &str) -> Option<ServiceProviderMetadata> {
    let source = Source::new(text.as_bytes(), &Limits::METADATA).ok()?;
    let document = Document::parse(&source, Profile::Document, &Limits::METADATA).ok()?;
    let root = document.root();
    let is = |element: &Element<'_>, local| element.is(Namespace::MD, local);
    if !is(&root, "EntityDescriptor") {
        return None;
    }
    let role = root.children().find(|child| is(child, "SPSSODescriptor"))?;
    let acs = role
        .children()
        .find(|child| is(child, "AssertionConsumerService"))?;
    Some(ServiceProviderMetadata {
        entity_id: root.attribute("entityID")?.to_owned(),
        acs_url: acs.attribute("Location")?.to_owned(),
    })
}

#[test]
fn only_the_metadata_of_a_service_provider_is_parsed() {
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
    assert_eq!(parse(&metadata("SPSSODescriptor")), Some(expected));
    for other in [
        metadata("IDPSSODescriptor"),
        "<html/>".to_owned(),
        "not XML".to_owned(),
    ] {
        assert_eq!(parse(&other), None, "{other}");
    }
}
