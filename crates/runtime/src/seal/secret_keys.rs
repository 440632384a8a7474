use config::SecretKey;

use crate::random;

const CURRENT: &str = "current";
const NEXT: &str = "next";
const PREVIOUS: &str = "previous";

/// The keys of a deployment: one seals, and all unseal.
///
/// A key is replaced in three steps, so that nodes that have read the keys at different times can unseal each other's
/// secrets: a *next* key that only unseals, then the next key becomes the *current* one and the current one the
/// *previous* one, which goes when nothing is sealed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretKeys {
    pub current: SecretKey,
    pub next: Option<SecretKey>,
    pub previous: Option<SecretKey>,
}

impl SecretKeys {
    pub const fn one(current: SecretKey) -> Self {
        Self {
            current,
            next: None,
            previous: None,
        }
    }

    /// One new key.
    pub fn generate() -> Self {
        Self::one(new_key())
    }

    /// The first key is the current one, and the second one only unseals. `None` without a key.
    pub fn from_setting(keys: &[SecretKey]) -> Option<Self> {
        let (current, others) = keys.split_first()?;
        Some(Self {
            current: current.clone(),
            next: None,
            previous: others.first().cloned(),
        })
    }

    /// Parses a key file: the 32 bytes of one key, or a line for each of several keys.
    pub fn parse(file: &[u8]) -> Option<Self> {
        if let Ok(bytes) = file.try_into() {
            return Some(Self::one(SecretKey::from_bytes(bytes)));
        }
        let text = std::str::from_utf8(file).ok()?;
        let mut keys = [(CURRENT, None), (NEXT, None), (PREVIOUS, None)];
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, key) = line.split_once(' ')?;
            let (_, slot) = keys.iter_mut().find(|(known, _)| *known == name)?;
            if slot.replace(SecretKey::parse(key)?).is_some() {
                return None;
            }
        }
        let [(_, current), (_, next), (_, previous)] = keys;
        Some(Self {
            current: current?,
            next,
            previous,
        })
    }

    /// The bytes of a key file.
    pub fn to_file(&self) -> Vec<u8> {
        if self.next.is_none() && self.previous.is_none() {
            return self.current.as_bytes().to_vec();
        }
        let named = [
            (CURRENT, Some(&self.current)),
            (NEXT, self.next.as_ref()),
            (PREVIOUS, self.previous.as_ref()),
        ];
        let mut text =
            "# The current key encrypts secrets; all keys decrypt. See: vestibule key\n".to_owned();
        for (name, key) in named {
            if let Some(key) = key {
                let key = key.to_base64();
                text.push_str(&format!("{name} {key}\n"));
            }
        }
        text.into_bytes()
    }

    /// Adds a new next key, unless there is one.
    #[must_use]
    pub fn prepared(self) -> Self {
        Self {
            next: self.next.or_else(|| Some(new_key())),
            ..self
        }
    }

    /// Makes the next key, or a new one, the current key.
    #[must_use]
    pub fn rotated(self) -> Self {
        Self {
            current: self.next.unwrap_or_else(new_key),
            next: None,
            previous: Some(self.current),
        }
    }

    /// Drops the previous key.
    #[must_use]
    pub fn without_previous(self) -> Self {
        Self {
            previous: None,
            ..self
        }
    }

    /// The current key first.
    pub fn all(&self) -> impl Iterator<Item = &SecretKey> {
        [
            Some(&self.current),
            self.next.as_ref(),
            self.previous.as_ref(),
        ]
        .into_iter()
        .flatten()
    }
}

fn new_key() -> SecretKey {
    SecretKey::from_bytes(random::bytes())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ONE: SecretKey = SecretKey::from_bytes([1; 32]);

    #[test]
    fn a_key_becomes_next_then_current_then_previous() {
        let before = SecretKeys::one(ONE);
        let prepared = before.clone().prepared();
        assert_eq!(prepared.current, ONE);
        assert!(prepared.next.is_some());
        assert_eq!(prepared.clone().prepared(), prepared);

        let rotated = prepared.clone().rotated();
        assert_eq!(Some(&rotated.current), prepared.next.as_ref());
        assert_eq!((&rotated.next, &rotated.previous), (&None, &Some(ONE)));
        assert_eq!(
            rotated.clone().without_previous(),
            SecretKeys::one(rotated.current)
        );
    }

    #[test]
    fn a_file_contains_all_keys() {
        let one = SecretKeys::one(ONE);
        assert_eq!(one.to_file(), [1; 32]);
        for keys in [
            one.clone(),
            one.clone().prepared(),
            one.prepared().rotated(),
        ] {
            assert_eq!(SecretKeys::parse(&keys.to_file()), Some(keys));
        }
    }

    #[rstest]
    #[case::empty("")]
    #[case::short("hello")]
    #[case::no_current("next AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n")]
    #[case::unknown_name(
        "current AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nold AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n"
    )]
    #[case::twice(
        "current AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\ncurrent AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n"
    )]
    #[case::cut("current AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\n")]
    fn a_file_without_valid_keys_is_rejected(#[case] file: &str) {
        assert_eq!(SecretKeys::parse(file.as_bytes()), None);
    }
}
