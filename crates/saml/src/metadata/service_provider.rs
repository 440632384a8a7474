use jiff::Timestamp;

use super::Binding;
use crate::certificate::Certificate;
use crate::location::Location;
use crate::sign::key_info;
use crate::write::{ElementBuilder, ForbiddenCharacter, Vocabulary};
use crate::xs_date_time::format_xs_date_time;

/// The service provider's own metadata.
#[derive(Clone, Copy, Debug)]
pub struct ServiceProvider<'p> {
    pub entity_id: &'p str,
    /// The assertion consumer service URLs; the first is the default.
    pub acs_urls: &'p [Location],
    /// The signing certificates: the current one and, during rotation, the next.
    pub signing: &'p [Certificate],
    /// The encryption certificates, the preferred one first. If there is one, some identity providers always encrypt.
    pub encryption: &'p [Certificate],
    pub signs_requests: bool,
    /// The assertion itself must be signed, not only the response.
    pub wants_signed_assertions: bool,
    /// AES-CBC is accepted in addition to AES-GCM.
    pub accepts_cbc: bool,
    /// Empty if any format is accepted.
    pub name_id_formats: &'p [&'p str],
    pub organization: Option<Organization<'p>>,
    /// The first instant at which the metadata is not valid any more.
    pub valid_until: Option<Timestamp>,
}

/// The operator of the service, in English.
#[derive(Clone, Copy, Debug)]
pub struct Organization<'p> {
    pub name: &'p str,
    pub url: &'p Location,
}

const SAML2: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

const GCM: [&str; 3] = [
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "http://www.w3.org/2009/xmlenc11#aes192-gcm",
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
];
const CBC: [&str; 3] = [
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes192-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
];

impl ServiceProvider<'_> {
    pub fn write(&self) -> Result<String, ForbiddenCharacter> {
        let mut entity = md("EntityDescriptor")
            .attribute("entityID", self.entity_id)
            .child(self.role());
        if let Some(until) = self.valid_until {
            entity = entity.attribute("validUntil", format_xs_date_time(until));
        }
        if let Some(organization) = self.organization {
            entity = entity.child(organization.element());
        }
        Ok(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n",
            entity.write()?
        ))
    }

    /// The children are in the order of the schema.
    fn role(&self) -> ElementBuilder {
        let formats = self
            .name_id_formats
            .iter()
            .map(|format| md("NameIDFormat").text(*format));
        md("SPSSODescriptor")
            .attribute("protocolSupportEnumeration", SAML2)
            .attribute("AuthnRequestsSigned", self.signs_requests.to_string())
            .attribute(
                "WantAssertionsSigned",
                self.wants_signed_assertions.to_string(),
            )
            .children(
                self.signing
                    .iter()
                    .map(|certificate| key("signing", certificate)),
            )
            .children(
                self.encryption
                    .iter()
                    .map(|certificate| self.encryption_key(certificate)),
            )
            .children(formats)
            .children(
                self.acs_urls
                    .iter()
                    .enumerate()
                    .map(|(index, location)| assertion_consumer_service(index, location)),
            )
    }

    fn encryption_key(&self, certificate: &Certificate) -> ElementBuilder {
        let cbc: &[&str] = if self.accepts_cbc { &CBC } else { &[] };
        let ciphers = GCM
            .iter()
            .chain(cbc)
            .map(|uri| md("EncryptionMethod").attribute("Algorithm", *uri));
        key("encryption", certificate)
            .children(ciphers)
            .child(oaep())
    }
}

fn key(usage: &str, certificate: &Certificate) -> ElementBuilder {
    md("KeyDescriptor")
        .attribute("use", usage)
        .child(key_info(certificate))
}

/// Names the digest, because a sender might otherwise use SHA-256 for the digest only, which is not supported. The
/// variant of XML Encryption 1.1 is supported, but many products validate with schemas that lack its element.
fn oaep() -> ElementBuilder {
    let digest = ElementBuilder::new(Vocabulary::Ds, "DigestMethod")
        .attribute("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1");
    md("EncryptionMethod")
        .attribute(
            "Algorithm",
            "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
        )
        .child(digest)
}

fn assertion_consumer_service(index: usize, location: &Location) -> ElementBuilder {
    md("AssertionConsumerService")
        .attribute("Binding", Binding::Post.uri())
        .attribute("Location", location.as_str())
        .attribute("index", index.to_string())
        .attribute("isDefault", (index == 0).to_string())
}

impl Organization<'_> {
    fn element(self) -> ElementBuilder {
        let english =
            |name, text: &str| md(name).qualified(Vocabulary::Xml, "lang", "en").text(text);
        md("Organization")
            .child(english("OrganizationName", self.name))
            .child(english("OrganizationDisplayName", self.name))
            .child(english("OrganizationURL", self.url.as_str()))
    }
}

const fn md(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Md, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::{IdentityProvider, MetadataError, MetadataOptions};
    use crate::pem;

    fn parse_certificate(text: &str) -> Certificate {
        let block = pem::blocks(text).first().copied().unwrap();
        Certificate::from_der(&pem::decode(block.body).unwrap()).unwrap()
    }

    fn parse_location(text: &str) -> Location {
        Location::parse(text).unwrap()
    }

    fn write_metadata(accepts_cbc: bool) -> String {
        let next = parse_certificate(include_str!("../../tests/fixtures-keys/rsa-2048.crt"));
        let current = parse_certificate(include_str!("../../tests/fixtures-keys/rsa-3072.crt"));
        let acs_urls = [
            parse_location("https://auth.example.com/saml/con_a/acs"),
            parse_location("https://sso.example.com/old?tenant=1&x=2"),
        ];
        let provider = ServiceProvider {
            entity_id: "https://auth.example.com/auth/realms/Chatlayer",
            acs_urls: &acs_urls,
            signing: &[current.clone(), next.clone()],
            encryption: &[next],
            signs_requests: true,
            wants_signed_assertions: false,
            accepts_cbc,
            name_id_formats: &["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
            organization: Some(Organization {
                name: "Acme & Söhne",
                url: &parse_location("https://example.com/"),
            }),
            valid_until: Some(Timestamp::constant(1_900_000_000, 0)),
        };
        provider.write().unwrap()
    }

    /// The file was validated against the OASIS schema when it was made.
    #[test]
    fn the_metadata_is_valid_by_the_schema() {
        assert_eq!(
            write_metadata(true),
            include_str!("../../tests/fixtures-metadata/service-provider.xml")
        );
    }

    #[test]
    fn cbc_is_offered_only_if_it_is_accepted() {
        assert!(write_metadata(true).contains("#aes256-cbc"));
        assert!(!write_metadata(false).contains("-cbc"));
    }

    #[test]
    fn service_provider_metadata_is_rejected_as_identity_provider_metadata() {
        let error = IdentityProvider::parse(
            write_metadata(false).as_bytes(),
            &MetadataOptions::new(Timestamp::UNIX_EPOCH),
        );
        let entity_id = "https://auth.example.com/auth/realms/Chatlayer".to_owned();
        assert_eq!(error, Err(MetadataError::ServiceProvider { entity_id }));
    }
}
