use std::fmt;

/// Why a document was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// What is wrong.
    pub fault: XmlFault,
    /// Octets from the start of the document, after line ends were normalised.
    pub position: usize,
}

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlFault {
    /// The octets are not UTF-8, or the XML declaration names another encoding.
    NotUtf8,
    /// A document type declaration, which no SAML message may hold.
    Doctype,
    /// A processing instruction inside a protocol message.
    ProcessingInstruction,
    /// A CDATA section inside a protocol message.
    Cdata,
    /// More octets than the limit.
    TooLarge,
    /// More open elements than the limit.
    TooDeep,
    /// More elements than the limit.
    TooManyElements,
    /// More attributes on one element than the limit.
    TooManyAttributes,
    /// More namespaces than the limit.
    TooManyNamespaces,
    /// A constraint of Namespaces in XML 1.0 is broken; says which.
    Namespace(&'static str),
    /// A constraint of XML 1.0 is broken; says which.
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

impl fmt::Display for XmlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotUtf8 => "the document is not in UTF-8",
            Self::Doctype => "the document holds a DOCTYPE, which is never accepted",
            Self::ProcessingInstruction => "the message holds a processing instruction",
            Self::Cdata => "the message holds a CDATA section",
            Self::TooLarge => "the document is larger than the limit",
            Self::TooDeep => "elements are nested deeper than the limit",
            Self::TooManyElements => "the document has more elements than the limit",
            Self::TooManyAttributes => "an element has more attributes than the limit",
            Self::TooManyNamespaces => "the document has more namespaces than the limit",
            Self::Namespace(what) | Self::Syntax(what) => what,
        })
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at octet {}", self.fault, self.position)
    }
}

impl std::error::Error for XmlError {}
