//! Strings that mean nothing to whoever holds them: codes, access tokens, client secrets.

use std::fmt;

use aws_lc_rs::{constant_time, digest};
use base64_simd::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// How many random bytes an opaque string takes.
pub const RANDOM_BYTES: usize = 32;

/// What a store keeps instead of the string itself: its SHA-256.
///
/// A plain hash is enough, because what is hashed has 256 random bits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredHash(String);

impl StoredHash {
    /// Hashes what somebody presented.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let hash = digest::digest(&digest::SHA256, text.as_bytes());
        Self(URL_SAFE_NO_PAD.encode_to_string(hash))
    }

    /// Takes the text that a store kept; one that is no hash matches nothing.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text for a store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the hash of that string, in time that does not depend on where they differ.
    #[must_use]
    pub fn matches(&self, presented: &str) -> bool {
        let made = Self::of(presented);
        constant_time::verify_slices_are_equal(made.0.as_bytes(), self.0.as_bytes()).is_ok()
    }
}

impl fmt::Debug for StoredHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StoredHash(..)")
    }
}

macro_rules! opaque {
    ($(#[$about:meta])* $name:ident, $prefix:literal) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Begins each of these, so that a secret scanner recognises one.
            pub const PREFIX: &'static str = $prefix;

            /// Makes one of bytes that the caller took from a cryptographic random source.
            #[must_use]
            pub fn from_random(bytes: &[u8; RANDOM_BYTES]) -> Self {
                Self(format!(concat!($prefix, "{}"), URL_SAFE_NO_PAD.encode_to_string(bytes)))
            }

            /// Reads what somebody presented; nothing when it has not the shape of ours.
            #[must_use]
            pub fn read(text: &str) -> Option<Self> {
                let bytes = URL_SAFE_NO_PAD.decode_to_vec(text.strip_prefix($prefix)?).ok()?;
                (bytes.len() == RANDOM_BYTES).then(|| Self(text.to_owned()))
            }

            /// The string itself: for its holder, never for a log or a store.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// What a store keeps and looks up.
            #[must_use]
            pub fn hash(&self) -> StoredHash {
                StoredHash::of(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

opaque! {
    /// An authorization code: the application trades it, once, for tokens.
    AuthorizationCode, "vsc_"
}
opaque! {
    /// What an application shows at the userinfo endpoint.
    AccessToken, "vsa_"
}
opaque! {
    /// What a confidential application shows at the token endpoint.
    ClientSecret, "vss_"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_its_prefix_and_the_base64url_of_the_bytes() {
        let code = AuthorizationCode::from_random(&[0xff; RANDOM_BYTES]);
        assert_eq!(code.as_str(), format!("vsc_{}8", "_".repeat(42)));
        assert_eq!(AuthorizationCode::read(code.as_str()), Some(code));
    }

    #[test]
    fn one_kind_of_string_is_not_read_as_another() {
        let token = AccessToken::from_random(&[7; RANDOM_BYTES]);
        assert_eq!(AuthorizationCode::read(token.as_str()), None);
        assert_eq!(ClientSecret::read(token.as_str()), None);
    }

    #[test]
    fn what_has_another_length_or_alphabet_is_not_read() {
        for text in ["", "vsa_", "vsa_AAAA", "vsa_é"] {
            assert_eq!(AccessToken::read(text), None, "{text:?}");
        }
        assert_eq!(AccessToken::read(&format!("vsa_{}=", "A".repeat(43))), None);
        // Bits that belong to no byte would give one token two spellings.
        assert_eq!(AccessToken::read(&format!("vsa_{}B", "A".repeat(42))), None);
    }

    #[test]
    fn a_hash_matches_what_it_was_made_of_alone() {
        let secret = ClientSecret::from_random(&[7; RANDOM_BYTES]);
        assert!(secret.hash().matches(secret.as_str()));
        assert!(!secret.hash().matches(""));
        assert!(!secret.hash().matches(secret.hash().as_str()));
        assert!(!StoredHash::from_stored(String::new()).matches(""));
    }

    #[test]
    fn debugging_output_tells_no_secret() {
        let secret = ClientSecret::from_random(&[7; RANDOM_BYTES]);
        assert_eq!(
            format!("{secret:?} {:?}", secret.hash()),
            "ClientSecret(..) StoredHash(..)"
        );
    }
}
