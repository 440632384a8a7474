use std::fmt;

use crate::certificate::CertificateError;
use crate::metadata::MetadataError;

/// What was in the box instead of a certificate.
///
/// No variant holds what was pasted: a private key has to be forgotten, not shown or logged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasteError {
    /// Nothing.
    Empty,
    /// More than a megabyte.
    TooLarge,
    /// A private key, alone or beside something else.
    PrivateKey,
    /// A request for a certificate.
    CertificateRequest,
    /// A public key without its certificate.
    PublicKey,
    /// A PKCS#7 bundle.
    Pkcs7,
    /// A PKCS#12 container, which usually holds a private key.
    Pkcs12,
    /// A certificate's fingerprint.
    Fingerprint,
    /// A web page, such as the one on which people sign in.
    WebPage,
    /// An address, perhaps of metadata.
    Url,
    /// The metadata of a service provider.
    ServiceProvider {
        /// The entity it describes.
        entity_id: String,
    },
    /// Metadata, or something like it, that cannot be used.
    Metadata(MetadataError),
    /// A certificate that cannot be used.
    Certificate(CertificateError),
    /// A certificate of which a part is missing.
    Damaged,
    /// None of the things that one might expect here.
    Unrecognised,
}

impl PasteError {
    /// Whether what was pasted must be neither kept nor shown again.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self, Self::PrivateKey | Self::Pkcs12)
    }

    /// The name that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "paste-empty",
            Self::TooLarge => "paste-too-large",
            Self::PrivateKey => "paste-private-key",
            Self::CertificateRequest => "paste-certificate-request",
            Self::PublicKey => "paste-public-key",
            Self::Pkcs7 => "paste-pkcs7",
            Self::Pkcs12 => "paste-pkcs12",
            Self::Fingerprint => "paste-fingerprint",
            Self::WebPage => "paste-web-page",
            Self::Url => "paste-url",
            Self::ServiceProvider { .. } => "metadata-of-a-service-provider",
            Self::Metadata(error) => error.code(),
            Self::Certificate(error) => error.code(),
            Self::Damaged => "paste-damaged",
            Self::Unrecognised => "paste-unrecognised",
        }
    }
}

impl fmt::Display for PasteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "nothing was given",
            Self::TooLarge => "this is larger than a megabyte, which no certificate and no provider's metadata is",
            Self::PrivateKey => {
                "this holds a private key, which must never leave the identity provider; it was not kept. \
                 Give the certificate, and consider the key as disclosed"
            }
            Self::CertificateRequest => "this is a request for a certificate, not a certificate",
            Self::PublicKey => "this is a public key alone; give the certificate that holds it",
            Self::Pkcs7 => "this is a PKCS#7 bundle; export the certificate alone, as Base-64 encoded X.509 (.cer)",
            Self::Pkcs12 => {
                "this is a PKCS#12 file (.pfx, .p12), which usually holds a private key; it was not kept. \
                 Export the certificate alone"
            }
            Self::Fingerprint => "this is a certificate's fingerprint; give the certificate itself",
            Self::WebPage => "this is a web page, not metadata; give the address or the file to which it leads",
            Self::Url => "this is an address; give what is found there",
            Self::ServiceProvider { entity_id } => {
                return write!(
                    f,
                    "this is the metadata of the service provider {entity_id}; what is needed is the identity provider's"
                );
            }
            Self::Metadata(error) => return error.fmt(f),
            Self::Certificate(error) => return error.fmt(f),
            Self::Damaged => "a part of the certificate is missing; copy it whole, from BEGIN to END",
            Self::Unrecognised => "this is neither a certificate nor metadata",
        })
    }
}

impl std::error::Error for PasteError {}
