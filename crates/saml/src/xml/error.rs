/// Why a document was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}, at octet {position}")]
pub struct XmlError {
    /// What is wrong.
    pub fault: XmlFault,
    /// Octets from the start of the document, after line ends were normalised.
    pub position: usize,
}

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XmlFault {
    /// The octets are not UTF-8, or the XML declaration names another encoding.
    #[error("the document is not in UTF-8")]
    NotUtf8,
    /// A document type declaration, which no SAML message may hold.
    #[error("the document holds a DOCTYPE, which is never accepted")]
    Doctype,
    /// A processing instruction inside a protocol message.
    #[error("the message holds a processing instruction")]
    ProcessingInstruction,
    /// A CDATA section inside a protocol message.
    #[error("the message holds a CDATA section")]
    Cdata,
    /// More octets than the limit.
    #[error("the document is larger than the limit")]
    TooLarge,
    /// More open elements than the limit.
    #[error("elements are nested deeper than the limit")]
    TooDeep,
    /// More elements than the limit.
    #[error("the document has more elements than the limit")]
    TooManyElements,
    /// More attributes on one element than the limit.
    #[error("an element has more attributes than the limit")]
    TooManyAttributes,
    /// More namespaces than the limit.
    #[error("the document has more namespaces than the limit")]
    TooManyNamespaces,
    /// A constraint of Namespaces in XML 1.0 is broken; says which.
    #[error("{0}")]
    Namespace(&'static str),
    /// A constraint of XML 1.0 is broken; says which.
    #[error("{0}")]
    Syntax(&'static str),
}

impl XmlFault {
    /// The name that pages, logs and documentation share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::Doctype => "xml-doctype",
            Self::ProcessingInstruction => "xml-processing-instruction",
            Self::Cdata => "xml-cdata",
            Self::TooLarge => "too-large",
            Self::TooDeep => "xml-too-deep",
            Self::TooManyElements => "xml-too-many-elements",
            Self::TooManyAttributes => "xml-too-many-attributes",
            Self::TooManyNamespaces | Self::Namespace(_) => "xml-namespace",
            Self::Syntax(_) => "xml-syntax",
        }
    }
}
