use std::ops::Deref;

/// A namespace prefix; the empty one stands for the default namespace.
///
/// Prefixes are compared for every name, and most are short, so each has its first letters in a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix<'i> {
    text: &'i str,
    /// The length and the first octets.
    key: u64,
}

/// A prefix of at most this many octets is completely in its key.
const KEY_OCTETS: usize = 7;

impl<'i> Prefix<'i> {
    pub(crate) const NONE: Self = Self { text: "", key: 0 };

    pub(crate) fn new(text: &'i str) -> Self {
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX).min(255);
        let key = text
            .bytes()
            .take(KEY_OCTETS)
            .fold(length, |key, byte| (key << 8) | u64::from(byte));
        Self { text, key }
    }
}

impl Deref for Prefix<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

impl PartialEq for Prefix<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && (self.text.len() <= KEY_OCTETS || self.text == other.text)
    }
}

impl Eq for Prefix<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_equal_if_their_texts_are() {
        let texts = [
            "", "a", "b", "aa", "ds", "xs", "samlp", "saml", "saml2p", "abcdefg", "abcdefgh",
            "abcdefgi", "\0", "\0\0",
        ];
        for one in texts {
            for other in texts {
                assert_eq!(
                    Prefix::new(one) == Prefix::new(other),
                    one == other,
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
