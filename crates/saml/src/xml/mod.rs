//! A strict parser of XML 1.0 (fifth edition) with Namespaces, for hostile messages.
//!
//! The text is decoded once, by the document's declaration. There is no DOCTYPE, and only the five predefined entities.
//! Every violation of well-formedness or namespace well-formedness is fatal, and so is every exceeded limit. Every lookup
//! names a [`Namespace`].

mod chars;
mod cursor;
mod document;
mod encoding;
mod error;
mod limits;
mod namespace;
mod parser;
mod prefix;
mod reference;
mod scope;
mod source;
mod span;
mod tag;
mod verbatim;

pub(crate) use chars::{is_message_id, is_ncname, trim};
pub(crate) use document::Declaration;
pub use document::{Document, Element, Node, ValueError, XmlAttribute};
pub(crate) use encoding::declared_encoding;
pub use error::{XmlError, XmlFault};
pub use limits::Limits;
pub use namespace::Namespace;
pub(crate) use prefix::Prefix;
pub use source::Source;

/// The markup that a document may hold in addition to elements and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A protocol message: comments only, and those only between elements.
    Message,
    /// Other documents, such as metadata: comments, processing instructions and CDATA sections.
    Document,
}

#[cfg(test)]
mod tests;
