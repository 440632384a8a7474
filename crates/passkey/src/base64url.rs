use base64_simd::URL_SAFE_NO_PAD;

use crate::refusal::Refusal;

pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode_to_string(bytes)
}

/// Reads base64url without padding, in the one form that its bytes have.
pub(crate) fn decode(field: &'static str, text: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD
        .decode_to_vec(text)
        .map_err(|_| Refusal::Base64Url { field })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_form_only() {
        assert_eq!(decode("id", "AA"), Ok(vec![0]));
        for other in ["AB", "AA==", "AA\n", "A", "-/"] {
            assert_eq!(
                decode("id", other),
                Err(Refusal::Base64Url { field: "id" }),
                "{other}"
            );
        }
    }
}
