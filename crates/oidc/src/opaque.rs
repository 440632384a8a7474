//! Opaque random strings: authorization codes, access tokens and client secrets.

use std::fmt;

use aws_lc_rs::{constant_time, digest};
use base64_simd::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// The number of random bytes in an opaque string.
pub const RANDOM_BYTES: usize = 32;

/// The SHA-256 of an opaque string, which a store keeps instead of the string.
///
/// An unsalted, fast hash is sufficient because the strings have 256 random bits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredHash(String);

impl StoredHash {
    #[must_use]
    pub fn from_secret(secret: &str) -> Self {
        let hash = digest::digest(&digest::SHA256, secret.as_bytes());
        Self(URL_SAFE_NO_PAD.encode_to_string(hash))
    }

    /// Accepts any text; one that is not a hash never matches.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in constant time.
    #[must_use]
    pub fn matches(&self, presented: &str) -> bool {
        let received = Self::from_secret(presented);
        constant_time::verify_slices_are_equal(received.0.as_bytes(), self.0.as_bytes()).is_ok()
    }
}

impl fmt::Debug for StoredHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StoredHash(..)")
    }
}

macro_rules! opaque_string {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The prefix by which secret scanners recognize the string.
            pub const PREFIX: &'static str = $prefix;

            /// Takes the output of a cryptographic random number generator.
            #[must_use]
            pub fn from_random(bytes: &[u8; RANDOM_BYTES]) -> Self {
                Self(format!(concat!($prefix, "{}"), URL_SAFE_NO_PAD.encode_to_string(bytes)))
            }

            /// Checks the prefix, the encoding and the length.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let bytes = URL_SAFE_NO_PAD.decode_to_vec(text.strip_prefix($prefix)?).ok()?;
                (bytes.len() == RANDOM_BYTES).then(|| Self(text.to_owned()))
            }

            /// The string in clear: for its holder, never for logs or a store.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            #[must_use]
            pub fn hash(&self) -> StoredHash {
                StoredHash::from_secret(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

opaque_string! {
    /// An authorization code, which the application exchanges for tokens once.
    AuthorizationCode, "vsc_"
}
opaque_string! {
    /// An access token for the userinfo endpoint.
    AccessToken, "vsa_"
}
opaque_string! {
    /// The secret of a confidential client for the token endpoint.
    ClientSecret, "vss_"
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_code_is_its_prefix_and_the_base64url_of_the_bytes() {
        let code = AuthorizationCode::from_random(&[0xff; RANDOM_BYTES]);
        assert_eq!(code.as_str(), format!("vsc_{}8", "_".repeat(42)));
        assert_eq!(AuthorizationCode::parse(code.as_str()), Some(code));
    }

    #[test]
    fn a_string_of_another_kind_is_rejected() {
        let token = AccessToken::from_random(&[7; RANDOM_BYTES]);
        assert_eq!(AuthorizationCode::parse(token.as_str()), None);
        assert_eq!(ClientSecret::parse(token.as_str()), None);
    }

    #[rstest]
    fn another_length_or_alphabet_is_rejected(
        #[values("", "vsa_", "vsa_AAAA", "vsa_é")] text: &str,
    ) {
        assert_eq!(AccessToken::parse(text), None);
    }

    #[test]
    fn padding_and_nonzero_unused_bits_are_rejected() {
        assert_eq!(
            AccessToken::parse(&format!("vsa_{}=", "A".repeat(43))),
            None
        );
        // Nonzero unused bits would give one token two encodings.
        assert_eq!(
            AccessToken::parse(&format!("vsa_{}B", "A".repeat(42))),
            None
        );
    }

    #[test]
    fn a_hash_matches_only_its_own_secret() {
        let secret = ClientSecret::from_random(&[7; RANDOM_BYTES]);
        assert!(secret.hash().matches(secret.as_str()));
        assert!(!secret.hash().matches(""));
        assert!(!secret.hash().matches(secret.hash().as_str()));
        assert!(!StoredHash::from_stored(String::new()).matches(""));
    }

    #[test]
    fn debug_output_contains_no_secret() {
        let secret = ClientSecret::from_random(&[7; RANDOM_BYTES]);
        assert_eq!(
            format!("{secret:?} {:?}", secret.hash()),
            "ClientSecret(..) StoredHash(..)"
        );
    }
}
