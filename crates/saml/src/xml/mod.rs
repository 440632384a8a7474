//! A strict reader of XML 1.0 (fifth edition) with Namespaces, for messages that an enemy may have written.
//!
//! It reads UTF-8 alone, never a DOCTYPE, and no entity besides the five predefined ones; every constraint of
//! well-formedness and namespace well-formedness is fatal, and so is every limit. Nothing is looked up by a bare
//! name: each question names a [`Namespace`].

mod chars;
mod cursor;
mod document;
mod error;
mod limits;
mod namespace;
mod prefix;
mod reader;
mod reference;
mod scope;
mod source;
mod tag;

pub(crate) use chars::is_ncname;
pub(crate) use document::Declaration;
pub use document::{Attribute, Document, Element, Node, ValueError};
pub use error::{XmlError, XmlFault};
pub use limits::Limits;
pub use namespace::Namespace;
pub(crate) use prefix::Prefix;
pub use source::Source;

/// Which markup besides elements and text a document may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A protocol message: comments between elements alone.
    Message,
    /// A document at rest, such as metadata: comments, processing instructions and CDATA sections.
    Document,
}

#[cfg(test)]
mod tests;
