//! The documents inside ciphertexts.

use crate::rejection::Rejection;
use crate::response_envelope::check_plaintext;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source, XmlError, XmlFault};

/// Parses a decrypted assertion as strictly as a plain one.
pub(crate) fn parse_assertion<'s>(
    source: &'s Source<'_>,
    wrapper: Element<'s>,
) -> Result<Document<'s>, Rejection> {
    let document = parse_plaintext(source, wrapper)?;
    check_plaintext(&document)?;
    Ok(document)
}

/// Parses a decrypted element: on its own, or with the namespace declarations around the ciphertext if it needs them
/// (XML Encryption 1.1, 4.4.3.3).
///
/// Its signature covers the names that result. Without one, the response's signature covers those declarations.
pub(crate) fn parse_plaintext<'s>(
    source: &'s Source<'_>,
    wrapper: Element<'s>,
) -> Result<Document<'s>, XmlError> {
    let alone = Document::parse(source, Profile::Message, &Limits::MESSAGE);
    let needs_context = match &alone {
        Ok(document) => document.root().namespace() == Namespace::NONE,
        Err(error) => matches!(error.fault, XmlFault::Namespace(_)),
    };
    if !needs_context {
        return alone;
    }
    Document::parse_in_place(source, Profile::Message, &Limits::MESSAGE, wrapper)
}
