//! CBOR as authenticators write it: one map, whose keys are numbers or texts and stand there once.

use ciborium::Value;

use crate::refusal::{Part, Refusal};

/// Attestation statements go four deep.
const MAX_DEPTH: usize = 16;
/// The largest map that means something to us has five pairs; comparing keys takes the square of this.
const MAX_PAIRS: usize = 64;

/// A map in which no key stands twice, at any depth.
pub(crate) struct Map(Vec<(Value, Value)>);

/// Reads a map that is all there is.
pub(crate) fn read_whole(part: Part, input: &[u8]) -> Result<Map, Refusal> {
    match read(part, input)? {
        (map, []) => Ok(map),
        (_, rest) => Err(trailing(part, rest)),
    }
}

/// Reads a map, and gives what stands after it.
pub(crate) fn read(part: Part, input: &[u8]) -> Result<(Map, &[u8]), Refusal> {
    let mut rest = input;
    let value: Value = ciborium::de::from_reader_with_recursion_limit(&mut rest, MAX_DEPTH)
        .map_err(|_| Refusal::Cbor { part })?;
    check(part, &value)?;
    match value {
        Value::Map(pairs) => Ok((Map(pairs), rest)),
        _ => Err(Refusal::Cbor { part }),
    }
}

pub(crate) fn trailing(part: Part, rest: &[u8]) -> Refusal {
    let bytes = rest.len();
    Refusal::TrailingBytes { part, bytes }
}

fn check(part: Part, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::Map(pairs) => check_pairs(part, pairs),
        Value::Array(items) => items.iter().try_for_each(|item| check(part, item)),
        Value::Tag(_, inner) => check(part, inner),
        _ => Ok(()),
    }
}

fn check_pairs(part: Part, pairs: &[(Value, Value)]) -> Result<(), Refusal> {
    if pairs.len() > MAX_PAIRS {
        return Err(Refusal::Cbor { part });
    }
    for (index, (key, value)) in pairs.iter().enumerate() {
        // A key that can be compared: no float, and nothing with a map in it.
        if !matches!(key, Value::Integer(_) | Value::Text(_)) {
            return Err(Refusal::Cbor { part });
        }
        if pairs.iter().take(index).any(|(earlier, _)| earlier == key) {
            return Err(Refusal::DuplicateKey { part });
        }
        check(part, value)?;
    }
    Ok(())
}

impl Map {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.named(name)?.as_text()
    }

    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.named(name)?.as_bytes().map(Vec::as_slice)
    }

    /// How many pairs the map has that stands there.
    pub(crate) fn map_len(&self, name: &str) -> Option<usize> {
        self.named(name)?.as_map().map(Vec::len)
    }

    pub(crate) fn labelled_number(&self, label: i64) -> Option<i128> {
        self.labelled(label)?.as_integer().map(i128::from)
    }

    pub(crate) fn labelled_bytes(&self, label: i64) -> Option<&[u8]> {
        self.labelled(label)?.as_bytes().map(Vec::as_slice)
    }

    fn named(&self, name: &str) -> Option<&Value> {
        let is_it = |(key, _): &&(Value, Value)| key.as_text() == Some(name);
        self.0.iter().find(is_it).map(|(_, value)| value)
    }

    fn labelled(&self, label: i64) -> Option<&Value> {
        let label = Value::from(label);
        let is_it = |(key, _): &&(Value, Value)| *key == label;
        self.0.iter().find(is_it).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(input: &[u8]) -> Result<usize, &'static str> {
        read_whole(Part::Extensions, input)
            .map(|map| map.len())
            .map_err(|refusal| refusal.code())
    }

    #[test]
    fn a_map_is_read_whole() {
        assert_eq!(said(&[0xa0]), Ok(0));
        assert_eq!(said(&[0xa1, 0x01, 0x02]), Ok(1));
        assert_eq!(said(&[0xa1, 0x01, 0x02, 0x00]), Err("trailing-bytes"));
        assert_eq!(said(&[0xa1, 0x01]), Err("cbor"));
        assert_eq!(said(&[]), Err("cbor"));
    }

    #[test]
    fn a_key_stands_once_however_it_is_written() {
        assert_eq!(said(&[0xa2, 0x01, 0x02, 0x02, 0x02]), Ok(2));
        assert_eq!(said(&[0xa2, 0x01, 0x02, 0x01, 0x02]), Err("duplicate-key"));
        // The same number in two bytes.
        assert_eq!(
            said(&[0xa2, 0x01, 0x02, 0x18, 0x01, 0x02]),
            Err("duplicate-key")
        );
        // Inside a list inside a tag.
        assert_eq!(
            said(&[0xa1, 0x01, 0x81, 0xc1, 0xa2, 0x01, 0x02, 0x01, 0x02]),
            Err("duplicate-key")
        );
    }

    #[test]
    fn a_length_that_is_not_there_takes_no_memory() {
        assert_eq!(
            said(&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            Err("cbor")
        );
        assert_eq!(
            said(&[
                0xa1, 0x01, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
            ]),
            Err("cbor")
        );
    }
}
