//! Writes canonical octets, in a few long pieces.

use std::ops::Range;

use super::Sink;
use crate::xml::Document;

/// Copies what stands in the source as canonical XML writes it, and writes the rest.
pub(super) struct Writer<'d, 'w, S> {
    document: &'d Document<'d>,
    sink: &'w mut S,
    /// What has been copied last, and is written when something else follows.
    run: Range<usize>,
    /// A few long writes to the sink are faster than many short ones.
    buffer: Vec<u8>,
}

/// The octets that are buffered before they are passed to the sink.
const BUFFER_LENGTH: usize = 2048;

impl<'d, 'w, S: Sink> Writer<'d, 'w, S> {
    pub(super) fn new(document: &'d Document<'d>, sink: &'w mut S) -> Self {
        Self {
            document,
            sink,
            run: 0..0,
            buffer: Vec::with_capacity(BUFFER_LENGTH.saturating_mul(2)),
        }
    }

    /// Writes a part of the source. Neighboring parts are written at once.
    pub(super) fn copy(&mut self, source: Range<usize>) {
        if self.copied_until() == Some(source.start) {
            self.run.end = source.end;
        } else {
            self.end_run();
            self.run = source;
        }
    }

    /// Where the part of the source ends that has been written last; none if something else has been written since.
    pub(super) fn copied_until(&self) -> Option<usize> {
        (!self.run.is_empty()).then_some(self.run.end)
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(start) = self.copied_until()
            && self.document.is_verbatim()
        {
            let end = start.saturating_add(text.len());
            if std::ptr::eq(self.document.slice(start..end), text) {
                self.run.end = end;
                return;
            }
        }
        if self.document.is_verbatim() {
            self.write(text.as_bytes());
        } else {
            self.write_escaped(text, is_escaped_in_text);
        }
    }

    pub(super) fn write_name(&mut self, prefix: &str, local: &str) {
        if !prefix.is_empty() {
            self.write(prefix.as_bytes());
            self.write(b":");
        }
        self.write(local.as_bytes());
    }

    /// Writes the value of an attribute of the document.
    pub(super) fn write_value(&mut self, value: &str) {
        self.write(b"=\"");
        if self.document.is_verbatim() {
            self.write(value.as_bytes());
        } else {
            self.write_escaped(value, is_escaped_in_value);
        }
        self.write(b"\"");
    }

    /// Writes the name of a namespace, which may come from around a decrypted document: from a text that is not signed, and
    /// about which `is_verbatim` says nothing. Unescaped, its quotes and angle brackets would be signed markup.
    pub(super) fn write_namespace_name(&mut self, name: &str) {
        self.write(b"=\"");
        self.write_escaped(name, is_escaped_in_value);
        self.write(b"\"");
    }

    /// Writes octets that do not stand in the source.
    #[inline]
    pub(super) fn write(&mut self, octets: &[u8]) {
        if !self.run.is_empty() {
            self.end_run();
        }
        self.buffer.extend_from_slice(octets);
    }

    pub(super) fn finish(mut self) {
        self.end_run();
        self.flush_above(0);
    }

    /// Writes text or a value with the references of canonical XML.
    #[inline]
    fn write_escaped(&mut self, text: &str, is_escaped: impl Fn(u8) -> bool) {
        let mut rest = text.as_bytes();
        // Most text needs no reference; this check is vectorized.
        if !rest
            .iter()
            .fold(false, |found, &byte| found | is_escaped(byte))
        {
            return self.write(rest);
        }
        while let Some(position) = rest.iter().position(|&byte| is_escaped(byte)) {
            let (plain, after) = rest.split_at_checked(position).unwrap_or((rest, &[]));
            self.write(plain);
            let Some((&byte, after)) = after.split_first() else {
                return;
            };
            self.write(reference(byte));
            rest = after;
        }
        self.write(rest);
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let octets = self.document.slice(run).as_bytes();
        if octets.len() > BUFFER_LENGTH {
            self.flush_above(0);
            self.sink.write(octets);
        } else {
            self.buffer.extend_from_slice(octets);
            self.flush_above(BUFFER_LENGTH);
        }
    }

    /// Passes the buffer to the sink if it has more than `octets`.
    fn flush_above(&mut self, octets: usize) {
        if self.buffer.len() > octets {
            self.sink.write(&self.buffer);
            self.buffer.clear();
        }
    }
}

fn is_escaped_in_text(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'\r')
}

fn is_escaped_in_value(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'"' | b'\t' | b'\n' | b'\r')
}

/// The reference that replaces a character (Canonical XML 1.0, 2.3).
fn reference(byte: u8) -> &'static [u8] {
    match byte {
        b'&' => b"&amp;",
        b'<' => b"&lt;",
        b'>' => b"&gt;",
        b'"' => b"&quot;",
        b'\t' => b"&#x9;",
        b'\n' => b"&#xA;",
        _ => b"&#xD;",
    }
}
