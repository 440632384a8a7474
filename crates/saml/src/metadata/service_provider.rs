use super::Binding;
use crate::certificate::Certificate;
use crate::location::Location;
use crate::sign::key_info;
use crate::timestamp::Timestamp;
use crate::write::{Element, ForbiddenCharacter, Vocabulary};

/// What our own metadata says to an identity provider.
#[derive(Clone, Copy, Debug)]
pub struct ServiceProvider<'p> {
    /// Our name.
    pub entity_id: &'p str,
    /// Where responses are posted; the first is the default.
    pub acs_urls: &'p [Location],
    /// The certificates with which our signatures can be checked: the current one and the next.
    pub signing: &'p [Certificate],
    /// The certificates with which assertions can be encrypted for us, the preferred one first. With none,
    /// nobody encrypts; with one, some identity providers always do.
    pub encryption: &'p [Certificate],
    /// Our requests are signed.
    pub signs_requests: bool,
    /// The assertion itself has to be signed, not only the response around it.
    pub wants_signed_assertions: bool,
    /// AES-CBC is accepted besides AES-GCM.
    pub accepts_cbc: bool,
    /// The kinds of names that we can work with; none says that any will do.
    pub name_id_formats: &'p [&'p str],
    /// Who we are, for people.
    pub organization: Option<Organization<'p>>,
    /// The first second at which this is no longer valid.
    pub valid_until: Option<Timestamp>,
}

/// Who runs the service, for people, in English.
#[derive(Clone, Copy, Debug)]
pub struct Organization<'p> {
    /// Its name.
    pub name: &'p str,
    /// Its address.
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
    /// Writes the document.
    pub fn write(&self) -> Result<String, ForbiddenCharacter> {
        let mut entity = md("EntityDescriptor")
            .attribute("entityID", self.entity_id)
            .child(self.role());
        if let Some(until) = self.valid_until {
            entity = entity.attribute("validUntil", until.to_string());
        }
        if let Some(organization) = self.organization {
            entity = entity.child(organization.element());
        }
        Ok(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n",
            entity.write()?
        ))
    }

    /// The children stand in the order that the schema demands.
    fn role(&self) -> Element {
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
                    .map(assertion_consumer_service),
            )
    }

    fn encryption_key(&self, certificate: &Certificate) -> Element {
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

fn key(usage: &str, certificate: &Certificate) -> Element {
    md("KeyDescriptor")
        .attribute("use", usage)
        .child(key_info(certificate))
}

/// The digest is said, because a sender might take SHA-256 for the digest alone, which we cannot open. The form of
/// XML Encryption 1.1, which we could, needs an element that the schemas many programs validate with do not know.
fn oaep() -> Element {
    let digest = Element::new(Vocabulary::Ds, "DigestMethod")
        .attribute("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1");
    md("EncryptionMethod")
        .attribute(
            "Algorithm",
            "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
        )
        .child(digest)
}

fn assertion_consumer_service((index, location): (usize, &Location)) -> Element {
    md("AssertionConsumerService")
        .attribute("Binding", Binding::Post.uri())
        .attribute("Location", location.as_str())
        .attribute("index", index.to_string())
        .attribute("isDefault", (index == 0).to_string())
}

impl Organization<'_> {
    fn element(self) -> Element {
        let english =
            |name, text: &str| md(name).qualified(Vocabulary::Xml, "lang", "en").text(text);
        md("Organization")
            .child(english("OrganizationName", self.name))
            .child(english("OrganizationDisplayName", self.name))
            .child(english("OrganizationURL", self.url.as_str()))
    }
}

const fn md(name: &'static str) -> Element {
    Element::new(Vocabulary::Md, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::{IdentityProvider, MetadataError, Reading};
    use crate::pem;

    fn certificate(text: &str) -> Certificate {
        let block = pem::blocks(text).first().copied().unwrap();
        Certificate::from_der(&pem::decode(block.body).unwrap()).unwrap()
    }

    fn location(text: &str) -> Location {
        Location::parse(text).unwrap()
    }

    fn written(accepts_cbc: bool) -> String {
        let next = certificate(include_str!("../../tests/fixtures-keys/rsa-2048.crt"));
        let current = certificate(include_str!("../../tests/fixtures-keys/rsa-3072.crt"));
        let acs_urls = [
            location("https://auth.example.com/saml/con_a/acs"),
            location("https://sso.example.com/old?tenant=1&x=2"),
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
                url: &location("https://example.com/"),
            }),
            valid_until: Some(Timestamp::from_unix_seconds(1_900_000_000)),
        };
        provider.write().unwrap()
    }

    /// The file was validated against the OASIS schema when it was made.
    #[test]
    fn our_metadata_is_the_document_that_the_schema_has_approved() {
        assert_eq!(
            written(true),
            include_str!("../../tests/fixtures-metadata/service-provider.xml")
        );
    }

    #[test]
    fn cbc_is_offered_only_where_it_is_accepted() {
        assert!(written(true).contains("#aes256-cbc"));
        assert!(!written(false).contains("-cbc"));
    }

    #[test]
    fn our_own_metadata_is_not_an_identity_providers() {
        let refused = IdentityProvider::read(
            written(false).as_bytes(),
            &Reading::at(Timestamp::from_unix_seconds(0)),
        );
        let entity_id = "https://auth.example.com/auth/realms/Chatlayer".to_owned();
        assert_eq!(refused, Err(MetadataError::ServiceProvider { entity_id }));
    }
}
