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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn metadata(role: &str) -> String {
        format!(
            "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://sp.example\">\
             <md:{role}><md:AssertionConsumerService Location=\"https://sp.example/acs\"/></md:{role}>\
             </md:EntityDescriptor>"
        )
    }

    #[test]
    fn the_metadata_of_a_service_provider_is_parsed() {
        let expected = ServiceProviderMetadata {
            entity_id: "https://sp.example".to_owned(),
            acs_url: "https://sp.example/acs".to_owned(),
        };
        assert_eq!(parse(&metadata("SPSSODescriptor")), Some(expected));
    }

    #[rstest]
    #[case::identity_provider(&metadata("IDPSSODescriptor"))]
    #[case::html("<html/>")]
    #[case::not_xml("not XML")]
    fn other_documents_are_not_parsed(#[case] document: &str) {
        assert_eq!(parse(document), None);
    }
}
