use std::fmt;

use crate::certificate::CertificateError;
use crate::location::LocationError;
use crate::rejection::Rejection;
use crate::timestamp::Timestamp;
use crate::xml::XmlError;

/// Why a document gives no identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetadataError {
    /// It is not XML that is read here.
    Xml(XmlError),
    /// Its document element is not one of metadata.
    NotMetadata {
        /// What it is instead.
        received: String,
    },
    /// It describes a service provider: perhaps our own, sent to the wrong side.
    ServiceProvider {
        /// The entity it describes.
        entity_id: String,
    },
    /// It describes no SAML 2.0 identity provider.
    NoIdentityProvider,
    /// It describes several identity providers, and nobody has said which is meant.
    SeveralIdentityProviders {
        /// Their entity IDs.
        entity_ids: Vec<String>,
    },
    /// It does not describe the identity provider that is meant.
    EntityMissing {
        /// The entity ID that is meant.
        expected: String,
        /// Those that are there.
        received: Vec<String>,
    },
    /// Two descriptions carry the same entity ID, so that nobody can say which is meant.
    EntityTwice {
        /// The entity ID.
        entity_id: String,
    },
    /// The entity ID is missing, empty, or longer than 1024 characters.
    EntityId,
    /// The description is over.
    Expired {
        /// Its first second that is not valid.
        until: Timestamp,
        /// The time of the check.
        now: Timestamp,
    },
    /// `validUntil` is not an instant.
    ValidUntil {
        /// What stands there.
        received: String,
    },
    /// No endpoint takes our requests by HTTP-Redirect or HTTP-POST.
    NoSignOnEndpoint,
    /// An endpoint's address is none that a browser may be sent to.
    Location {
        /// What stands there.
        received: String,
        /// What is wrong with it.
        error: LocationError,
    },
    /// No key that may sign is there, or none that is sound.
    NoSigningKey {
        /// Why those that are there are not taken.
        refused: Vec<CertificateError>,
    },
    /// The metadata has to be signed, and is not.
    Unsigned,
    /// The signature on the metadata is not right.
    Signature(Box<Rejection>),
}

/// What somebody should know about metadata that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetadataWarning {
    /// An endpoint without encryption.
    PlainHttp {
        /// Its address.
        location: String,
    },
    /// A signing certificate that is not taken; others are.
    CertificateRefused {
        /// Why.
        error: CertificateError,
    },
    /// A signing certificate whose last valid second has passed.
    CertificateExpired {
        /// Its fingerprint.
        sha256: String,
        /// Its last valid second.
        until: Timestamp,
    },
    /// A signing key that is given in another form than a certificate, and is therefore not taken.
    KeyWithoutCertificate,
    /// The metadata says of itself that it was signed, and no key was given to check that with.
    SignatureNotChecked,
}

impl MetadataError {
    /// The name that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Xml(error) => error.fault.code(),
            Self::NotMetadata { .. } => "not-metadata",
            Self::ServiceProvider { .. } => "metadata-of-a-service-provider",
            Self::NoIdentityProvider => "metadata-without-identity-provider",
            Self::SeveralIdentityProviders { .. } => "metadata-several-identity-providers",
            Self::EntityMissing { .. } => "metadata-entity-missing",
            Self::EntityTwice { .. } => "metadata-entity-twice",
            Self::EntityId => "metadata-entity-id",
            Self::Expired { .. } => "metadata-expired",
            Self::ValidUntil { .. } => "metadata-valid-until",
            Self::NoSignOnEndpoint => "metadata-without-sign-on-endpoint",
            Self::Location { .. } => "metadata-location",
            Self::NoSigningKey { .. } => "metadata-without-signing-key",
            Self::Unsigned => "metadata-unsigned",
            Self::Signature(_) => "metadata-signature",
        }
    }
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Xml(error) => error.fmt(f),
            Self::NotMetadata { received } => {
                write!(
                    f,
                    "the document is a {received}, not the metadata of an identity provider"
                )
            }
            Self::ServiceProvider { entity_id } => write!(
                f,
                "this is the metadata of the service provider {entity_id}; what is needed is the identity provider's"
            ),
            Self::NoIdentityProvider => {
                f.write_str("the metadata describes no SAML 2.0 identity provider")
            }
            Self::SeveralIdentityProviders { entity_ids } => {
                write!(
                    f,
                    "the metadata describes several identity providers; say which: {}",
                    list(entity_ids)
                )
            }
            Self::EntityMissing { expected, received } => {
                write!(
                    f,
                    "the metadata does not describe {expected}, but {}",
                    list(received)
                )
            }
            Self::EntityTwice { entity_id } => {
                write!(f, "the metadata describes {entity_id} twice")
            }
            Self::EntityId => f.write_str("the metadata's entityID is missing, empty or too long"),
            Self::Expired { until, now } => {
                write!(f, "the metadata was valid until {until}, and now is {now}")
            }
            Self::ValidUntil { received } => write!(
                f,
                "the metadata's validUntil {received:?} is not an instant"
            ),
            Self::NoSignOnEndpoint => {
                f.write_str("the metadata names no sign-on address for HTTP-Redirect or HTTP-POST")
            }
            Self::Location { received, error } => write!(f, "{error}: {received:?}"),
            Self::NoSigningKey { refused } => match refused.first() {
                Some(error) => write!(
                    f,
                    "none of the metadata's signing certificates can be used: {error}"
                ),
                None => f.write_str("the metadata has no signing certificate"),
            },
            Self::Unsigned => f.write_str("the metadata is not signed"),
            Self::Signature(rejection) => {
                write!(f, "the metadata's signature is not right: {rejection}")
            }
        }
    }
}

impl std::error::Error for MetadataError {}

impl fmt::Display for MetadataWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlainHttp { location } => write!(f, "the address {location} is not encrypted"),
            Self::CertificateRefused { error } => {
                write!(f, "a signing certificate is left out: {error}")
            }
            Self::CertificateExpired { sha256, until } => {
                write!(
                    f,
                    "the signing certificate {sha256} was valid until {until}"
                )
            }
            Self::KeyWithoutCertificate => {
                f.write_str("a signing key is left out, because it is not given as a certificate")
            }
            Self::SignatureNotChecked => f.write_str(
                "the metadata carries a signature, and no key was given to check it with",
            ),
        }
    }
}

/// The first few of perhaps thousands.
fn list(entity_ids: &[String]) -> String {
    const SHOWN: usize = 10;
    let mut text = entity_ids
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let more = entity_ids.len().saturating_sub(SHOWN);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}
