use saml::write::{ElementBuilder, ForbiddenCharacter, Vocabulary};

use super::PracticeKey;
use super::signature::key_info;

const BINDINGS: &[&str] = &[
    "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
    "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
];

pub(super) fn metadata(
    entity_id: &str,
    sign_on_url: &str,
    key: &PracticeKey,
) -> Result<String, ForbiddenCharacter> {
    let service = |binding: &&str| {
        md("SingleSignOnService")
            .attribute("Binding", *binding)
            .attribute("Location", sign_on_url)
    };
    let role = md("IDPSSODescriptor")
        .attribute("protocolSupportEnumeration", Vocabulary::Samlp.uri())
        .attribute("WantAuthnRequestsSigned", "false")
        .child(
            md("KeyDescriptor")
                .attribute("use", "signing")
                .child(key_info(key)),
        )
        .child(md("NameIDFormat").text(super::assertion::PERSISTENT))
        .children(BINDINGS.iter().map(service));
    md("EntityDescriptor")
        .attribute("entityID", entity_id)
        .child(role)
        .write()
}

fn md(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Md, name)
}
