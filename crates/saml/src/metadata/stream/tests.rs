use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::metadata::{IdentityProvider, MetadataOptions};

const PROVIDER: &str =
    include_str!("../../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml");
const ID: &str = "http://127.0.0.1:9801/saml2/idp/metadata.php";

/// A federation of `count` identity providers, whose prefix is declared at the group alone.
fn federation(count: usize) -> String {
    let body = PROVIDER
        .split_once("?>")
        .map_or(PROVIDER, |(_, body)| body)
        .replacen(" xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"", "", 1);
    let entities: String = (0..count)
        .map(|number| body.replace(ID, &format!("https://idp.example/{number}&amp;a")))
        .collect();
    format!(
        "<?xml version=\"1.0\"?><!-- <md:EntityDescriptor> --><md:EntitiesDescriptor \
         xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" Name=\"a > b\">{entities}</md:EntitiesDescriptor>"
    )
}

fn read(text: &str, requested: Option<&str>, piece: usize) -> Result<Vec<u8>, MetadataError> {
    let mut stream = MetadataStream::new(requested, 1000);
    for piece in text.as_bytes().chunks(piece) {
        stream.push(piece)?;
        assert!(stream.pending.len() <= 1000 + piece.len());
    }
    stream.finish()
}

#[test]
fn one_entity_of_a_large_document_is_kept() {
    let wanted = "https://idp.example/7&a";
    let document = read(&federation(20), Some(wanted), 100).unwrap();
    let options = MetadataOptions::new(Timestamp::constant(1_795_500_000, 0));
    let provider = IdentityProvider::parse(&document, &options).unwrap();
    assert_eq!(provider.entity_id, wanted);
    assert!(document.len() < 2 * PROVIDER.len());
}

#[test]
fn a_small_document_is_kept_whole() {
    let mut stream = MetadataStream::new(None, 1 << 20);
    stream.push(PROVIDER.as_bytes()).unwrap();
    assert_eq!(stream.finish().unwrap(), PROVIDER.as_bytes());
}

#[test]
fn one_of_several_must_be_requested() {
    match read(&federation(20), None, 512) {
        Err(MetadataError::SeveralIdentityProviders { entity_ids }) => {
            assert_eq!(entity_ids.len(), 20);
            assert_eq!(entity_ids[1], "https://idp.example/1&a");
        }
        other => panic!("{other:?}"),
    }
    let missing = read(&federation(20), Some("urn:other"), 512).unwrap_err();
    assert_eq!(missing.code(), "metadata-entity-missing");
    assert!(read(&federation(1), None, 512).is_ok());
}

#[test]
fn a_large_text_without_metadata_is_too_large() {
    for text in ["x".repeat(5000), "<html><p>a</p></html>".repeat(200)] {
        assert_eq!(read(&text, None, 512), Err(MetadataError::TooLarge));
    }
}

/// An entity ID of this length in place of that of the third provider.
fn with_long_id(count: usize, length: usize) -> String {
    let id = format!("https://idp.example/{}", "x".repeat(length - 20));
    federation(count).replace("https://idp.example/2&amp;a", &id)
}

/// For documents with long tags, which are pending until they end.
fn read_long_tags(text: &str, requested: Option<&str>) -> Result<Vec<u8>, MetadataError> {
    let mut stream = MetadataStream::new(requested, 1000);
    for piece in text.as_bytes().chunks(512) {
        stream.push(piece)?;
    }
    stream.finish()
}

#[test]
fn entity_ids_that_are_too_long_are_not_listed() {
    for (length, listed) in [(1024, 5), (1025, 4), (100_000, 4)] {
        match read_long_tags(&with_long_id(5, length), None) {
            Err(MetadataError::SeveralIdentityProviders { entity_ids }) => {
                assert_eq!(entity_ids.len(), listed);
                assert!(entity_ids.iter().all(|id| id.len() <= 1024));
            }
            other => panic!("{other:?}"),
        }
    }
    let others = with_long_id(3, 5000)
        .replace("https://idp.example/0&amp;a", "")
        .replace("https://idp.example/1&amp;a", " ");
    let error = read_long_tags(&others, None).unwrap_err();
    assert_eq!(error.code(), "metadata-entity-id");
    let usable = read_long_tags(&with_long_id(5, 5000), Some("https://idp.example/3&a"));
    assert!(usable.is_ok());
}

#[test]
fn the_listed_entity_ids_have_a_bounded_length() {
    let entity = |number: usize| {
        let id = format!("urn:{number:01020}");
        format!("<EntityDescriptor entityID='{id}'><IDPSSODescriptor/></EntityDescriptor>")
    };
    let entities: String = (0..2000).map(entity).collect();
    let text = format!("<EntitiesDescriptor>{entities}</EntitiesDescriptor>");
    match read(&text, None, 4096) {
        Err(MetadataError::SeveralIdentityProviders { entity_ids }) => {
            assert_eq!(entity_ids.len(), MAX_LISTED_LENGTH / 1024);
        }
        other => panic!("{other:?}"),
    }
    // What is not listed can be requested all the same.
    let last = format!("urn:{:01020}", 1999);
    assert!(read(&text, Some(&last), 4096).is_ok());
}

#[test]
fn a_document_type_is_rejected() {
    let text = federation(20).replace("<!-- ", "<!DOCTYPE a><!-- ");
    assert_eq!(read(&text, None, 64).unwrap_err().code(), "xml-doctype");
}

proptest! {
    #[test]
    fn pieces_do_not_matter(piece in 1_usize..700) {
        let wanted = Some("https://idp.example/3&a");
        let text = federation(5);
        prop_assert_eq!(read(&text, wanted, piece), read(&text, wanted, 600));
    }

    #[test]
    fn no_change_makes_it_panic(at in 0_usize..9000, to in "[ -~]{0,4}", length in 0_usize..30) {
        let mut text = federation(4);
        if at + length < text.len() {
            text.replace_range(at..at + length, &to);
        }
        let mut stream = MetadataStream::new(None, 100);
        let _ = text.as_bytes().chunks(333).try_for_each(|piece| stream.push(piece));
        let _ = stream.finish();
    }
}
