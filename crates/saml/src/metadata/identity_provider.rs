use jiff::{SignedDuration, Timestamp};

use super::endpoint::{Binding, Endpoint, sign_on_endpoints, sign_out_endpoints};
use super::signing_key::signing_certificates;
use super::{MetadataError, MetadataWarning, duration, entities, entra_template};
use crate::certificate::Certificate;
use crate::location::Location;
use crate::trim::trim_edges;
use crate::xml::{Element, Namespace};

/// An identity provider, as described by its metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProvider {
    /// The expected `Issuer` of its messages.
    pub entity_id: String,
    /// Untrusted text: escape it wherever it is shown.
    pub display_name: Option<String>,
    /// Never empty.
    pub signing_certificates: Vec<Certificate>,
    /// The single sign-on endpoints in document order. Never empty.
    pub sign_on: Vec<Endpoint>,
    /// The single logout endpoints.
    pub sign_out: Vec<Endpoint>,
    pub name_id_formats: Vec<String>,
    pub wants_signed_requests: bool,
    /// The first instant at which the metadata is not valid any more.
    pub valid_until: Option<Timestamp>,
    /// After which time the metadata should be fetched again.
    pub cache_duration: Option<SignedDuration>,
    pub warnings: Vec<MetadataWarning>,
}

/// In characters (saml-core 8.3.6).
const MAX_ENTITY_ID_LENGTH: usize = 1024;
/// In characters.
const MAX_DISPLAY_NAME_LENGTH: usize = 200;

impl IdentityProvider {
    pub fn sign_on_location(&self, binding: Binding) -> Option<&Location> {
        self.sign_on
            .iter()
            .find(|endpoint| endpoint.binding == binding)
            .map(|endpoint| &endpoint.location)
    }

    /// Parses the first role that can be used. The others, and what is not needed, leave a warning.
    pub(super) fn from_entity(entity: Element<'_>, now: Timestamp) -> Result<Self, MetadataError> {
        let roles = entities::identity_provider_roles(entity);
        let count = roles.clone().count();
        let mut first_error = None;
        for role in roles {
            match Self::from_role(entity, role, now) {
                Ok(mut provider) => {
                    if count > 1 {
                        let warning = MetadataWarning::SeveralRoles { count };
                        provider.warnings.push(warning);
                    }
                    return Ok(provider);
                }
                Err(error) if error.is_secret() => return Err(error),
                Err(error) => drop(first_error.get_or_insert(error)),
            }
        }
        Err(first_error.unwrap_or(MetadataError::NoIdentityProvider))
    }

    fn from_role(
        entity: Element<'_>,
        role: Element<'_>,
        now: Timestamp,
    ) -> Result<Self, MetadataError> {
        let entity_id = entity
            .attribute("entityID")
            .map(trim_edges)
            .filter(|id| is_entity_id(id))
            .ok_or(MetadataError::EntityId)?;
        if entra_template::names_open_tenant(entity_id) {
            return Err(MetadataError::EntraTemplate);
        }
        let mut warnings = Vec::new();
        let sign_on = sign_on_endpoints(role, &mut warnings)?;
        if sign_on
            .iter()
            .any(|endpoint| entra_template::names_open_tenant(endpoint.location.as_str()))
        {
            return Err(MetadataError::EntraTemplate);
        }
        Ok(Self {
            entity_id: entity_id.to_owned(),
            display_name: display_name(entity, role),
            signing_certificates: signing_certificates(role, now, &mut warnings)?,
            sign_on,
            sign_out: sign_out_endpoints(role, &mut warnings),
            name_id_formats: name_id_formats(role),
            wants_signed_requests: matches!(
                role.attribute("WantAuthnRequestsSigned").map(str::trim),
                Some("true" | "1")
            ),
            valid_until: entities::valid_until(entity)?,
            cache_duration: entity
                .attribute("cacheDuration")
                .and_then(duration::parse_xs_duration),
            warnings,
        })
    }
}

/// Whether a text has a length that an entity ID may have.
pub(super) fn is_entity_id(id: &str) -> bool {
    // A character has up to four octets. This keeps the work small for the longest texts.
    id.len() <= 4 * MAX_ENTITY_ID_LENGTH && (1..=MAX_ENTITY_ID_LENGTH).contains(&id.chars().count())
}

/// The display name of the user-interface extension, or else of the organization.
fn display_name(entity: Element<'_>, role: Element<'_>) -> Option<String> {
    const ROLE_PATH: [(Namespace, &str); 3] = [
        (Namespace::MD, "Extensions"),
        (Namespace::MDUI, "UIInfo"),
        (Namespace::MDUI, "DisplayName"),
    ];
    const ENTITY_PATH: [(Namespace, &str); 2] = [
        (Namespace::MD, "Organization"),
        (Namespace::MD, "OrganizationDisplayName"),
    ];
    descend(role, &ROLE_PATH)
        .or_else(|| descend(entity, &ENTITY_PATH))
        .and_then(|element| element.value().ok())
        .map(|name| {
            trim_edges(name)
                .chars()
                .take(MAX_DISPLAY_NAME_LENGTH)
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
}

/// Follows a path of element names, taking the first child of each name.
fn descend<'d>(from: Element<'d>, path: &[(Namespace, &str)]) -> Option<Element<'d>> {
    path.iter().try_fold(from, |element, (namespace, name)| {
        element.children().find(|child| child.is(*namespace, name))
    })
}

fn name_id_formats(role: Element<'_>) -> Vec<String> {
    role.children()
        .filter(|child| child.is(Namespace::MD, "NameIDFormat"))
        .filter_map(|child| child.value().ok())
        .map(|format| trim_edges(format).to_owned())
        .collect()
}
