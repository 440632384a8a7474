//! What should be known about a connection that works.

use i18n::Text;
use saml::metadata::MetadataWarning;
use serde::Serialize;
use utoipa::ToSchema;

/// Something to know and perhaps to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ConnectionWarning)]
pub struct Warning {
    /// The name that programs and documentation share. Never changes.
    #[schema(example = "certificate-ends-soon")]
    pub code: &'static str,
    /// One sentence for the administrator.
    pub detail: String,
}

impl Warning {
    pub(super) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }

    /// The warning in the reader's language.
    pub fn localize(&self, text: Text) -> String {
        text.sentence_or(&format!("setup-note-{}", self.code), &self.detail)
    }

    /// What the reader of metadata has to say.
    pub(super) fn of_metadata(warning: &MetadataWarning) -> Self {
        let code = match warning {
            MetadataWarning::PlainHttp { .. } => "plain-http",
            MetadataWarning::CertificateRejected { .. } => "certificate-left-out",
            MetadataWarning::CertificateExpired { .. } => "certificate-ended",
            MetadataWarning::KeyWithoutCertificate => "key-left-out",
            MetadataWarning::SignatureNotChecked => "metadata-signature-not-checked",
            _ => "metadata",
        };
        Self::new(code, warning.to_string())
    }
}
