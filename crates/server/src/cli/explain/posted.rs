//! The field `SAMLResponse`, out of whatever form a response was saved in.

use super::page;
use crate::cli::Ending;

const FIELD: &str = "SAMLResponse";

/// The value of the field: base64, as a browser posts it.
pub(super) fn read(bytes: &[u8]) -> Result<String, Ending> {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if text.is_empty() {
        return Err(Ending::Failed(
            "FILE: expected a SAML response, received nothing".to_owned(),
        ));
    }
    if page::is_page(text) {
        return page::field(text, FIELD).ok_or_else(|| {
            Ending::Failed(format!(
                "FILE: expected a SAML response, received an HTML page without exactly one field {FIELD}"
            ))
        });
    }
    // XML in another encoding is XML too; it is for the reader to refuse it.
    if text.starts_with(b"<") || text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Ok(base64_simd::STANDARD.encode_to_string(bytes));
    }
    if text.starts_with(b"SAMLRe")
        || text.starts_with(b"RelayState=")
        || text.windows(14).any(|part| part == b"&SAMLResponse=")
    {
        return from_form(text);
    }
    Ok(String::from_utf8_lossy(text).into_owned())
}

fn from_form(form: &[u8]) -> Result<String, Ending> {
    let mut found = url::form_urlencoded::parse(form).filter(|(name, _)| name == FIELD);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Ok(value.into_owned()),
        (Some(_), Some(_)) => Err(Ending::Failed(format!(
            "FILE: expected one field {FIELD}, received several"
        ))),
        (None, _) => Err(Ending::Failed(format!(
            "FILE: expected a form with the field {FIELD}, received one without it"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_base64_and_a_form_are_the_same_response() {
        let base64 = "PHg+PC94Pg==";
        for saved in [
            "<x></x>",
            base64,
            "SAMLResponse=PHg%2BPC94Pg%3D%3D&RelayState=a",
            "RelayState=a&SAMLResponse=PHg%2BPC94Pg%3D%3D",
        ] {
            assert_eq!(read(saved.as_bytes()).unwrap(), base64, "{saved}");
        }
    }

    #[test]
    fn a_form_has_the_field_once() {
        for saved in [
            "",
            " \n",
            "SAMLRequest=a",
            "SAMLResponse=a&SAMLResponse=b",
            "RelayState=a",
        ] {
            read(saved.as_bytes()).expect_err(saved);
        }
    }
}
