use super::{MetadataError, MetadataWarning, duration, entities};
use crate::certificate::{Certificate, CertificateError};
use crate::location::Location;
use crate::pem;
use crate::timestamp::Timestamp;
use crate::xml::{Element, Namespace};

/// What its metadata says about an identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its name, as it will stand in every `Issuer`.
    pub entity_id: String,
    /// What people call it; foreign text, to be escaped wherever it is shown.
    pub display_name: Option<String>,
    /// The certificates with whose keys it may sign, never none.
    pub signing_certificates: Vec<Certificate>,
    /// Where it takes requests to sign in, in its own order, never none.
    pub sign_on: Vec<Endpoint>,
    /// Where it takes requests and answers to sign out.
    pub sign_out: Vec<Endpoint>,
    /// The kinds of names that it can give.
    pub name_id_formats: Vec<String>,
    /// It wants our requests signed.
    pub wants_signed_requests: bool,
    /// The first second at which the description is no longer valid.
    pub valid_until: Option<Timestamp>,
    /// After how many seconds it should be fetched again.
    pub cache_seconds: Option<i64>,
    /// What somebody should know.
    pub warnings: Vec<MetadataWarning>,
}

/// One address and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// How a message gets there.
    pub binding: Binding,
    /// The address.
    pub location: Location,
    /// Where answers go, if not to the same address.
    pub response_location: Option<Location>,
}

/// A way for a message through the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// In the query of an address.
    Redirect,
    /// In a form that posts itself.
    Post,
}

/// saml-core 8.3.6.
const MAX_ENTITY_ID: usize = 1024;
/// What still fits on a page.
const MAX_NAME: usize = 200;

impl IdentityProvider {
    /// The address that takes requests by this binding.
    pub fn sign_on_location(&self, binding: Binding) -> Option<&Location> {
        self.sign_on
            .iter()
            .find(|endpoint| endpoint.binding == binding)
            .map(|endpoint| &endpoint.location)
    }

    /// Reads the role of the identity provider in `entity`.
    pub(super) fn from_entity(entity: Element<'_>, now: Timestamp) -> Result<Self, MetadataError> {
        let role =
            entities::identity_provider_role(entity).ok_or(MetadataError::NoIdentityProvider)?;
        let entity_id = entity
            .attribute("entityID")
            .filter(|id| (1..=MAX_ENTITY_ID).contains(&id.chars().count()))
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
            cache_seconds: entity
                .attribute("cacheDuration")
                .and_then(duration::seconds),
            warnings,
        })
    }
}

impl Binding {
    /// The name by which metadata calls it.
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

/// The endpoints of a kind that a browser can be sent to; SOAP, artifact and SAML 1 stand beside them unread.
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
        let location = location(element.attribute("Location").unwrap_or_default(), warnings)?;
        let response_location = element
            .attribute("ResponseLocation")
            .map(|text| self::location(text, warnings))
            .transpose()?;
        found.push(Endpoint {
            binding,
            location,
            response_location,
        });
    }
    Ok(found)
}

fn location(text: &str, warnings: &mut Vec<MetadataWarning>) -> Result<Location, MetadataError> {
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

/// The certificates of the keys that are for signing, or for any use.
///
/// One that cannot be used leaves a warning as long as another can: a key that nobody can verify with takes no
/// trust away, and providers publish the strangest things beside the key they sign with.
fn signing_certificates(
    role: Element<'_>,
    now: Timestamp,
    warnings: &mut Vec<MetadataWarning>,
) -> Result<Vec<Certificate>, MetadataError> {
    let mut accepted: Vec<Certificate> = Vec::new();
    let mut refused = Vec::new();
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
            match certificate(element) {
                Ok(certificate) if accepted.contains(&certificate) => {}
                Ok(certificate) => accepted.push(certificate),
                Err(error) => refused.push(error),
            }
        }
    }
    if accepted.is_empty() {
        return Err(MetadataError::NoSigningKey { refused });
    }
    warnings.extend(
        refused
            .into_iter()
            .map(|error| MetadataWarning::CertificateRefused { error }),
    );
    let over = accepted
        .iter()
        .filter(|one| one.is_over(now.unix_seconds()));
    warnings.extend(over.map(|one| MetadataWarning::CertificateExpired {
        sha256: one.sha256(),
        until: Timestamp::from_unix_seconds(one.not_after()),
    }));
    Ok(accepted)
}

/// The first certificate of each `X509Data`: those after it are the issuers of the first, and sign no messages.
fn certificate_elements(key: Element<'_>) -> Vec<Element<'_>> {
    let named = |name: &'static str| move |child: &Element<'_>| child.is(Namespace::DS, name);
    key.children()
        .filter(named("KeyInfo"))
        .flat_map(Element::children)
        .filter(named("X509Data"))
        .filter_map(|data| data.children().find(named("X509Certificate")))
        .collect()
}

/// The certificate in base64, or, as some publish it, the whole PEM text in base64 once more.
fn certificate(element: Element<'_>) -> Result<Certificate, CertificateError> {
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

/// The name for people: that of the user-interface extension, else that of the organization.
fn display_name(entity: Element<'_>, role: Element<'_>) -> Option<String> {
    const OF_ROLE: [(Namespace, &str); 3] = [
        (Namespace::MD, "Extensions"),
        (Namespace::MDUI, "UIInfo"),
        (Namespace::MDUI, "DisplayName"),
    ];
    const OF_ENTITY: [(Namespace, &str); 2] = [
        (Namespace::MD, "Organization"),
        (Namespace::MD, "OrganizationDisplayName"),
    ];
    below(role, &OF_ROLE)
        .or_else(|| below(entity, &OF_ENTITY))
        .and_then(|element| element.value().ok())
        .map(|name| name.trim().chars().take(MAX_NAME).collect::<String>())
        .filter(|name| !name.is_empty())
}

/// Goes down a path of names, to the first of each.
fn below<'d>(from: Element<'d>, path: &[(Namespace, &str)]) -> Option<Element<'d>> {
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
