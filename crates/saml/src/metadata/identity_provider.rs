use jiff::{SignedDuration, Timestamp};

use super::{MetadataError, MetadataWarning, duration, entities};
use crate::certificate::{Certificate, CertificateError};
use crate::location::Location;
use crate::pem;
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub binding: Binding,
    pub location: Location,
    /// The address for responses, if it differs.
    pub response_location: Option<Location>,
}

/// How the browser delivers a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// HTTP-Redirect: in the query of a URL.
    Redirect,
    /// HTTP-POST: in a form.
    Post,
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

    pub(super) fn from_entity(entity: Element<'_>, now: Timestamp) -> Result<Self, MetadataError> {
        let role =
            entities::identity_provider_role(entity).ok_or(MetadataError::NoIdentityProvider)?;
        let entity_id = entity
            .attribute("entityID")
            .filter(|id| (1..=MAX_ENTITY_ID_LENGTH).contains(&id.chars().count()))
            .ok_or(MetadataError::EntityId)?;
        let mut warnings = Vec::new();
        let sign_on = endpoints(role, "SingleSignOnService", &mut warnings)?;
        if sign_on.is_empty() {
            return Err(MetadataError::NoSignOnEndpoint);
        }
        Ok(Self {
            entity_id: entity_id.to_owned(),
            display_name: display_name(entity, role),
            signing_certificates: signing_certificates(role, now, &mut warnings)?,
            sign_on,
            sign_out: endpoints(role, "SingleLogoutService", &mut warnings)?,
            name_id_formats: name_id_formats(role),
            wants_signed_requests: matches!(
                role.attribute("WantAuthnRequestsSigned"),
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

impl Binding {
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Redirect => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            Self::Post => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        }
    }

    fn from_uri(uri: &str) -> Option<Self> {
        [Self::Redirect, Self::Post]
            .into_iter()
            .find(|binding| binding.uri() == uri)
    }
}

/// The endpoints of one kind with a browser binding; SOAP, artifact and SAML 1 endpoints are ignored.
fn endpoints(
    role: Element<'_>,
    kind: &str,
    warnings: &mut Vec<MetadataWarning>,
) -> Result<Vec<Endpoint>, MetadataError> {
    let mut found = Vec::new();
    for element in role
        .children()
        .filter(|child| child.is(Namespace::MD, kind))
    {
        let Some(binding) = element.attribute("Binding").and_then(Binding::from_uri) else {
            continue;
        };
        let location = parse_location(element.attribute("Location").unwrap_or_default(), warnings)?;
        let response_location = element
            .attribute("ResponseLocation")
            .map(|text| parse_location(text, warnings))
            .transpose()?;
        found.push(Endpoint {
            binding,
            location,
            response_location,
        });
    }
    Ok(found)
}

fn parse_location(
    text: &str,
    warnings: &mut Vec<MetadataWarning>,
) -> Result<Location, MetadataError> {
    let location = Location::parse(text).map_err(|error| MetadataError::Location {
        received: text.chars().take(200).collect(),
        error,
    })?;
    let warning = MetadataWarning::PlainHttp {
        location: text.to_owned(),
    };
    if location.is_plain_http() && !warnings.contains(&warning) {
        warnings.push(warning);
    }
    Ok(location)
}

/// The certificates of the keys for signing, or for any use.
///
/// A certificate that is not accepted yields a warning if at least one other is accepted: some providers publish
/// unusable keys in addition to the one that they sign with.
fn signing_certificates(
    role: Element<'_>,
    now: Timestamp,
    warnings: &mut Vec<MetadataWarning>,
) -> Result<Vec<Certificate>, MetadataError> {
    let mut accepted: Vec<Certificate> = Vec::new();
    let mut rejected = Vec::new();
    let is_for_signing = |key: &Element<'_>| matches!(key.attribute("use"), None | Some("signing"));
    for key in role
        .children()
        .filter(|child| child.is(Namespace::MD, "KeyDescriptor"))
        .filter(is_for_signing)
    {
        let elements = certificate_elements(key);
        if elements.is_empty() {
            warnings.push(MetadataWarning::KeyWithoutCertificate);
        }
        for element in elements {
            match parse_certificate(element) {
                Ok(certificate) if accepted.contains(&certificate) => {}
                Ok(certificate) => accepted.push(certificate),
                Err(error) => rejected.push(error),
            }
        }
    }
    if accepted.is_empty() {
        return Err(MetadataError::NoSigningKey { rejected });
    }
    warnings.extend(
        rejected
            .into_iter()
            .map(|error| MetadataWarning::CertificateRejected { error }),
    );
    let expired = accepted
        .iter()
        .filter(|certificate| certificate.is_expired_at(now));
    warnings.extend(
        expired.map(|certificate| MetadataWarning::CertificateExpired {
            sha256: certificate.sha256(),
            until: certificate.not_after(),
        }),
    );
    Ok(accepted)
}

/// The first certificate of each `X509Data`; the others are its issuers, which sign no messages.
fn certificate_elements(key: Element<'_>) -> Vec<Element<'_>> {
    let named = |name: &'static str| move |child: &Element<'_>| child.is(Namespace::DS, name);
    key.children()
        .filter(named("KeyInfo"))
        .flat_map(Element::children)
        .filter(named("X509Data"))
        .filter_map(|data| data.children().find(named("X509Certificate")))
        .collect()
}

/// Accepts the certificate in base64, or its PEM text in base64, which some providers publish.
fn parse_certificate(element: Element<'_>) -> Result<Certificate, CertificateError> {
    let text = element.value().map_err(|_| CertificateError::Malformed)?;
    let octets = pem::decode(text).ok_or(CertificateError::Malformed)?;
    let inner = std::str::from_utf8(&octets)
        .ok()
        .and_then(|text| pem::blocks(text).first().copied());
    match inner.and_then(|block| pem::decode(block.body)) {
        Some(der) => Certificate::from_der(&der),
        None => Certificate::from_der(&octets),
    }
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
            name.trim()
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
        .map(|format| format.trim().to_owned())
        .collect()
}
