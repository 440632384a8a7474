//! Proof Key for Code Exchange (RFC 7636), with S256 alone.

use aws_lc_rs::{constant_time, digest};
use base64_simd::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What the application committed itself to when it asked for a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeChallenge(String);

impl CodeChallenge {
    /// Reads the base64url of 32 bytes, which is what S256 makes.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let hash = URL_SAFE_NO_PAD.decode_to_vec(text).ok()?;
        (hash.len() == digest::SHA256_OUTPUT_LEN).then(|| Self(text.to_owned()))
    }

    /// The text as the application sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this verifier is the one that the challenge was made from.
    #[must_use]
    pub fn is_met_by(&self, verifier: &CodeVerifier) -> bool {
        let made = URL_SAFE_NO_PAD
            .encode_to_string(digest::digest(&digest::SHA256, verifier.0.as_bytes()));
        constant_time::verify_slices_are_equal(made.as_bytes(), self.0.as_bytes()).is_ok()
    }
}

/// The secret that shows that whoever redeems a code is who asked for it.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeVerifier(String);

impl CodeVerifier {
    /// Reads 43 to 128 unreserved characters (RFC 7636 4.1).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_fine = (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved);
        is_fine.then(|| Self(text.to_owned()))
    }
}

impl std::fmt::Debug for CodeVerifier {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CodeVerifier(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_rfc_7636_appendix_b_is_met() {
        let challenge = CodeChallenge::read(CHALLENGE).unwrap();
        assert!(challenge.is_met_by(&CodeVerifier::read(VERIFIER).unwrap()));
    }

    #[test]
    fn a_verifier_that_differs_in_its_last_character_does_not_meet_the_challenge() {
        let other = VERIFIER.replace("EjXk", "EjXl");
        let challenge = CodeChallenge::read(CHALLENGE).unwrap();
        assert!(!challenge.is_met_by(&CodeVerifier::read(&other).unwrap()));
    }

    #[test]
    fn the_challenge_itself_is_no_verifier_for_it() {
        let challenge = CodeChallenge::read(CHALLENGE).unwrap();
        assert!(!challenge.is_met_by(&CodeVerifier::read(CHALLENGE).unwrap()));
    }

    #[test]
    fn a_challenge_is_the_base64url_of_32_bytes() {
        for text in [
            "",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMAA",
        ] {
            assert_eq!(CodeChallenge::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        for (text, is_fine) in [
            ("a".repeat(42), false),
            ("a".repeat(43), true),
            ("~".repeat(128), true),
            ("a".repeat(129), false),
            (format!("{}+", "a".repeat(43)), false),
            (format!("{}é", "a".repeat(43)), false),
        ] {
            assert_eq!(CodeVerifier::read(&text).is_some(), is_fine, "{text:?}");
        }
    }
}
