//! CBOR as authenticators send it: a map whose keys are integers or texts, each at most once.

use ciborium::Value;

use crate::error::{PasskeyError, ResponsePart};

/// Attestation statements nest four deep.
const MAX_DEPTH: usize = 16;
/// The largest map that the specification defines has five entries. Comparing the keys is quadratic in this.
const MAX_ENTRIES: usize = 64;

/// A map without duplicate keys, at any depth.
pub(crate) struct Map(Vec<(Value, Value)>);

/// Parses a map that takes up the whole input.
pub(crate) fn parse(part: ResponsePart, input: &[u8]) -> Result<Map, PasskeyError> {
    match parse_prefix(part, input)? {
        (map, []) => Ok(map),
        (_, rest) => Err(trailing_bytes(part, rest)),
    }
}

/// Parses a map at the start of the input, and returns the rest of the input with it.
pub(crate) fn parse_prefix(part: ResponsePart, input: &[u8]) -> Result<(Map, &[u8]), PasskeyError> {
    let mut rest = input;
    let value: Value = ciborium::de::from_reader_with_recursion_limit(&mut rest, MAX_DEPTH)
        .map_err(|_| PasskeyError::InvalidCbor { part })?;
    check_value(part, &value)?;
    match value {
        Value::Map(entries) => Ok((Map(entries), rest)),
        _ => Err(PasskeyError::InvalidCbor { part }),
    }
}

pub(crate) fn trailing_bytes(part: ResponsePart, rest: &[u8]) -> PasskeyError {
    let bytes = rest.len();
    PasskeyError::TrailingBytes { part, bytes }
}

fn check_value(part: ResponsePart, value: &Value) -> Result<(), PasskeyError> {
    match value {
        Value::Map(entries) => check_entries(part, entries),
        Value::Array(items) => items.iter().try_for_each(|item| check_value(part, item)),
        Value::Tag(_, inner) => check_value(part, inner),
        _ => Ok(()),
    }
}

fn check_entries(part: ResponsePart, entries: &[(Value, Value)]) -> Result<(), PasskeyError> {
    if entries.len() > MAX_ENTRIES {
        return Err(PasskeyError::InvalidCbor { part });
    }
    for (index, (key, value)) in entries.iter().enumerate() {
        // Only keys that can be compared: no floats, and nothing that contains a map.
        if !matches!(key, Value::Integer(_) | Value::Text(_)) {
            return Err(PasskeyError::InvalidCbor { part });
        }
        if entries
            .iter()
            .take(index)
            .any(|(earlier, _)| earlier == key)
        {
            return Err(PasskeyError::DuplicateCborKey { part });
        }
        check_value(part, value)?;
    }
    Ok(())
}

impl Map {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.by_name(name)?.as_text()
    }

    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.by_name(name)?.as_bytes().map(Vec::as_slice)
    }

    /// The number of entries of the map that is the value of `name`.
    pub(crate) fn map_len(&self, name: &str) -> Option<usize> {
        self.by_name(name)?.as_map().map(Vec::len)
    }

    pub(crate) fn integer_at(&self, label: i64) -> Option<i128> {
        self.by_label(label)?.as_integer().map(i128::from)
    }

    pub(crate) fn bytes_at(&self, label: i64) -> Option<&[u8]> {
        self.by_label(label)?.as_bytes().map(Vec::as_slice)
    }

    fn by_name(&self, name: &str) -> Option<&Value> {
        let is_match = |(key, _): &&(Value, Value)| key.as_text() == Some(name);
        self.0.iter().find(is_match).map(|(_, value)| value)
    }

    fn by_label(&self, label: i64) -> Option<&Value> {
        let label = Value::from(label);
        let is_match = |(key, _): &&(Value, Value)| *key == label;
        self.0.iter().find(is_match).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn parse_len(input: &[u8]) -> Result<usize, &'static str> {
        parse(ResponsePart::Extensions, input)
            .map(|map| map.len())
            .map_err(|error| error.code())
    }

    #[rstest]
    #[case::empty_map(&[0xa0], Ok(0))]
    #[case::one_entry(&[0xa1, 0x01, 0x02], Ok(1))]
    #[case::trailing_byte(&[0xa1, 0x01, 0x02, 0x00], Err("trailing-bytes"))]
    #[case::missing_value(&[0xa1, 0x01], Err("cbor"))]
    #[case::no_input(&[], Err("cbor"))]
    fn the_input_is_exactly_one_map(
        #[case] input: &[u8],
        #[case] expected: Result<usize, &'static str>,
    ) {
        assert_eq!(parse_len(input), expected);
    }

    #[test]
    fn two_keys_may_have_the_same_value() {
        assert_eq!(parse_len(&[0xa2, 0x01, 0x02, 0x02, 0x02]), Ok(2));
    }

    #[rstest]
    #[case::same_encoding(&[0xa2, 0x01, 0x02, 0x01, 0x02])]
    #[case::integer_in_two_bytes(&[0xa2, 0x01, 0x02, 0x18, 0x01, 0x02])]
    #[case::inside_a_list_inside_a_tag(&[0xa1, 0x01, 0x81, 0xc1, 0xa2, 0x01, 0x02, 0x01, 0x02])]
    fn duplicate_keys_are_rejected_in_every_encoding(#[case] input: &[u8]) {
        assert_eq!(parse_len(input), Err("duplicate-key"));
    }

    #[rstest]
    #[case::map(&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]
    #[case::byte_string(&[0xa1, 0x01, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]
    fn a_declared_length_without_data_allocates_no_memory(#[case] input: &[u8]) {
        assert_eq!(parse_len(input), Err("cbor"));
    }
}
