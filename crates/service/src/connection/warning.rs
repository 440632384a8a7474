use i18n::Localizer;
use saml::metadata::MetadataWarning;
use serde::Serialize;
use utoipa::ToSchema;

/// A configuration problem of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ConnectionWarning)]
pub struct Warning {
    /// The kind of warning, for programs. A code never changes its meaning.
    #[schema(example = "certificate-expires-soon")]
    pub code: &'static str,
    /// What is wrong and what to do, in English.
    pub detail: String,
}

impl Warning {
    pub(super) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }

    pub fn localize(&self, text: Localizer) -> String {
        text.get_or_sentence(&format!("setup-warning-{}", self.code), &self.detail)
    }

    /// A certificate that issued another is not trusted itself.
    pub(super) fn issuer_skipped(subject: &str) -> Self {
        let detail = format!(
            "the certificate {subject} issued another one and is not trusted; messages must be signed with the certificate that it issued"
        );
        Self::new("issuer-certificate-skipped", detail)
    }

    pub(super) fn from_metadata(warning: &MetadataWarning) -> Self {
        let code = match warning {
            MetadataWarning::PlainHttp { .. } => "plain-http",
            MetadataWarning::CertificateRejected { .. } => "certificate-skipped",
            MetadataWarning::CertificateExpired { .. } => "certificate-expired",
            MetadataWarning::KeyWithoutCertificate => "key-skipped",
            MetadataWarning::SignatureNotChecked => "metadata-signature-not-checked",
            MetadataWarning::EndpointSkipped { .. } => "endpoint-skipped",
            MetadataWarning::SeveralRoles { .. } => "several-roles",
            MetadataWarning::IssuerSkipped { subject } => return Self::issuer_skipped(subject),
            _ => "metadata",
        };
        Self::new(code, warning.to_string())
    }
}
