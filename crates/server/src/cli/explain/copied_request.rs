//! Finds a SAML response in a request that was copied from a browser's developer tools: as curl, PowerShell or fetch, as
//! a HAR file, as raw HTTP, or as the list of its form fields.

use super::saved_response::{FIELD, SavedResponse};

/// A shorter value is no response.
const MIN_VALUE_LENGTH: usize = 16;

/// The names of other fields, which can stand alone on a line.
const OTHER_FIELDS: [&str; 4] = ["RelayState", "SigAlg", "Signature", "SAMLEncoding"];

/// The responses in a text, each once.
pub(super) fn responses(text: &str) -> Vec<SavedResponse> {
    let mut found = Vec::new();
    for (position, _) in text.match_indices(FIELD) {
        let Some((before, behind)) = text.split_at_checked(position) else {
            continue;
        };
        let Some(value) = value(behind.get(FIELD.len()..).unwrap_or_default()) else {
            continue;
        };
        let response = if is_in_query(before) {
            SavedResponse::Redirected
        } else {
            SavedResponse::Posted(value)
        };
        if !found.contains(&response) {
            found.push(response);
        }
    }
    found
}

/// The value behind the name of the field.
fn value(behind: &str) -> Option<String> {
    let value = skip_separators(behind);
    let mut lines = value.lines();
    let first = lines.next()?;
    let mut packed = run(first).to_owned();
    // Some identity providers fold the value, and a list of fields shows it so.
    if packed.len() == first.trim_end().len() {
        let is_continued = |line: &&str| {
            let line = line.trim();
            !line.is_empty() && run(line).len() == line.len() && !OTHER_FIELDS.contains(&line)
        };
        packed.extend(lines.take_while(is_continued).map(str::trim));
    }
    // The command line of Windows escapes with carets, JSON with backslashes.
    let packed = packed.replace(['^', '\\'], "");
    let decoded = percent_encoding::percent_decode_str(&packed)
        .decode_utf8()
        .ok()?
        .into_owned();
    (decoded.len() >= MIN_VALUE_LENGTH).then_some(decoded)
}

/// Skips what stands between a name and its value: `=`, `:`, quotes, white space, or `","value":"` in a HAR file.
fn skip_separators(text: &str) -> &str {
    let is_separator = |c: char| c.is_whitespace() || "=:,\"'`^\\".contains(c);
    let rest = text.trim_start_matches(is_separator);
    match rest.strip_prefix("value") {
        Some(behind) if behind.starts_with(is_separator) => behind.trim_start_matches(is_separator),
        _ => rest,
    }
}

/// The characters of base64 at the beginning, percent-encoded or escaped for a command line.
fn run(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "+/=%^\\-_".contains(c)))
        .unwrap_or(text.len());
    let run = text.get(..end).unwrap_or_default();
    run.trim_end_matches(['^', '\\'])
}

/// Whether the text before a field is that of an address up to its query.
fn is_in_query(before: &str) -> bool {
    let start = before
        .rfind(|c: char| c.is_whitespace() || "\"'`".contains(c))
        .map_or(0, |at| at.saturating_add(1));
    let token = before.get(start..).unwrap_or_default();
    token.contains('?') && token.contains('/')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const BASE64: &str = "PHg+PC94PjwhLS0gLS0+PHg+PC94Pg==";
    const ENCODED: &str = "PHg%2BPC94PjwhLS0gLS0%2BPHg%2BPC94Pg%3D%3D";

    #[rstest]
    #[case::curl(
        "curl 'https://sso.example/acs' -H 'a: b' --data-raw 'SAMLResponse=ENCODED&RelayState=x' --compressed"
    )]
    #[case::curl_windows(
        "curl ^\"https://sso.example/acs^\" --data-raw ^\"SAMLResponse=PHg^%^2BPC94PjwhLS0gLS0^%^2BPHg^%^2BPC94Pg^%^3D^%^3D^&RelayState=x^\""
    )]
    #[case::curl_urlencode("curl https://sso.example/acs --data-urlencode \"SAMLResponse=BASE64\"")]
    #[case::fetch(
        "fetch(\"https://sso.example/acs\", {\n  \"body\": \"SAMLResponse=ENCODED&RelayState=x\",\n  \"method\": \"POST\"\n});"
    )]
    #[case::powershell(
        "Invoke-WebRequest -Uri \"https://sso.example/acs\" -Method POST -Body \"RelayState=x&SAMLResponse=ENCODED\""
    )]
    #[case::har(
        "{\"params\": [{ \"name\": \"SAMLResponse\", \"value\": \"BASE64\" }, {\"name\": \"RelayState\"}]}"
    )]
    #[case::har_escaped("{\"name\":\"SAMLResponse\",\"value\":\"ENCODED\"}")]
    #[case::raw("POST /acs HTTP/1.1\r\nHost: sso.example\r\n\r\nSAMLResponse=ENCODED&RelayState=x")]
    #[case::fields("SAMLResponse: BASE64\nRelayState: x")]
    #[case::fields_on_lines("SAMLResponse\nBASE64\nRelayState\nx")]
    #[case::fields_with_tabs("SAMLResponse\tBASE64\nRelayState\tx")]
    #[case::folded("SAMLResponse:\nPHg+PC94PjwhLS0g\n  LS0+PHg+PC94Pg==\nRelayState:\nx")]
    fn a_copied_request_has_one_response(#[case] text: &str) {
        let text = text.replace("BASE64", BASE64).replace("ENCODED", ENCODED);
        assert_eq!(responses(&text), [SavedResponse::Posted(BASE64.to_owned())]);
    }

    #[rstest]
    #[case::address("https://sso.example/acs?SAMLResponse=ENCODED&RelayState=x")]
    #[case::curl("curl 'https://sso.example/acs?a=b&SAMLResponse=ENCODED' -H 'a: b'")]
    #[case::raw("GET /acs?RelayState=x&SAMLResponse=ENCODED HTTP/1.1\r\nHost: sso.example")]
    fn a_response_in_an_address_was_redirected(#[case] text: &str) {
        let text = text.replace("ENCODED", ENCODED);
        assert_eq!(responses(&text), [SavedResponse::Redirected]);
    }

    #[test]
    fn a_text_without_a_value_has_no_response() {
        for text in [
            "",
            "SAMLResponse",
            "SAMLResponse=",
            "the field SAMLResponse is missing",
        ] {
            assert_eq!(responses(text), [], "{text}");
        }
    }
}
