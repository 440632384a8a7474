//! Finds one entity in metadata of any size, with bounded memory.

use super::MetadataError;
use super::token::{Tag, Token, next_token};
use crate::trim::trim_edges;
use crate::xml::{XmlError, XmlFault};

/// Metadata that is read in pieces. A small document is kept whole; of a larger one, such as the metadata of a
/// federation, only the requested entity is kept, in the start tags of the groups around it.
///
/// The signature of a group is lost: it covers the whole document.
#[derive(Debug)]
pub struct MetadataStream {
    requested: Option<String>,
    max_whole_length: usize,
    /// What is not processed yet; the whole document as long as it is small.
    pending: Vec<u8>,
    is_large: bool,
    /// The octets that were processed.
    position: usize,
    /// The start tags of the open groups.
    groups: Vec<Vec<u8>>,
    entity: Option<OpenEntity>,
    found: Option<Vec<u8>>,
    /// The entity IDs of the identity providers.
    entity_ids: Vec<String>,
    has_entity: bool,
}

/// An entity whose end tag has not come yet.
#[derive(Debug)]
struct OpenEntity {
    id: String,
    has_identity_provider: bool,
    /// Entities inside of it, in extensions.
    depth: usize,
    /// The groups around it and its text; none when the entity is too large or not requested.
    text: Option<Vec<u8>>,
}

/// The start tags of all groups around an entity, in bytes: each entity is read with them.
const MAX_GROUP_BYTES: usize = 16 * 1024;
/// In octets.
const MAX_ENTITY_LENGTH: usize = 4 << 20;
/// In octets: of one tag or comment.
const MAX_TOKEN_LENGTH: usize = 1 << 20;
const MAX_LISTED_ENTITIES: usize = 10_000;
const MAX_GROUPS: usize = 16;

impl MetadataStream {
    /// Documents of at most `max_whole_length` octets are kept whole.
    pub fn new(requested: Option<&str>, max_whole_length: usize) -> Self {
        Self {
            requested: requested
                .map(|id| trim_edges(id).to_owned())
                .filter(|id| !id.is_empty()),
            max_whole_length,
            pending: Vec::new(),
            is_large: false,
            position: 0,
            groups: Vec::new(),
            entity: None,
            found: None,
            entity_ids: Vec::new(),
            has_entity: false,
        }
    }

    /// Whether the requested entity was found in a large document, so that the rest need not be read.
    pub const fn is_complete(&self) -> bool {
        self.requested.is_some() && self.found.is_some()
    }

    /// # Errors
    ///
    /// The document is too large to be kept whole, and is not XML that can be read in pieces.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), MetadataError> {
        if self.is_complete() {
            return Ok(());
        }
        self.pending.extend_from_slice(piece);
        self.is_large |= self.pending.len() > self.max_whole_length;
        if self.is_large {
            let mut consumed = 0_usize;
            while let Some((token, length)) = next_token(self.pending.get(consumed..)) {
                let end = consumed.saturating_add(length);
                let octets = self.pending.get(consumed..end).unwrap_or_default().to_vec();
                self.take(&token, &octets)?;
                consumed = end;
            }
            self.pending.drain(..consumed.min(self.pending.len()));
            self.position = self.position.saturating_add(consumed);
            if self.pending.len() > MAX_TOKEN_LENGTH {
                return Err(MetadataError::TooLarge);
            }
        }
        Ok(())
    }

    /// The whole small document, or the requested entity of a large one.
    ///
    /// # Errors
    ///
    /// A large document does not have the requested entity, or has several identity providers and none was requested.
    pub fn finish(self) -> Result<Vec<u8>, MetadataError> {
        if !self.is_large {
            return Ok(self.pending);
        }
        match (self.requested, self.found) {
            (Some(_), Some(found)) => Ok(found),
            (None, Some(found)) if self.entity_ids.len() == 1 => Ok(found),
            // The document is no metadata, or the entity is too large.
            _ if !self.has_entity => Err(MetadataError::TooLarge),
            (None, None) if self.entity_ids.len() == 1 => Err(MetadataError::TooLarge),
            (Some(expected), None) if self.entity_ids.contains(&expected) => {
                Err(MetadataError::TooLarge)
            }
            (Some(expected), None) => Err(MetadataError::EntityMissing {
                expected,
                received: self.entity_ids,
            }),
            (None, _) if self.entity_ids.is_empty() => Err(MetadataError::NoIdentityProvider),
            (None, _) => Err(MetadataError::SeveralIdentityProviders {
                entity_ids: self.entity_ids,
            }),
        }
    }

    fn take(&mut self, token: &Token, octets: &[u8]) -> Result<(), MetadataError> {
        match (token, &mut self.entity) {
            (Token::Doctype, _) => Err(MetadataError::Xml(XmlError {
                fault: XmlFault::Doctype,
                position: self.position,
            })),
            (Token::Tag(tag), Some(_)) => {
                self.take_inner_tag(tag, octets);
                Ok(())
            }
            (Token::Other, Some(entity)) => {
                entity.push(octets);
                Ok(())
            }
            (Token::Tag(tag), None) => self.take_group_tag(tag, octets),
            (Token::Other, None) => Ok(()),
        }
    }

    /// A tag outside of entities.
    fn take_group_tag(&mut self, tag: &Tag, octets: &[u8]) -> Result<(), MetadataError> {
        match tag.local {
            b"EntitiesDescriptor" if tag.is_end => drop(self.groups.pop()),
            b"EntitiesDescriptor" if !tag.is_empty => {
                let size: usize = self.groups.iter().map(Vec::len).sum();
                let size = size.saturating_add(octets.len());
                if self.groups.len() == MAX_GROUPS || size > MAX_GROUP_BYTES {
                    return Err(MetadataError::TooLarge);
                }
                self.groups.push(octets.to_vec());
            }
            b"EntityDescriptor" if !tag.is_end && !tag.is_empty => {
                self.has_entity = true;
                let id = Tag::attribute(octets, "entityID").unwrap_or_default();
                let id = trim_edges(&id).to_owned();
                let is_wanted = match &self.requested {
                    Some(requested) => *requested == id,
                    None => self.entity_ids.is_empty(),
                };
                let mut entity = OpenEntity {
                    id,
                    has_identity_provider: false,
                    depth: 0,
                    text: is_wanted.then(|| self.groups.concat()),
                };
                entity.push(octets);
                self.entity = Some(entity);
            }
            _ => {}
        }
        Ok(())
    }

    /// A tag inside of an entity, or its end tag.
    fn take_inner_tag(&mut self, tag: &Tag, octets: &[u8]) {
        let Some(entity) = &mut self.entity else {
            return;
        };
        entity.push(octets);
        match tag.local {
            b"IDPSSODescriptor" => entity.has_identity_provider = true,
            b"EntityDescriptor" if tag.is_end && entity.depth == 0 => self.end_entity(),
            b"EntityDescriptor" if tag.is_end => entity.depth = entity.depth.saturating_sub(1),
            b"EntityDescriptor" if !tag.is_empty => entity.depth = entity.depth.saturating_add(1),
            _ => {}
        }
    }

    fn end_entity(&mut self) {
        let Some(entity) = self.entity.take() else {
            return;
        };
        if !entity.has_identity_provider {
            return;
        }
        if self.entity_ids.len() < MAX_LISTED_ENTITIES {
            self.entity_ids.push(entity.id);
        }
        if let Some(mut text) = entity.text
            && self.found.is_none()
        {
            for group in self.groups.iter().rev() {
                text.extend_from_slice(b"</");
                text.extend_from_slice(&Tag::written_name(group));
                text.push(b'>');
            }
            self.found = Some(text);
        }
    }
}

impl OpenEntity {
    /// Adds to the text, unless the entity becomes too large.
    fn push(&mut self, octets: &[u8]) {
        if let Some(text) = &mut self.text {
            text.extend_from_slice(octets);
            if text.len() > MAX_ENTITY_LENGTH {
                self.text = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::metadata::{IdentityProvider, MetadataOptions};

    const PROVIDER: &str =
        include_str!("../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml");
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
}
