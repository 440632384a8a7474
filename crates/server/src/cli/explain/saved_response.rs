//! Reads a saved SAML response: XML, base64, a posted form, an HTML page, or a request that was copied from a browser.

use saml::paste::is_secret_file;

use super::{copied_request, html_page};
use crate::cli::CliError;

pub(super) const FIELD: &str = "SAMLResponse";

const PRIVATE_KEY: &str = "FILE: expected a SAML response, received a private key, which must not be shared; \
     to decrypt an assertion with it, give it as --decryption-key";

/// How the identity provider sent a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SavedResponse {
    /// The value of the form field: base64, as a browser posts it.
    Posted(String),
    /// In an address, by the HTTP-Redirect binding, which is not allowed.
    Redirected,
}

pub(super) fn parse(bytes: &[u8]) -> Result<SavedResponse, CliError> {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii();
    if text.is_empty() {
        return Err(CliError::Failed(
            "FILE: expected a SAML response, received an empty file".to_owned(),
        ));
    }
    if is_secret_file(bytes) {
        return Err(CliError::Failed(PRIVATE_KEY.to_owned()));
    }
    if html_page::is_html(text) {
        let value = html_page::field_value(text, FIELD).map(SavedResponse::Posted);
        return value.ok_or_else(|| {
            CliError::Failed(format!(
                "FILE: expected a SAML response, received an HTML page that does not contain exactly one field {FIELD}"
            ))
        });
    }
    // UTF-16 is XML too. The parser of messages decodes it.
    if text.starts_with(b"<")
        || text.starts_with(b"\0<")
        || text.starts_with(b"\xff\xfe")
        || text.starts_with(b"\xfe\xff")
    {
        let base64 = base64_simd::STANDARD.encode_to_string(bytes);
        return Ok(SavedResponse::Posted(base64));
    }
    if is_form(text)
        && let Ok(response) = parse_form(text)
    {
        return Ok(SavedResponse::Posted(response));
    }
    let text = String::from_utf8_lossy(text);
    match copied_request::responses(&text).as_slice() {
        [response] => Ok(response.clone()),
        [] if text.contains(FIELD)
            || text.contains("SAMLRequest")
            || text.starts_with("RelayState=") =>
        {
            parse_form(text.as_bytes()).map(SavedResponse::Posted)
        }
        [] => Ok(SavedResponse::Posted(text.into_owned())),
        _ => Err(CliError::Failed(format!(
            "FILE: expected one field {FIELD}, received several"
        ))),
    }
}

/// Whether the text is one line of fields.
fn is_form(text: &[u8]) -> bool {
    [b"SAMLResponse=".as_slice(), b"SAMLRequest=", b"RelayState="]
        .iter()
        .any(|start| text.starts_with(start))
        && !text.iter().any(u8::is_ascii_whitespace)
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
            let posted = SavedResponse::Posted(base64.to_owned());
            assert_eq!(parse(saved.as_bytes()).unwrap(), posted, "{saved}");
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
