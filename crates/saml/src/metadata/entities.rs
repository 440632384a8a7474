use std::collections::BTreeSet;

use jiff::Timestamp;

use super::identity_provider::{IdentityProvider, is_entity_id};
use super::{MetadataError, MetadataWarning};
use crate::dsig::{self, Trust};
use crate::rejection::shorten;
use crate::trim::trim_edges;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source};
use crate::xs_date_time::parse_xs_date_time;

/// Options of [`IdentityProvider::parse`].
#[derive(Clone, Copy, Debug)]
pub struct MetadataOptions<'o> {
    pub now: Timestamp,
    /// The requested identity provider. Without it, the metadata must describe exactly one.
    pub entity_id: Option<&'o str>,
    pub trust: MetadataTrust<'o>,
}

/// Why metadata is trusted.
#[derive(Clone, Copy, Debug)]
pub enum MetadataTrust<'o> {
    /// An administrator pasted it, or it was fetched over TLS from an address that an administrator entered.
    Source,
    /// It must be signed with one of these keys.
    SignedBy(&'o Trust),
}

impl<'o> MetadataOptions<'o> {
    /// Trusts the source and expects exactly one identity provider.
    pub const fn new(now: Timestamp) -> Self {
        Self {
            now,
            entity_id: None,
            trust: MetadataTrust::Source,
        }
    }

    #[must_use]
    pub const fn for_entity(self, entity_id: &'o str) -> Self {
        Self {
            entity_id: Some(entity_id),
            ..self
        }
    }

    #[must_use]
    pub const fn require_signature(self, trust: &'o Trust) -> Self {
        Self {
            trust: MetadataTrust::SignedBy(trust),
            ..self
        }
    }
}

impl IdentityProvider {
    /// Parses an `EntityDescriptor`, or the requested one of an `EntitiesDescriptor`.
    pub fn parse(document: &[u8], options: &MetadataOptions<'_>) -> Result<Self, MetadataError> {
        let source = Source::new(document, &Limits::METADATA).map_err(MetadataError::Xml)?;
        let document = Document::parse(&source, Profile::Document, &Limits::METADATA)
            .map_err(MetadataError::Xml)?;
        let root = document.root();
        if !root.is(Namespace::MD, "EntityDescriptor")
            && !root.is(Namespace::MD, "EntitiesDescriptor")
        {
            return Err(not_metadata(root));
        }
        let entity = select_entity(root, options.entity_id)?;
        let signature = check_signature(entity, options.trust)?;
        check_expiry(entity, options.now)?;
        let mut provider = Self::from_entity(entity, options.now)?;
        if signature == SignatureState::NotChecked {
            provider.warnings.push(MetadataWarning::SignatureNotChecked);
        }
        Ok(provider)
    }
}

fn not_metadata(root: Element<'_>) -> MetadataError {
    let received = root.written_name();
    if matches!(root.local(), "EntityDescriptor" | "EntitiesDescriptor") {
        return MetadataError::Namespace { received };
    }
    MetadataError::NotMetadata { received }
}

/// The requested entity, or the only one with an identity provider.
fn select_entity<'d>(
    root: Element<'d>,
    requested: Option<&str>,
) -> Result<Element<'d>, MetadataError> {
    let mut entities = Vec::new();
    let mut ids = BTreeSet::new();
    for entity in root
        .document()
        .elements()
        .filter(|element| is_top_level_entity(*element))
    {
        let id = entity
            .attribute("entityID")
            .map(trim_edges)
            .ok_or(MetadataError::EntityId)?;
        if !ids.insert(id) {
            return Err(MetadataError::DuplicateEntity {
                entity_id: shorten(id),
            });
        }
        entities.push((id, entity));
    }
    let providers: Vec<_> = entities
        .iter()
        .filter(|(_, entity)| identity_provider_role(*entity).is_some())
        .copied()
        .collect();
    // The others can be chosen for no connection.
    let received = || -> Vec<String> {
        let ids = providers.iter().map(|(id, _)| *id);
        ids.filter(|id| is_entity_id(id))
            .map(str::to_owned)
            .collect()
    };
    match (providers.as_slice(), requested) {
        ([], _) => Err(no_identity_provider(&entities)),
        ([(_, entity)], None) => Ok(*entity),
        (_, None) => match received() {
            ids if ids.is_empty() => Err(MetadataError::EntityId),
            entity_ids => Err(MetadataError::SeveralIdentityProviders { entity_ids }),
        },
        (several, Some(requested)) => several
            .iter()
            .find(|(id, _)| *id == trim_edges(requested))
            .map(|(_, entity)| *entity)
            .ok_or_else(|| MetadataError::EntityMissing {
                expected: requested.to_owned(),
                received: received(),
            }),
    }
}

/// Whether the element is an entity and the document element, or nested in groups only.
///
/// A signature of a group does not cover the content of the signature element itself, so an entity inside a signature
/// or any other extension is ignored.
fn is_top_level_entity(element: Element<'_>) -> bool {
    let mut ancestors = std::iter::successors(element.parent(), |group| group.parent());
    element.is(Namespace::MD, "EntityDescriptor")
        && ancestors.all(|group| group.is(Namespace::MD, "EntitiesDescriptor"))
}

fn no_identity_provider(entities: &[(&str, Element<'_>)]) -> MetadataError {
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
            entity_id: shorten(id),
        },
        None => foreign_role(entities).unwrap_or(MetadataError::NoIdentityProvider),
    }
}

/// The role of an identity provider whose namespace is not that of metadata.
fn foreign_role(entities: &[(&str, Element<'_>)]) -> Option<MetadataError> {
    entities
        .iter()
        .flat_map(|(_, entity)| entity.children())
        .find(|role| role.local() == "IDPSSODescriptor" && !role.is(Namespace::MD, role.local()))
        .map(|role| MetadataError::Namespace {
            received: role.written_name(),
        })
}

/// The roles of SAML 2.0 identity providers. AD FS and Entra ID also publish other roles and protocols.
pub(super) fn identity_provider_roles(
    entity: Element<'_>,
) -> impl Iterator<Item = Element<'_>> + Clone {
    const SAML2: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
    let is_saml2 = |role: &Element<'_>| {
        role.attribute("protocolSupportEnumeration")
            .is_some_and(|protocols| {
                protocols
                    .split_ascii_whitespace()
                    .any(|protocol| protocol == SAML2)
            })
    };
    let roles: Vec<_> = entity
        .children()
        .filter(|role| role.is(Namespace::MD, "IDPSSODescriptor") && is_saml2(role))
        .collect();
    roles.into_iter()
}

fn identity_provider_role(entity: Element<'_>) -> Option<Element<'_>> {
    identity_provider_roles(entity).next()
}

#[derive(PartialEq, Eq)]
enum SignatureState {
    Absent,
    NotChecked,
    Verified,
}

/// Verifies the signature that covers the entity: its own, or that of the nearest group.
fn check_signature(
    entity: Element<'_>,
    trust: MetadataTrust<'_>,
) -> Result<SignatureState, MetadataError> {
    let is_signature = |child: &Element<'_>| child.is(Namespace::DS, "Signature");
    let mut current = Some(entity);
    while let Some(element) = current {
        if let Some(signature) = element.children().find(is_signature) {
            return match trust {
                MetadataTrust::Source => Ok(SignatureState::NotChecked),
                MetadataTrust::SignedBy(keys) => match dsig::verify(signature, element, keys) {
                    Ok(_) => Ok(SignatureState::Verified),
                    Err(rejection) => Err(MetadataError::Signature(Box::new(rejection))),
                },
            };
        }
        current = element.parent();
    }
    match trust {
        MetadataTrust::Source => Ok(SignatureState::Absent),
        MetadataTrust::SignedBy(_) => Err(MetadataError::Unsigned),
    }
}

/// The earliest `validUntil` of the role, the entity and its groups counts.
fn check_expiry(entity: Element<'_>, now: Timestamp) -> Result<(), MetadataError> {
    match valid_until(entity)? {
        Some(until) if now >= until => Err(MetadataError::Expired { until, now }),
        _ => Ok(()),
    }
}

pub(super) fn valid_until(entity: Element<'_>) -> Result<Option<Timestamp>, MetadataError> {
    let mut earliest = None;
    let mut current = identity_provider_role(entity).or(Some(entity));
    while let Some(element) = current {
        if let Some(stated) = element.attribute("validUntil") {
            let until = parse_xs_date_time(stated).ok_or_else(|| MetadataError::ValidUntil {
                received: stated.to_owned(),
            })?;
            earliest = Some(earliest.map_or(until, |earlier: Timestamp| earlier.min(until)));
        }
        current = element.parent();
    }
    Ok(earliest)
}
