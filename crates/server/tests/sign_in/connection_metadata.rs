//! What the service provider's metadata of a connection says, by its settings and those of the server.

use rstest::rstest;
use saml::Trust;
use saml::certificate::Certificate;
use saml::xml::{Document, Limits, Namespace, Profile, Source};
use store::{ConnectionSettings, Provider};
use test_support::{START, SUPPORT_CONTACT, SsoFixture, at};

const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

async fn metadata_with(change: impl FnOnce(&mut ConnectionSettings)) -> String {
    read_metadata(&SsoFixture::with(change).await, "").await
}

async fn read_metadata(sso: &SsoFixture, query: &str) -> String {
    let path = format!("/saml/{}/metadata{query}", sso.connection);
    sso.browser().get(&path).await.text
}

fn name_id_formats(metadata: &str) -> Vec<&str> {
    metadata
        .split("NameIDFormat>")
        .filter(|part| part.starts_with("urn:"))
        .map(|part| part.split('<').next().unwrap())
        .collect()
}

/// Without a list, products such as Shibboleth send a transient NameID.
#[tokio::test]
async fn the_metadata_lists_the_name_id_formats_that_recognize_a_user() {
    let metadata = metadata_with(|_| {}).await;
    assert_eq!(
        name_id_formats(&metadata),
        [
            PERSISTENT,
            "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        ]
    );
    let metadata = metadata_with(|settings| {
        settings.name_id_format = Some(TRANSIENT.to_owned());
    })
    .await;
    assert_eq!(name_id_formats(&metadata), [TRANSIENT]);
}

/// Shibboleth ignores the list when it contains `unspecified`. It needs no NameIDPolicy: a request for a format that is
/// not set up there would end in an error, where the list lets it choose the next one.
#[tokio::test]
async fn the_metadata_for_shibboleth_leaves_the_format_unspecified_out() {
    let metadata = metadata_with(|settings| settings.provider = Provider::Shibboleth).await;
    assert_eq!(
        name_id_formats(&metadata),
        [
            PERSISTENT,
            "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        ]
    );
}

/// AD FS encrypts with AES-CBC as soon as it knows a key.
#[rstest]
#[case::by_default(|_: &mut ConnectionSettings| (), true)]
#[case::adfs(|settings: &mut ConnectionSettings| settings.provider = Provider::Adfs, false)]
#[case::adfs_with_cbc(
    |settings: &mut ConnectionSettings| {
        settings.provider = Provider::Adfs;
        settings.accept_cbc_since = Some(at(START));
    },
    true
)]
#[case::adfs_where_encryption_is_required(
    |settings: &mut ConnectionSettings| {
        settings.provider = Provider::Adfs;
        settings.policy.require_encryption = true;
    },
    true
)]
#[case::switched_off(
    |settings: &mut ConnectionSettings| settings.policy.publish_encryption_key = Some(false),
    false
)]
#[tokio::test]
async fn the_encryption_key_is_left_out_for_a_product_that_encrypts_with_cbc_alone(
    #[case] change: fn(&mut ConnectionSettings),
    #[case] is_published: bool,
) {
    let metadata = metadata_with(change).await;
    assert_eq!(metadata.contains("use=\"encryption\""), is_published);
    assert_eq!(metadata.contains("xmlenc11#aes256-gcm"), is_published);
    assert!(metadata.contains("use=\"signing\""), "{metadata}");
}

#[tokio::test]
async fn the_metadata_names_the_product_the_contact_and_how_long_a_copy_is_valid() {
    let mut sso = SsoFixture::new().await;
    sso.server
        .reconfigure(&[("VESTIBULE_PRODUCT_NAME", "Acme Portal")]);
    let metadata = read_metadata(&sso, "").await;
    let contact = format!("EmailAddress>mailto:{SUPPORT_CONTACT}<");
    for expected in [
        "cacheDuration=\"PT21600S\"",
        "DisplayName xml:lang=\"en\">Acme Portal<",
        "OrganizationName xml:lang=\"en\">Acme Portal<",
        "contactType=\"support\"",
        &contact,
        "SigningMethod",
    ] {
        assert!(metadata.contains(expected), "{expected} in {metadata}");
    }
}

#[tokio::test]
async fn the_metadata_says_whether_requests_are_and_assertions_must_be_signed() {
    let metadata = metadata_with(|settings| {
        settings.sign_requests_since = Some(at(START));
        settings.policy.require_signed_assertion = true;
    })
    .await;
    assert!(metadata.contains("AuthnRequestsSigned=\"true\""));
    assert!(metadata.contains("WantAssertionsSigned=\"true\""));
    let metadata = metadata_with(|_| {}).await;
    assert!(metadata.contains("AuthnRequestsSigned=\"false\""));
    assert!(metadata.contains("WantAssertionsSigned=\"false\""));
}

#[tokio::test]
async fn the_metadata_is_signed_on_request_with_the_key_of_the_connection() {
    let sso = SsoFixture::new().await;
    assert!(!read_metadata(&sso, "").await.contains("SignatureValue"));
    let signed = read_metadata(&sso, "?signed=true").await;
    let pem = sso
        .browser()
        .get(&format!("/saml/{}/certificate", sso.connection))
        .await
        .text;
    let certificate = pem_certificate(&pem);
    let trust = Trust::new(vec![certificate]).unwrap();
    assert_eq!(verify(&signed, &trust), Ok(()));
    let tampered = signed.replace(
        "AuthnRequestsSigned=\"false\"",
        "AuthnRequestsSigned=\"true\"",
    );
    assert_eq!(verify(&tampered, &trust), Err("digest-mismatch"));
}

/// Verifies the signature of a metadata document.
fn verify(metadata: &str, trust: &Trust) -> Result<(), &'static str> {
    let source = Source::new(metadata.as_bytes(), &Limits::METADATA).unwrap();
    let document = Document::parse(&source, Profile::Document, &Limits::METADATA).unwrap();
    let root = document.root();
    let signature = root
        .children()
        .find(|child| child.is(Namespace::DS, "Signature"))
        .unwrap();
    match saml::dsig::verify(signature, root, trust) {
        Ok(_) => Ok(()),
        Err(rejection) => Err(rejection.code()),
    }
}

fn pem_certificate(pem: &str) -> Certificate {
    let base64: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let der = base64_simd::STANDARD.decode_to_vec(base64).unwrap();
    Certificate::from_der(&der).unwrap()
}
