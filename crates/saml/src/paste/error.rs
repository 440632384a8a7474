use crate::certificate::CertificateError;
use crate::metadata::MetadataError;

/// What was in the box instead of a certificate.
///
/// No variant holds what was pasted: a private key has to be forgotten, not shown or logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasteError {
    /// Nothing.
    #[error("nothing was given")]
    Empty,
    /// More than a megabyte.
    #[error("this is larger than a megabyte, which no certificate and no provider's metadata is")]
    TooLarge,
    /// A private key, alone or beside something else.
    #[error(
        "this holds a private key, which must never leave the identity provider; it was not stored. \
         Give the certificate, and treat the key as compromised"
    )]
    PrivateKey,
    /// A request for a certificate.
    #[error("this is a certificate signing request, not a certificate")]
    CertificateRequest,
    /// A public key without its certificate.
    #[error("this is a public key alone; give the certificate that holds it")]
    PublicKey,
    /// A PKCS#7 bundle.
    #[error(
        "this is a PKCS#7 bundle; export the certificate alone, as Base-64 encoded X.509 (.cer)"
    )]
    Pkcs7,
    /// A PKCS#12 container, which usually holds a private key.
    #[error(
        "this is a PKCS#12 file (.pfx, .p12), which usually holds a private key; it was not stored. \
         Export the certificate alone"
    )]
    Pkcs12,
    /// A certificate's fingerprint.
    #[error("this is a certificate's fingerprint; give the certificate itself")]
    Fingerprint,
    /// A web page, such as the one on which people sign in.
    #[error("this is a web page, not metadata; give the metadata's address or file")]
    WebPage,
    /// An address, perhaps of metadata.
    #[error("this is an address; give the document behind it")]
    Url,
    /// The metadata of a service provider.
    #[error(
        "this is the metadata of the service provider {entity_id}; what is needed is the identity provider's"
    )]
    ServiceProvider {
        /// The entity it describes.
        entity_id: String,
    },
    /// Metadata, or something like it, that cannot be used.
    #[error(transparent)]
    Metadata(MetadataError),
    /// A certificate that cannot be used.
    #[error(transparent)]
    Certificate(CertificateError),
    /// A certificate of which a part is missing.
    #[error("a part of the certificate is missing; copy it whole, from BEGIN to END")]
    Damaged,
    /// None of the things that one might expect here.
    #[error("this is neither a certificate nor metadata")]
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
