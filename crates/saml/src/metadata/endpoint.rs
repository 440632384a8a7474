use super::{MetadataError, MetadataWarning};
use crate::location::{Location, LocationError};
use crate::trim::trim_edges;
use crate::xml::{Element, Namespace};

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

/// The single sign-on endpoints. Fails with the first unusable address if no endpoint is left.
pub(super) fn sign_on_endpoints(
    role: Element<'_>,
    warnings: &mut Vec<MetadataWarning>,
) -> Result<Vec<Endpoint>, MetadataError> {
    let found = Endpoints::parse(role, "SingleSignOnService");
    if found.usable.is_empty() {
        return Err(match found.skipped.into_iter().next() {
            Some(SkippedEndpoint { received, error }) => {
                MetadataError::Location { received, error }
            }
            None => MetadataError::NoSignOnEndpoint,
        });
    }
    Ok(found.into_usable("SingleSignOnService", warnings))
}

/// The single logout endpoints, which no sign-in needs.
pub(super) fn sign_out_endpoints(
    role: Element<'_>,
    warnings: &mut Vec<MetadataWarning>,
) -> Vec<Endpoint> {
    const KIND: &str = "SingleLogoutService";
    Endpoints::parse(role, KIND).into_usable(KIND, warnings)
}

/// The endpoints of one kind with a browser binding; SOAP, artifact and SAML 1 endpoints are ignored.
#[derive(Default)]
struct Endpoints {
    usable: Vec<Endpoint>,
    skipped: Vec<SkippedEndpoint>,
}

/// An address to which no browser may be redirected.
struct SkippedEndpoint {
    received: String,
    error: LocationError,
}

impl Endpoints {
    fn parse(role: Element<'_>, kind: &str) -> Self {
        let mut found = Self::default();
        for element in role
            .children()
            .filter(|child| child.is(Namespace::MD, kind))
        {
            let binding = element.attribute("Binding").map(trim_edges);
            let Some(binding) = binding.and_then(Binding::from_uri) else {
                continue;
            };
            let location = found.location(element.attribute("Location").unwrap_or_default());
            let response_location = element
                .attribute("ResponseLocation")
                .and_then(|text| found.location(text));
            found.usable.extend(location.map(|location| Endpoint {
                binding,
                location,
                response_location,
            }));
        }
        found
    }

    fn location(&mut self, text: &str) -> Option<Location> {
        let text = trim_edges(text);
        match Location::parse(text) {
            Ok(location) => Some(location),
            Err(error) => {
                self.skipped.push(SkippedEndpoint {
                    received: text.chars().take(200).collect(),
                    error,
                });
                None
            }
        }
    }

    fn into_usable(self, kind: &'static str, warnings: &mut Vec<MetadataWarning>) -> Vec<Endpoint> {
        for endpoint in &self.usable {
            let warning = MetadataWarning::PlainHttp {
                location: endpoint.location.as_str().to_owned(),
            };
            if !endpoint.location.is_protected() && !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        warnings.extend(
            self.skipped
                .into_iter()
                .map(
                    |SkippedEndpoint { received, error }| MetadataWarning::EndpointSkipped {
                        kind,
                        received,
                        error,
                    },
                ),
        );
        self.usable
    }
}
