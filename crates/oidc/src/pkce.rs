//! Proof Key for Code Exchange (RFC 7636), only with the method S256.

use aws_lc_rs::{constant_time, digest};
use base64_simd::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// A `code_challenge` of the method S256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeChallenge(String);

impl CodeChallenge {
    /// Accepts the base64url of 32 bytes, as S256 produces it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hash = URL_SAFE_NO_PAD.decode_to_vec(text).ok()?;
        (hash.len() == digest::SHA256_OUTPUT_LEN).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in constant time.
    #[must_use]
    pub fn matches(&self, verifier: &CodeVerifier) -> bool {
        let received = URL_SAFE_NO_PAD
            .encode_to_string(digest::digest(&digest::SHA256, verifier.0.as_bytes()));
        constant_time::verify_slices_are_equal(received.as_bytes(), self.0.as_bytes()).is_ok()
    }
}

/// A `code_verifier`: it proves that the client that exchanges a code is the one that requested it.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeVerifier(String);

impl CodeVerifier {
    /// Accepts 43 to 128 unreserved characters (RFC 7636 4.1).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_valid = (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved);
        is_valid.then(|| Self(text.to_owned()))
    }
}

impl std::fmt::Debug for CodeVerifier {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CodeVerifier(..)")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_rfc_7636_appendix_b_matches() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        assert!(challenge.matches(&CodeVerifier::parse(VERIFIER).unwrap()));
    }

    #[test]
    fn a_verifier_with_another_last_character_does_not_match() {
        let other = VERIFIER.replace("EjXk", "EjXl");
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        assert!(!challenge.matches(&CodeVerifier::parse(&other).unwrap()));
    }

    #[test]
    fn the_challenge_is_not_its_own_verifier() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        assert!(!challenge.matches(&CodeVerifier::parse(CHALLENGE).unwrap()));
    }

    #[rstest]
    fn a_challenge_is_the_base64url_of_32_bytes(
        #[values(
            "",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMAA"
        )]
        text: &str,
    ) {
        assert_eq!(CodeChallenge::parse(text), None);
    }

    #[rstest]
    #[case::length_42(&"a".repeat(42), false)]
    #[case::length_43(&"a".repeat(43), true)]
    #[case::length_128(&"~".repeat(128), true)]
    #[case::length_129(&"a".repeat(129), false)]
    #[case::plus(&format!("{}+", "a".repeat(43)), false)]
    #[case::non_ascii(&format!("{}é", "a".repeat(43)), false)]
    fn a_verifier_has_43_to_128_unreserved_characters(#[case] text: &str, #[case] is_valid: bool) {
        assert_eq!(CodeVerifier::parse(text).is_some(), is_valid);
    }
}
