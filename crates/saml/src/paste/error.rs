use crate::certificate::{CertificateError, CertificateTextError};
use crate::metadata::MetadataError;

/// Why a pasted text is not accepted.
///
/// No variant holds the pasted text: a private key must not be shown or logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasteError {
    #[error("nothing was given")]
    Empty,
    #[error("this is larger than a megabyte, which no certificate and no provider's metadata is")]
    TooLarge,
    /// A private key, possibly among other content.
    #[error(
        "this contains a private key, which must never leave the identity provider; it was not stored. \
         Give the certificate, and treat the key as compromised"
    )]
    PrivateKey,
    #[error("this is a certificate signing request, not a certificate")]
    CertificateRequest,
    #[error("this is only a public key; enter the certificate that contains it")]
    PublicKey,
    #[error(
        "this is a PKCS#7 bundle without a certificate that can be read; export the certificate alone, as Base-64 encoded X.509 (.cer)"
    )]
    Pkcs7,
    /// A PKCS#12 file, which usually contains a private key.
    #[error(
        "this is a PKCS#12 file (.pfx, .p12), which usually contains a private key; it was not stored. \
         Export the certificate alone"
    )]
    Pkcs12,
    #[error("this is a certificate's fingerprint; give the certificate itself")]
    Fingerprint,
    /// A web page, such as the sign-in page.
    #[error("this is a web page, not metadata; give the metadata's address or file")]
    WebPage,
    /// An address, perhaps of metadata.
    #[error("this is an address; give the document behind it")]
    Url,
    #[error(
        "this is the metadata of the service provider {entity_id}; what is needed is the identity provider's"
    )]
    ServiceProvider { entity_id: String },
    /// Metadata or other XML that is not accepted.
    #[error(transparent)]
    Metadata(MetadataError),
    /// A certificate that is not accepted.
    #[error(transparent)]
    Certificate(CertificateError),
    /// An incomplete certificate.
    #[error("a part of the certificate is missing; copy it whole, from BEGIN to END")]
    Damaged,
    #[error("this is neither a certificate nor metadata")]
    Unrecognized,
}

impl From<CertificateTextError> for PasteError {
    fn from(error: CertificateTextError) -> Self {
        match error {
            CertificateTextError::PrivateKey => Self::PrivateKey,
            CertificateTextError::Pkcs12 => Self::Pkcs12,
            CertificateTextError::CertificateRequest => Self::CertificateRequest,
            CertificateTextError::PublicKey => Self::PublicKey,
            CertificateTextError::Pkcs7 => Self::Pkcs7,
            CertificateTextError::Damaged => Self::Damaged,
            CertificateTextError::Unrecognized => Self::Unrecognized,
            CertificateTextError::Certificate(error) => Self::Certificate(error),
        }
    }
}

impl PasteError {
    /// Whether the pasted text must not be stored or shown.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self, Self::PrivateKey | Self::Pkcs12)
    }

    /// The identifier that logs, docs and support requests share. Never changes.
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
            Self::ServiceProvider { .. } => "service-provider-metadata",
            Self::Metadata(error) => error.code(),
            Self::Certificate(error) => error.code(),
            Self::Damaged => "paste-damaged",
            Self::Unrecognized => "paste-unrecognized",
        }
    }
}
