use std::collections::BTreeSet;

use super::identity_provider::IdentityProvider;
use super::{MetadataError, MetadataWarning};
use crate::dsig::{self, Trust};
use crate::timestamp::Timestamp;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source};

/// How a document is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'q> {
    /// The time.
    pub now: Timestamp,
    /// Which identity provider is meant; without this there has to be exactly one.
    pub entity_id: Option<&'q str>,
    /// Why the document may be believed.
    pub basis: Basis<'q>,
}

/// Why metadata may be believed.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'q> {
    /// It came by a way that vouches for it: an administrator pasted it, or it was fetched over TLS from an
    /// address that she gave.
    AsGiven,
    /// It has to be signed with one of these keys.
    SignedBy(&'q Trust),
}

impl<'q> Reading<'q> {
    /// As given, and exactly one identity provider.
    pub const fn at(now: Timestamp) -> Self {
        Self {
            now,
            entity_id: None,
            basis: Basis::AsGiven,
        }
    }

    /// With one entity meant.
    #[must_use]
    pub const fn of(self, entity_id: &'q str) -> Self {
        Self {
            entity_id: Some(entity_id),
            ..self
        }
    }

    /// With a signature required.
    #[must_use]
    pub const fn signed_by(self, trust: &'q Trust) -> Self {
        Self {
            basis: Basis::SignedBy(trust),
            ..self
        }
    }
}

impl IdentityProvider {
    /// Reads an `EntityDescriptor`, or the one that is meant in an `EntitiesDescriptor`.
    pub fn read(document: &[u8], reading: &Reading<'_>) -> Result<Self, MetadataError> {
        let source = Source::new(document, &Limits::METADATA).map_err(MetadataError::Xml)?;
        let document = Document::read(&source, Profile::Document, &Limits::METADATA)
            .map_err(MetadataError::Xml)?;
        let root = document.root();
        if !root.is(Namespace::MD, "EntityDescriptor")
            && !root.is(Namespace::MD, "EntitiesDescriptor")
        {
            return Err(MetadataError::NotMetadata {
                received: root.written_name(),
            });
        }
        let entity = choose(root, reading.entity_id)?;
        let signature = check_signature(entity, reading.basis)?;
        check_expiry(entity, reading.now)?;
        let mut provider = Self::from_entity(entity, reading.now)?;
        if signature == Signature::NotChecked {
            provider.warnings.push(MetadataWarning::SignatureNotChecked);
        }
        Ok(provider)
    }
}

/// The entity with the identity provider that is meant.
fn choose<'d>(root: Element<'d>, wanted: Option<&str>) -> Result<Element<'d>, MetadataError> {
    let mut entities = Vec::new();
    let mut ids = BTreeSet::new();
    for entity in root
        .document()
        .elements()
        .filter(|element| is_described(*element))
    {
        let id = entity
            .attribute("entityID")
            .ok_or(MetadataError::EntityId)?;
        if !ids.insert(id) {
            return Err(MetadataError::EntityTwice {
                entity_id: id.to_owned(),
            });
        }
        entities.push((id, entity));
    }
    let providers: Vec<_> = entities
        .iter()
        .filter(|(_, entity)| identity_provider_role(*entity).is_some())
        .copied()
        .collect();
    let received = || providers.iter().map(|(id, _)| (*id).to_owned()).collect();
    match (providers.as_slice(), wanted) {
        ([], _) => Err(without_provider(&entities)),
        ([(_, one)], None) => Ok(*one),
        (_, None) => Err(MetadataError::SeveralIdentityProviders {
            entity_ids: received(),
        }),
        (several, Some(wanted)) => several
            .iter()
            .find(|(id, _)| *id == wanted)
            .map(|(_, entity)| *entity)
            .ok_or_else(|| MetadataError::EntityMissing {
                expected: wanted.to_owned(),
                received: received(),
            }),
    }
}

/// Whether the element is an entity in its place: the document element, or inside groups alone.
///
/// A signature of a group does not cover what stands inside the signature itself, so an entity that is hidden
/// there, or in any other extension, describes nobody.
fn is_described(element: Element<'_>) -> bool {
    let mut around = std::iter::successors(element.parent(), |group| group.parent());
    element.is(Namespace::MD, "EntityDescriptor")
        && around.all(|group| group.is(Namespace::MD, "EntitiesDescriptor"))
}

fn without_provider(entities: &[(&str, Element<'_>)]) -> MetadataError {
    let is_service_provider = |entity: &Element<'_>| {
        entity
            .children()
            .any(|role| role.is(Namespace::MD, "SPSSODescriptor"))
    };
    match entities
        .iter()
        .find(|(_, entity)| is_service_provider(entity))
    {
        Some((id, _)) => MetadataError::ServiceProvider {
            entity_id: (*id).to_owned(),
        },
        None => MetadataError::NoIdentityProvider,
    }
}

/// The role of a SAML 2.0 identity provider; other roles and other protocols stand beside it at AD FS and Entra ID.
pub(super) fn identity_provider_role(entity: Element<'_>) -> Option<Element<'_>> {
    const SAML2: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
    entity.children().find(|role| {
        role.is(Namespace::MD, "IDPSSODescriptor")
            && role
                .attribute("protocolSupportEnumeration")
                .is_some_and(|protocols| {
                    protocols
                        .split_ascii_whitespace()
                        .any(|protocol| protocol == SAML2)
                })
    })
}

#[derive(PartialEq, Eq)]
enum Signature {
    Absent,
    NotChecked,
    Verified,
}

/// Checks the signature that covers the entity: its own, or that of the nearest group around it.
fn check_signature(entity: Element<'_>, basis: Basis<'_>) -> Result<Signature, MetadataError> {
    let is_signature = |child: &Element<'_>| child.is(Namespace::DS, "Signature");
    let mut around = Some(entity);
    while let Some(element) = around {
        if let Some(signature) = element.children().find(is_signature) {
            return match basis {
                Basis::AsGiven => Ok(Signature::NotChecked),
                Basis::SignedBy(trust) => match dsig::verify(signature, element, trust) {
                    Ok(_) => Ok(Signature::Verified),
                    Err(rejection) => Err(MetadataError::Signature(Box::new(rejection))),
                },
            };
        }
        around = element.parent();
    }
    match basis {
        Basis::AsGiven => Ok(Signature::Absent),
        Basis::SignedBy(_) => Err(MetadataError::Unsigned),
    }
}

/// Refuses what is over: the earliest `validUntil` of the role, the entity and the groups around it counts.
fn check_expiry(entity: Element<'_>, now: Timestamp) -> Result<(), MetadataError> {
    match valid_until(entity)? {
        Some(until) if now >= until => Err(MetadataError::Expired { until, now }),
        _ => Ok(()),
    }
}

pub(super) fn valid_until(entity: Element<'_>) -> Result<Option<Timestamp>, MetadataError> {
    let mut earliest = None;
    let mut at = identity_provider_role(entity).or(Some(entity));
    while let Some(element) = at {
        if let Some(stated) = element.attribute("validUntil") {
            let until = Timestamp::parse(stated).ok_or_else(|| MetadataError::ValidUntil {
                received: stated.to_owned(),
            })?;
            earliest = Some(earliest.map_or(until, |earlier: Timestamp| earlier.min(until)));
        }
        at = element.parent();
    }
    Ok(earliest)
}
