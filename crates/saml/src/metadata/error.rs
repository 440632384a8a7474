use crate::certificate::CertificateError;
use crate::location::LocationError;
use crate::rejection::Rejection;
use crate::timestamp::Timestamp;
use crate::xml::XmlError;

/// Why a document gives no identity provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// It is not XML that is read here.
    #[error(transparent)]
    Xml(XmlError),
    /// Its document element is not one of metadata.
    #[error("the document is a {received}, not the metadata of an identity provider")]
    NotMetadata {
        /// What it is instead.
        received: String,
    },
    /// It describes a service provider: perhaps our own, sent to the wrong side.
    #[error(
        "this is the metadata of the service provider {entity_id}; what is needed is the identity provider's"
    )]
    ServiceProvider {
        /// The entity it describes.
        entity_id: String,
    },
    /// It describes no SAML 2.0 identity provider.
    #[error("the metadata describes no SAML 2.0 identity provider")]
    NoIdentityProvider,
    /// It describes several identity providers, and nobody has said which is meant.
    #[error("the metadata describes several identity providers; say which: {}", list(.entity_ids))]
    SeveralIdentityProviders {
        /// Their entity IDs.
        entity_ids: Vec<String>,
    },
    /// It does not describe the identity provider that is meant.
    #[error("the metadata does not describe {expected}, but {}", list(.received))]
    EntityMissing {
        /// The entity ID that is meant.
        expected: String,
        /// Those that are there.
        received: Vec<String>,
    },
    /// Two descriptions carry the same entity ID, so that nobody can say which is meant.
    #[error("the metadata describes {entity_id} twice")]
    EntityTwice {
        /// The entity ID.
        entity_id: String,
    },
    /// The entity ID is missing, empty, or longer than 1024 characters.
    #[error("the metadata's entityID is missing, empty or too long")]
    EntityId,
    /// The description is over.
    #[error("the metadata was valid until {until}, and now is {now}")]
    Expired {
        /// Its first second that is not valid.
        until: Timestamp,
        /// The time of the check.
        now: Timestamp,
    },
    /// `validUntil` is not an instant.
    #[error("the metadata's validUntil {received:?} is not a valid time")]
    ValidUntil {
        /// What stands there.
        received: String,
    },
    /// No endpoint takes our requests by HTTP-Redirect or HTTP-POST.
    #[error("the metadata names no sign-on address for HTTP-Redirect or HTTP-POST")]
    NoSignOnEndpoint,
    /// An endpoint's address is none that a browser may be sent to.
    #[error("{error}: {received:?}")]
    Location {
        /// What stands there.
        received: String,
        /// What is wrong with it.
        error: LocationError,
    },
    /// No key that may sign is there, or none that is sound.
    #[error("{}", no_signing_key(.refused))]
    NoSigningKey {
        /// Why those that are there are not taken.
        refused: Vec<CertificateError>,
    },
    /// The metadata has to be signed, and is not.
    #[error("the metadata is not signed")]
    Unsigned,
    /// The signature on the metadata is not right.
    #[error("the metadata's signature is invalid: {0}")]
    Signature(Box<Rejection>),
}

/// What somebody should know about metadata that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataWarning {
    /// An endpoint without encryption.
    #[error("the address {location} is not encrypted")]
    PlainHttp {
        /// Its address.
        location: String,
    },
    /// A signing certificate that is not taken; others are.
    #[error("a signing certificate was skipped: {error}")]
    CertificateRefused {
        /// Why.
        error: CertificateError,
    },
    /// A signing certificate whose last valid second has passed.
    #[error("the signing certificate {sha256} was valid until {until}")]
    CertificateExpired {
        /// Its fingerprint.
        sha256: String,
        /// Its last valid second.
        until: Timestamp,
    },
    /// A signing key that is given in another form than a certificate, and is therefore not taken.
    #[error("a signing key was skipped, because it is not given as a certificate")]
    KeyWithoutCertificate,
    /// The metadata says of itself that it was signed, and no key was given to check that with.
    #[error("the metadata carries a signature, and no key was given to check it with")]
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

fn no_signing_key(refused: &[CertificateError]) -> String {
    match refused.first() {
        Some(error) => {
            format!("none of the metadata's signing certificates can be used: {error}")
        }
        None => "the metadata has no signing certificate".to_owned(),
    }
}
