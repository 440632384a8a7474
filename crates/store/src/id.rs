//! IDs: one type for each kind of object, with a recognizable prefix.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The most characters after the prefix of an ID.
const MAX_LENGTH: usize = 32;

/// A text is not an ID of the expected kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected an identifier that starts with {expected_prefix} and goes on in lower-case letters and digits"
)]
pub struct InvalidId {
    pub expected_prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// Encodes 128 random bits, which the caller generates.
            pub fn from_random(bits: [u8; 16]) -> Self {
                Self(format!("{}{}", $prefix, base32(bits)))
            }

            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                match is_valid(text, $prefix) {
                    true => Ok(Self(text.to_owned())),
                    false => Err(InvalidId { expected_prefix: $prefix }),
                }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )* };
}

ids! {
    OrganizationId = "org_";
    PersonId = "per_";
    /// Also the `sub` claim.
    MemberId = "mem_";
    ConnectionId = "con_";
    ConnectionKeyId = "cky_";
    /// Also the `client_id`.
    ApplicationId = "app_";
    AttemptId = "att_";
    PendingSignInId = "req_";
    SessionId = "ses_";
    /// The public part of an API key; the secret is stored as a hash only.
    ApiKeyId = "key_";
    AuditEntryId = "evt_";
    ConsoleSessionId = "cse_";
    EmailCodeId = "cod_";
    SignInLinkId = "lnk_";
    PasskeyId = "pky_";
    SetupLinkId = "set_";
    AccountMoveId = "mov_";
}

impl AttemptId {
    /// Encodes 128 bits so that the text sorts as the bits do: with a time in front, the latest ID is the greatest.
    pub fn from_ordered(bits: [u8; 16]) -> Self {
        Self(format!("att_{}", encode(bits, ORDERED_ALPHABET)))
    }
}

fn is_valid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        (1..=MAX_LENGTH).contains(&rest.len())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// The same characters in the order of their codes.
const ORDERED_ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// RFC 4648 base32 in lower case, without padding: 128 bits in 26 characters.
fn base32(bits: [u8; 16]) -> String {
    encode(bits, ALPHABET)
}

fn encode(bits: [u8; 16], alphabet: &[u8; 32]) -> String {
    let number = u128::from_be_bytes(bits);
    // Twenty-five groups of five bits from the top, and the last three bits filled up with zeros.
    let whole = (0..25).map(|group| (number >> (123 - 5 * group)) & 31);
    let last = (number & 7) << 2;
    whole
        .chain([last])
        .map(|digit| char::from(alphabet[digit as usize]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_prefix_and_26_characters() {
        let id = OrganizationId::from_random([0xff; 16]);
        assert_eq!(
            id.as_str(),
            "org_7777777777777777777777777".to_owned() + "4"
        );
        assert_eq!(OrganizationId::parse(id.as_str()), Ok(id));
        assert_eq!(
            MemberId::from_random([0; 16]).as_str(),
            "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"
        );
    }

    #[test]
    fn two_ids_that_differ_in_one_bit_are_written_differently() {
        let ids: std::collections::BTreeSet<_> = (0..128)
            .map(|bit| PersonId::from_random((1u128 << bit).to_be_bytes()))
            .collect();
        assert_eq!(ids.len(), 128);
    }

    #[test]
    fn an_ordered_id_sorts_as_its_bits() {
        let ids: Vec<_> = (0..128)
            .map(|bit| AttemptId::from_ordered((1_u128 << bit).to_be_bytes()))
            .collect();
        assert!(ids.is_sorted());
        assert_eq!(AttemptId::parse(ids[90].as_str()).as_ref(), Ok(&ids[90]));
    }

    #[test]
    fn an_invalid_id_is_rejected() {
        for text in [
            "", "org_", "mem_abc", "org_ABC", "org_a b", "org_a'", " org_a", "org_é",
        ] {
            assert!(OrganizationId::parse(text).is_err(), "{text:?}");
        }
        assert!(OrganizationId::parse(&format!("org_{}", "a".repeat(33))).is_err());
    }
}
