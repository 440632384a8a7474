use base64_simd::URL_SAFE_NO_PAD;

use crate::error::PasskeyError;

pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode_to_string(bytes)
}

/// Decodes base64url without padding; rejects every encoding but the canonical one.
pub(crate) fn decode(field: &'static str, text: &str) -> Result<Vec<u8>, PasskeyError> {
    URL_SAFE_NO_PAD
        .decode_to_vec(text)
        .map_err(|_| PasskeyError::InvalidBase64Url { field })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_canonical_encoding_is_decoded() {
        assert_eq!(decode("id", "AA"), Ok(vec![0]));
    }

    #[rstest]
    #[case::nonzero_unused_bits("AB")]
    #[case::padding("AA==")]
    #[case::line_break("AA\n")]
    #[case::incomplete("A")]
    #[case::standard_alphabet("-/")]
    fn another_encoding_is_rejected(#[case] text: &str) {
        assert_eq!(
            decode("id", text),
            Err(PasskeyError::InvalidBase64Url { field: "id" })
        );
    }
}
