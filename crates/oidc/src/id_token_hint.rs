//! The parameter `id_token_hint` (OpenID Connect Core 3.1.2.1).

use base64_simd::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// The `sub` of an ID token whose signature is not verified.
pub(crate) fn subject(token: &str) -> Option<String> {
    let mut parts = token.split('.');
    let (Some(_header), Some(payload), Some(_signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let payload = URL_SAFE_NO_PAD.decode_to_vec(payload).ok()?;
    let payload: Payload = serde_json::from_slice(&payload).ok()?;
    Some(payload.sub).filter(|subject| !subject.is_empty())
}

#[derive(Deserialize)]
struct Payload {
    sub: String,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::id_token(r#"{"iss":"https://sso.example.com","sub":"mem_1"}"#, Some("mem_1"))]
    #[case::without_sub(r#"{"iss":"https://sso.example.com"}"#, None)]
    #[case::empty_sub(r#"{"sub":""}"#, None)]
    #[case::number_as_sub(r#"{"sub":1}"#, None)]
    #[case::no_object("[]", None)]
    #[case::cut_off(r#"{"sub":"mem_1""#, None)]
    fn the_subject_is_read_from_the_payload(#[case] payload: &str, #[case] expected: Option<&str>) {
        let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode_to_string(payload));
        assert_eq!(subject(&token).as_deref(), expected);
    }

    #[rstest]
    fn another_text_has_no_subject(
        #[values("", "mem_1", "e30.e30", "a.!.b", "a.b.c.d")] text: &str,
    ) {
        assert_eq!(subject(text), None);
    }
}
