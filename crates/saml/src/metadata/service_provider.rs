use jiff::{SignedDuration, Timestamp};

use super::Binding;
use crate::certificate::Certificate;
use crate::location::Location;
use crate::sign::{SignError, Signer, key_info};
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
    /// The name of the service for users, in English.
    pub display_name: Option<&'p str>,
    pub organization: Option<Organization<'p>>,
    /// The email address for questions of the identity provider's administrators.
    pub support_email: Option<&'p str>,
    /// How long an identity provider may use a copy.
    pub cache_duration: Option<SignedDuration>,
    /// The first instant at which the metadata is not valid any more.
    pub valid_until: Option<Timestamp>,
}

/// Why metadata could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub enum WriteMetadataError {
    Character(#[from] ForbiddenCharacter),
    Signing(#[from] SignError),
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

/// The signatures that are accepted, the preferred algorithm first.
const SIGNATURES: [&str; 6] = [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
];
const DIGESTS: [&str; 3] = [
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
];

/// The digests of RSA-OAEP that are published, the one that every product has first. Every pair of hashes is accepted.
const OAEP_DIGESTS: [&str; 2] = [
    "http://www.w3.org/2000/09/xmldsig#sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256",
];

/// The ID of the signed element. It is unique in the document, which is all that an ID has to be.
const ID: &str = "_metadata";

impl ServiceProvider<'_> {
    pub fn write(&self) -> Result<String, WriteMetadataError> {
        document(&self.element())
    }

    /// The metadata with an enveloped signature (saml-metadata 3).
    pub fn write_signed(&self, signer: &Signer) -> Result<String, WriteMetadataError> {
        let entity = self.element().attribute("ID", ID);
        let signature = signer.signature(&entity, ID)?;
        document(&entity.child_first(signature))
    }

    /// The children are in the order of the schema.
    fn element(&self) -> ElementBuilder {
        let mut entity = md("EntityDescriptor")
            .attribute("entityID", self.entity_id)
            .child(self.role());
        if let Some(until) = self.valid_until {
            entity = entity.attribute("validUntil", format_xs_date_time(until));
        }
        if let Some(duration) = self.cache_duration {
            entity = entity.attribute("cacheDuration", format!("PT{}S", duration.as_secs()));
        }
        if let Some(organization) = self.organization {
            entity = entity.child(organization.element());
        }
        if let Some(email) = self.support_email {
            let address = md("EmailAddress").text(format!("mailto:{email}"));
            let contact = md("ContactPerson").attribute("contactType", "support");
            entity = entity.child(contact.child(address));
        }
        entity
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
            .child(self.extensions())
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

    /// The accepted signatures, and the name of the service.
    fn extensions(&self) -> ElementBuilder {
        let supported = |name, uri: &&str| {
            ElementBuilder::new(Vocabulary::Alg, name).attribute("Algorithm", *uri)
        };
        let extensions = md("Extensions")
            .children(DIGESTS.iter().map(|uri| supported("DigestMethod", uri)))
            .children(SIGNATURES.iter().map(|uri| supported("SigningMethod", uri)));
        let Some(name) = self.display_name else {
            return extensions;
        };
        let display_name = ElementBuilder::new(Vocabulary::Mdui, "DisplayName")
            .qualified(Vocabulary::Xml, "lang", "en")
            .text(name);
        extensions.child(ElementBuilder::new(Vocabulary::Mdui, "UIInfo").child(display_name))
    }

    fn encryption_key(&self, certificate: &Certificate) -> ElementBuilder {
        let cbc: &[&str] = if self.accepts_cbc { &CBC } else { &[] };
        let ciphers = GCM
            .iter()
            .chain(cbc)
            .map(|uri| md("EncryptionMethod").attribute("Algorithm", *uri));
        key("encryption", certificate)
            .children(ciphers)
            .children(OAEP_DIGESTS.iter().map(|digest| oaep(digest)))
    }
}

fn document(entity: &ElementBuilder) -> Result<String, WriteMetadataError> {
    let xml = entity.write()?;
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}\n"
    ))
}

fn key(usage: &str, certificate: &Certificate) -> ElementBuilder {
    md("KeyDescriptor")
        .attribute("use", usage)
        .child(key_info(certificate))
}

/// The variant of XML Encryption 1.1 is supported, but many products validate with schemas that lack its element.
fn oaep(digest: &str) -> ElementBuilder {
    let digest = ElementBuilder::new(Vocabulary::Ds, "DigestMethod").attribute("Algorithm", digest);
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
    use crate::key::SigningKey;
    use crate::metadata::{IdentityProvider, MetadataError, MetadataOptions};
    use crate::pem;

    fn parse_certificate(text: &str) -> Certificate {
        let block = pem::blocks(text).first().copied().unwrap();
        Certificate::from_der(&pem::decode(block.body).unwrap()).unwrap()
    }

    fn parse_location(text: &str) -> Location {
        Location::parse(text).unwrap()
    }

    struct Parts {
        certificates: Vec<Certificate>,
        acs_urls: [Location; 2],
        home: Location,
    }

    fn parts() -> Parts {
        Parts {
            certificates: vec![
                parse_certificate(include_str!("../../tests/fixtures-keys/rsa-3072.crt")),
                parse_certificate(include_str!("../../tests/fixtures-keys/rsa-2048.crt")),
            ],
            acs_urls: [
                parse_location("https://auth.example.com/saml/con_a/acs"),
                parse_location("https://sso.example.com/old?tenant=1&x=2"),
            ],
            home: parse_location("https://example.com/"),
        }
    }

    fn provider(parts: &Parts, accepts_cbc: bool) -> ServiceProvider<'_> {
        ServiceProvider {
            entity_id: "https://auth.example.com/auth/realms/Chatlayer",
            acs_urls: &parts.acs_urls,
            signing: &parts.certificates,
            encryption: parts.certificates.last().map_or(&[], std::slice::from_ref),
            signs_requests: true,
            wants_signed_assertions: false,
            accepts_cbc,
            name_id_formats: &["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
            display_name: Some("Acme & Söhne"),
            support_email: Some("it@example.com"),
            cache_duration: Some(SignedDuration::from_hours(6)),
            organization: Some(Organization {
                name: "Acme & Söhne",
                url: &parts.home,
            }),
            valid_until: Some(Timestamp::constant(1_900_000_000, 0)),
        }
    }

    fn write_metadata(accepts_cbc: bool) -> String {
        provider(&parts(), accepts_cbc).write().unwrap()
    }

    /// The file was verified with xmlsec1 and validated against the OASIS schema when it was made.
    #[test]
    fn signed_metadata_equals_the_verified_fixture() {
        let parts = parts();
        let key =
            SigningKey::from_pem(include_str!("../../tests/fixtures-keys/rsa-2048.key")).unwrap();
        let signer = Signer::new(key, parts.certificates[1].clone()).unwrap();
        assert_eq!(
            provider(&parts, true).write_signed(&signer).unwrap(),
            include_str!("../../tests/fixtures-metadata/service-provider.signed.xml")
        );
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
