/// Why a document was rejected, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}, at byte {position}")]
pub struct XmlError {
    pub fault: XmlFault,
    /// In octets from the start of the document, after normalization of line ends.
    pub position: usize,
}

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlFault {
    /// The octets are not UTF-8, and neither a byte order mark nor the XML declaration names another encoding.
    #[error("the document is not encoded in UTF-8")]
    NotUtf8,
    /// The octets are not in the encoding that the document states, or that encoding is not supported.
    #[error("{0}")]
    Encoding(&'static str),
    #[error("the document contains a DOCTYPE, which is not allowed")]
    Doctype,
    /// A processing instruction in a protocol message.
    #[error("the message contains a processing instruction")]
    ProcessingInstruction,
    /// A CDATA section in a protocol message.
    #[error("the message contains a CDATA section")]
    Cdata,
    #[error("the document is larger than the limit")]
    TooLarge,
    #[error("elements are nested deeper than the limit")]
    TooDeep,
    #[error("the document has more elements than the limit")]
    TooManyElements,
    #[error("an element has more attributes than the limit")]
    TooManyAttributes,
    #[error("the document has more namespaces than the limit")]
    TooManyNamespaces,
    /// A violated constraint of Namespaces in XML 1.0.
    #[error("{0}")]
    Namespace(&'static str),
    /// A violated constraint of XML 1.0.
    #[error("{0}")]
    Syntax(&'static str),
}

impl XmlFault {
    /// The identifier that pages, logs and documentation share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::Encoding(_) => "xml-encoding",
            Self::Doctype => "xml-doctype",
            Self::ProcessingInstruction => "xml-processing-instruction",
            Self::Cdata => "xml-cdata",
            Self::TooLarge => "message-too-large",
            Self::TooDeep => "xml-too-deep",
            Self::TooManyElements => "xml-too-many-elements",
            Self::TooManyAttributes => "xml-too-many-attributes",
            Self::TooManyNamespaces | Self::Namespace(_) => "xml-namespace",
            Self::Syntax(_) => "xml-syntax",
        }
    }
}
