use jiff::Timestamp;

use crate::certificate::CertificateTextError;
use crate::location::LocationError;
use crate::rejection::Rejection;
use crate::xml::XmlError;

/// Why metadata is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    #[error(transparent)]
    Xml(XmlError),
    #[error("the document is a {received}, not the metadata of an identity provider")]
    NotMetadata {
        /// The name of the document element.
        received: String,
    },
    /// It looks like metadata, but an element is not in the namespace of metadata.
    #[error(
        "the element {received} is not in the namespace urn:oasis:names:tc:SAML:2.0:metadata; \
         the declaration xmlns is missing, or is for another prefix"
    )]
    Namespace {
        /// The name of the element as written.
        received: String,
    },
    /// Microsoft's metadata for all tenants, in which the tenant is left open.
    #[error(
        "this is Microsoft's template for all tenants, which names no identity provider; use \
         https://login.microsoftonline.com/TENANT-ID/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION-ID"
    )]
    EntraTemplate,
    /// It describes a service provider, perhaps this one.
    #[error(
        "this is the metadata of the service provider {entity_id}; what is needed is the identity provider's"
    )]
    ServiceProvider { entity_id: String },
    #[error("the metadata describes no SAML 2.0 identity provider")]
    NoIdentityProvider,
    /// It describes several identity providers, and [`super::MetadataOptions::entity_id`] is not set.
    #[error("the metadata describes several identity providers; say which: {}", list(.entity_ids))]
    SeveralIdentityProviders { entity_ids: Vec<String> },
    /// It does not describe the requested identity provider.
    #[error("the metadata does not describe {expected}, but {}", list(.received))]
    EntityMissing {
        expected: String,
        /// The entity IDs that it describes.
        received: Vec<String>,
    },
    /// Two entities have the same entity ID.
    #[error("the metadata describes {entity_id} twice")]
    DuplicateEntity { entity_id: String },
    /// The entity ID is missing, empty, or longer than 1024 characters.
    #[error("the metadata's entityID is missing, empty or too long")]
    EntityId,
    #[error("the metadata was valid until {until}, and now is {now}")]
    Expired {
        /// The first instant that is not valid any more.
        until: Timestamp,
        now: Timestamp,
    },
    /// `validUntil` cannot be parsed.
    #[error("the metadata's validUntil {received:?} is not a valid time")]
    ValidUntil { received: String },
    /// No sign-on endpoint supports HTTP-Redirect or HTTP-POST.
    #[error("the metadata has no sign-on URL for HTTP-Redirect or HTTP-POST")]
    NoSignOnEndpoint,
    /// An endpoint has an address to which no browser may be redirected.
    #[error("{error}: {received:?}")]
    Location {
        received: String,
        error: LocationError,
    },
    /// There is no signing certificate, or none that is accepted.
    #[error("{}", no_signing_key(.rejected))]
    NoSigningKey { rejected: Vec<CertificateTextError> },
    /// The only signing keys are bare ones, such as `RSAKeyValue`.
    #[error(
        "the metadata has a bare signing key (KeyValue) without a certificate; \
         configure a certificate at the identity provider"
    )]
    KeyWithoutCertificate,
    /// The metadata is too large to be kept whole, and the requested entity is too.
    #[error("the metadata is larger than the limit")]
    TooLarge,
    #[error("the metadata is not signed")]
    Unsigned,
    /// The signature of the metadata is invalid.
    #[error("the metadata's signature is invalid: {0}")]
    Signature(Box<Rejection>),
}

/// What an administrator should know about accepted metadata.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataWarning {
    /// An endpoint with an `http:` address.
    #[error("the address {location} is not encrypted")]
    PlainHttp { location: String },
    /// An endpoint has an address to which no browser may be redirected; at least one other endpoint can be used, or
    /// sign-ins do not need it.
    #[error("the address {received:?} of {kind} was skipped: {error}")]
    EndpointSkipped {
        kind: &'static str,
        received: String,
        error: LocationError,
    },
    /// The entity has further roles of an identity provider, whose endpoints and certificates are not used.
    #[error(
        "the metadata has {count} IDPSSODescriptor elements for SAML 2.0; the endpoints and certificates of one are used"
    )]
    SeveralRoles { count: usize },
    /// A certificate issued another one, and is not trusted itself.
    #[error("the certificate {subject} issued another one in the metadata and was skipped")]
    IssuerSkipped { subject: String },
    /// A signing certificate is not accepted; at least one other is.
    #[error("a signing certificate was skipped: {error}")]
    CertificateRejected { error: CertificateTextError },
    #[error("the signing certificate {sha256} was valid until {until}")]
    CertificateExpired {
        sha256: String,
        /// The last valid second.
        until: Timestamp,
    },
    /// A signing key is ignored because it is not given as a certificate.
    #[error("a signing key was skipped, because it is not given as a certificate")]
    KeyWithoutCertificate,
    /// The metadata is signed, but no key was given to verify the signature.
    #[error("the metadata is signed, and no key was given to verify the signature")]
    SignatureNotChecked,
}

impl MetadataError {
    /// Whether the metadata must not be stored or shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::NoSigningKey { rejected } if rejected.iter().any(CertificateTextError::is_secret))
    }

    /// The identifier that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Xml(error) => error.fault.code(),
            Self::NotMetadata { .. } => "not-metadata",
            Self::Namespace { .. } => "metadata-namespace",
            Self::EntraTemplate => "metadata-entra-template",
            Self::KeyWithoutCertificate => "metadata-key-without-certificate",
            Self::TooLarge => "metadata-too-large",
            Self::ServiceProvider { .. } => "service-provider-metadata",
            Self::NoIdentityProvider => "metadata-without-identity-provider",
            Self::SeveralIdentityProviders { .. } => "metadata-multiple-identity-providers",
            Self::EntityMissing { .. } => "metadata-entity-missing",
            Self::DuplicateEntity { .. } => "metadata-duplicate-entity",
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

/// The first entity IDs; a federation can have thousands.
fn list(entity_ids: &[String]) -> String {
    const MAX_LISTED: usize = 10;
    let mut text = entity_ids
        .iter()
        .take(MAX_LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let more = entity_ids.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

fn no_signing_key(rejected: &[CertificateTextError]) -> String {
    match rejected.first() {
        Some(error) => {
            format!("none of the metadata's signing certificates can be used: {error}")
        }
        None => "the metadata has no signing certificate".to_owned(),
    }
}
