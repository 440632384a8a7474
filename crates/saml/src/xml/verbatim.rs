//! Which parts of a document are written as canonical XML writes them, so that they can be copied.
//!
//! The parser has accepted the document, so a part can be longer than its canonical form, but not shorter. Comparing
//! lengths is enough, once the order of the attributes and the values are known to be canonical.

use std::borrow::Cow;
use std::ops::Range;

use super::document::{ElementName, NodeContent, NodeData};
use super::span::{Span, sum};
use super::{Element, Prefix, XmlAttribute};

impl Element<'_> {
    /// The range of an element in the text that is its own canonical form wherever its prefix is declared already: a
    /// start tag, at most one text, and an end tag, without attributes, declarations and white space in the tags.
    pub(crate) fn canonical_leaf(self) -> Option<Range<usize>> {
        let data = self.data()?;
        let subtree = self.subtree();
        let content = subtree.start.saturating_add(1)..subtree.end;
        let text_length = match self.document().nodes.get(content)? {
            [] => 0,
            [
                NodeData {
                    content: NodeContent::Text(text),
                    ..
                },
            ] => text.len(),
            _ => return None,
        };
        let tag = self.canonical_start_tag()?;
        // The parser has seen the end tag. Nothing but white space could make it longer.
        let canonical_length = sum([tag.len(), text_length, "/".len(), tag.len()]);
        let is_canonical = data.attributes.is_empty() && data.span.len() == canonical_length;
        is_canonical.then(|| data.span.range())
    }

    /// The range of the start tag in the text, if it is its own canonical form wherever the prefixes are declared already:
    /// without declarations and needless white space, and with the attributes in their order.
    pub(crate) fn canonical_start_tag(self) -> Option<Range<usize>> {
        let data = self.data()?;
        if !self.document().is_verbatim || !data.declarations.is_empty() {
            return None;
        }
        let mut canonical_length = sum(["<>".len(), self.name()?.length()]);
        let mut before: Option<&XmlAttribute<'_>> = None;
        for attribute in self.attributes() {
            let is_in_order = before.is_none_or(|before| {
                before.namespace == attribute.namespace && before.local < attribute.local
            });
            let Cow::Borrowed(value) = attribute.value else {
                return None;
            };
            if !is_in_order {
                return None;
            }
            let name_length = name_length(attribute.prefix, attribute.local);
            let length = [" =\"\"".len(), name_length, value.len()];
            canonical_length = canonical_length.saturating_add(sum(length));
            before = Some(attribute);
        }
        // The parser has seen the tag. Nothing but white space or `/` could make it longer.
        let tag = Span {
            end: data.tag_end,
            ..data.span
        };
        (tag.len() == canonical_length).then(|| tag.range())
    }

    /// The range of the end tag in the text, if it begins at `start` and is its own canonical form.
    pub(crate) fn canonical_end_tag(self, start: usize) -> Option<Range<usize>> {
        let canonical_length = sum(["</>".len(), self.name()?.length()]);
        let tag = start..self.span().end;
        (tag.len() == canonical_length).then_some(tag)
    }
}

impl ElementName<'_> {
    fn length(&self) -> usize {
        name_length(self.prefix, self.local)
    }
}

fn name_length(prefix: Prefix<'_>, local: &str) -> usize {
    let colon = usize::from(!prefix.is_empty());
    sum([prefix.len(), colon, local.len()])
}
