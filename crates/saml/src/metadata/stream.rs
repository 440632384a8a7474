//! Finds one entity in metadata of any size, with bounded memory.

use super::MetadataError;
use super::identity_provider::is_entity_id;
use super::token::{Scanner, Tag, Token};
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
    scanner: Scanner,
    is_large: bool,
    /// The octets that were processed.
    position: usize,
    /// The start tags of the open groups.
    groups: Vec<Vec<u8>>,
    entity: Option<OpenEntity>,
    found: Option<Vec<u8>>,
    /// The entity IDs of the identity providers, as far as they are listed.
    entity_ids: Vec<String>,
    /// The octets of `entity_ids`.
    listed: usize,
    /// The identity providers, listed or not.
    providers: usize,
    /// Whether the requested entity, or the first identity provider if none was requested, is too large.
    is_entity_too_large: bool,
    has_entity: bool,
}

/// An entity whose end tag has not come yet.
#[derive(Debug)]
struct OpenEntity {
    /// None if it is missing, empty or too long, so that no connection can have it.
    id: Option<String>,
    is_wanted: bool,
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
/// In octets: of all listed entity IDs.
const MAX_LISTED_LENGTH: usize = 1 << 20;
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
            scanner: Scanner::default(),
            is_large: false,
            position: 0,
            groups: Vec::new(),
            entity: None,
            found: None,
            entity_ids: Vec::new(),
            listed: 0,
            providers: 0,
            is_entity_too_large: false,
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
            while let Some(rest) = self.pending.get(consumed..)
                && let Some((token, length)) = self.scanner.next_token(rest)
            {
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
    /// Entity IDs that are too long are not listed.
    pub fn finish(self) -> Result<Vec<u8>, MetadataError> {
        if !self.is_large {
            return Ok(self.pending);
        }
        match (self.requested, self.found) {
            (Some(_), Some(found)) => Ok(found),
            (None, Some(found)) if self.providers == 1 => Ok(found),
            // The document is no metadata, or the entity is too large.
            _ if !self.has_entity => Err(MetadataError::TooLarge),
            (Some(_), None) if self.is_entity_too_large => Err(MetadataError::TooLarge),
            (None, None) if self.is_entity_too_large && self.providers == 1 => {
                Err(MetadataError::TooLarge)
            }
            (Some(expected), None) => Err(MetadataError::EntityMissing {
                expected,
                received: self.entity_ids,
            }),
            (None, _) if self.providers == 0 => Err(MetadataError::NoIdentityProvider),
            (None, _) if self.entity_ids.is_empty() => Err(MetadataError::EntityId),
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
                let id = trim_edges(&id);
                let is_wanted = match &self.requested {
                    Some(requested) => requested == id,
                    None => self.providers == 0,
                };
                let mut entity = OpenEntity {
                    id: is_entity_id(id).then(|| id.to_owned()),
                    is_wanted,
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

    fn list(&mut self, id: String) {
        let listed = self.listed.saturating_add(id.len());
        if self.entity_ids.len() < MAX_LISTED_ENTITIES && listed <= MAX_LISTED_LENGTH {
            self.listed = listed;
            self.entity_ids.push(id);
        }
    }

    fn end_entity(&mut self) {
        let Some(entity) = self.entity.take() else {
            return;
        };
        if !entity.has_identity_provider {
            return;
        }
        self.providers = self.providers.saturating_add(1);
        self.is_entity_too_large |= entity.is_wanted && entity.text.is_none();
        if let Some(id) = entity.id {
            self.list(id);
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
mod tests;
