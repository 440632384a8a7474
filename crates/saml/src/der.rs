//! The small part of DER that keys and certificates need.

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
/// `SEQUENCE`, constructed.
pub(crate) const SEQUENCE: u8 = 0x30;
/// `[0]`, constructed.
pub(crate) const CONTEXT_0: u8 = 0xa0;

/// One tag, length and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DerItem<'b> {
    pub(crate) tag: u8,
    /// Tag, length and value together.
    pub(crate) encoded: &'b [u8],
    pub(crate) value: &'b [u8],
}

/// Reads consecutive DER items.
#[derive(Clone, Debug)]
pub(crate) struct DerReader<'b> {
    rest: &'b [u8],
}

impl<'b> DerReader<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// None at the end and for an invalid length.
    pub(crate) fn next_item(&mut self) -> Option<DerItem<'b>> {
        let (&tag, after_tag) = self.rest.split_first()?;
        // Tag numbers above 30 take several bytes; keys and certificates have none.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length, after_length) = length(after_tag)?;
        let (value, rest) = after_length.split_at_checked(length)?;
        let encoded = self.rest.get(..self.rest.len().checked_sub(rest.len())?)?;
        self.rest = rest;
        Some(DerItem {
            tag,
            encoded,
            value,
        })
    }

    /// The next item if it has this tag; otherwise the reader does not advance.
    pub(crate) fn expect(&mut self, tag: u8) -> Option<DerItem<'b>> {
        let mut ahead = self.clone();
        let item = ahead.next_item().filter(|item| item.tag == tag)?;
        self.rest = ahead.rest;
        Some(item)
    }

    /// A reader for the content of the next item, if it has this tag.
    pub(crate) fn enter(&mut self, tag: u8) -> Option<Self> {
        self.expect(tag).map(|item| Self::new(item.value))
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let count = usize::from(first & 0x7f);
    // 0x80 is BER's indefinite form; more than four bytes exceed any input.
    if !(1..=4).contains(&count) {
        return None;
    }
    let (digits, rest) = rest.split_at_checked(count)?;
    let mut length = 0_usize;
    for digit in digits {
        length = length.checked_mul(256)?.checked_add(usize::from(*digit))?;
    }
    Some((length, rest))
}

/// An unsigned integer without leading zero bytes; none if it is negative or empty.
pub(crate) fn unsigned(value: &[u8]) -> Option<&[u8]> {
    if value.first()? & 0x80 != 0 {
        return None;
    }
    Some(without_leading_zeros(value))
}

/// Encodes the two unsigned big-endian integers of an ECDSA signature; none if they are too long for any curve.
pub(crate) fn sequence_of_two_integers(first: &[u8], second: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    push_integer(&mut content, first)?;
    push_integer(&mut content, second)?;
    let mut sequence = vec![SEQUENCE];
    push_length(&mut sequence, content.len())?;
    sequence.append(&mut content);
    Some(sequence)
}

fn push_integer(out: &mut Vec<u8>, value: &[u8]) -> Option<()> {
    let value = without_leading_zeros(value);
    // A set high bit would make the number negative, and an empty number is invalid.
    let padding = value.first().is_none_or(|first| first & 0x80 != 0);
    out.push(INTEGER);
    push_length(out, value.len().checked_add(usize::from(padding))?)?;
    if padding {
        out.push(0);
    }
    out.extend_from_slice(value);
    Some(())
}

fn push_length(out: &mut Vec<u8>, length: usize) -> Option<()> {
    let length = u8::try_from(length).ok()?;
    if length >= 0x80 {
        out.push(0x81);
    }
    out.push(length);
    Some(())
}

fn without_leading_zeros(value: &[u8]) -> &[u8] {
    let zeros = value.iter().take_while(|byte| **byte == 0).count();
    value.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn items_are_read_in_order() {
        let mut reader = DerReader::new(&[0x02, 0x01, 0x07, 0x04, 0x81, 0x02, 0xaa, 0xbb]);
        assert_eq!(reader.expect(OCTET_STRING), None);
        assert_eq!(reader.expect(INTEGER).unwrap().value, [7]);
        assert_eq!(reader.expect(OCTET_STRING).unwrap().value, [0xaa, 0xbb]);
        assert!(reader.is_at_end());
    }

    #[rstest]
    #[case::too_short(&[0x30, 0x02, 0x00][..])]
    #[case::indefinite(&[0x30, 0x80, 0, 0])]
    #[case::five_length_octets(&[0x30, 0x85, 1, 1, 1, 1, 1])]
    #[case::no_length(&[0x30])]
    fn an_invalid_length_is_no_item(#[case] bytes: &[u8]) {
        assert_eq!(DerReader::new(bytes).next_item(), None);
    }

    #[test]
    fn a_high_bit_gets_a_leading_zero() {
        let written = sequence_of_two_integers(&[0x00, 0x80], &[0x00, 0x01]).unwrap();
        assert_eq!(
            written,
            [0x30, 0x07, 0x02, 0x02, 0x00, 0x80, 0x02, 0x01, 0x01]
        );
    }

    #[test]
    fn zero_is_written_as_one_zero_byte() {
        let written = sequence_of_two_integers(&[0, 0], &[1]).unwrap();
        assert_eq!(written, [0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x01]);
    }
}
