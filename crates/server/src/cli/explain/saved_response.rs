//! Reads a saved SAML response: XML, base64, a posted form or an HTML page.

use super::html_page;
use crate::cli::CliError;

const FIELD: &str = "SAMLResponse";

/// The value of the form field: base64, as a browser posts it.
pub(super) fn parse(bytes: &[u8]) -> Result<String, CliError> {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if text.is_empty() {
        return Err(CliError::Failed(
            "FILE: expected a SAML response, received an empty file".to_owned(),
        ));
    }
    if html_page::is_html(text) {
        return html_page::field_value(text, FIELD).ok_or_else(|| {
            CliError::Failed(format!(
                "FILE: expected a SAML response, received an HTML page that does not contain exactly one field {FIELD}"
            ))
        });
    }
    // UTF-16 is XML too. The parser of messages rejects the encoding.
    if text.starts_with(b"<") || text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Ok(base64_simd::STANDARD.encode_to_string(bytes));
    }
    if text.starts_with(b"SAMLRe")
        || text.starts_with(b"RelayState=")
        || text.windows(14).any(|part| part == b"&SAMLResponse=")
    {
        return parse_form(text);
    }
    Ok(String::from_utf8_lossy(text).into_owned())
}

fn parse_form(form: &[u8]) -> Result<String, CliError> {
    let mut found = url::form_urlencoded::parse(form).filter(|(name, _)| name == FIELD);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Ok(value.into_owned()),
        (Some(_), Some(_)) => Err(CliError::Failed(format!(
            "FILE: expected one field {FIELD}, received several"
        ))),
        (None, _) => Err(CliError::Failed(format!(
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
            assert_eq!(parse(saved.as_bytes()).unwrap(), base64, "{saved}");
        }
    }

    #[test]
    fn a_form_must_have_the_field_once() {
        for saved in [
            "",
            " \n",
            "SAMLRequest=a",
            "SAMLResponse=a&SAMLResponse=b",
            "RelayState=a",
        ] {
            parse(saved.as_bytes()).expect_err(saved);
        }
    }
}
