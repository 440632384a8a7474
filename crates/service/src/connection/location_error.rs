//! What is wrong with a URL of a connection, for the person who entered it.

use runtime::problem::LocalizedText;
use saml::location::LocationError;

/// Longer URLs are cut off in an error message.
const MAX_SHOWN_URL_CHARS: usize = 100;

pub(super) fn location_error_text(url: &str, error: LocationError) -> LocalizedText {
    let key = match error {
        LocationError::Scheme => "problem-received-without-scheme",
        LocationError::Host => "problem-received-without-host",
        LocationError::UserInfo => "problem-received-with-user",
        LocationError::Fragment => "problem-received-with-fragment",
        LocationError::Character => "problem-received-with-character",
        LocationError::TooLong => "problem-received-too-long",
        other => return format!("{url:?}: {other}").into(),
    };
    let mut value = format!("{url:?}");
    if let Some((end, _)) = value.char_indices().nth(MAX_SHOWN_URL_CHARS) {
        value.truncate(end);
        value.push('…');
    }
    LocalizedText::with(key, &[("value", value.as_str())])
}

#[cfg(test)]
mod tests {
    use saml::location::Location;

    use super::*;

    #[test]
    fn an_error_repeats_only_the_beginning_of_a_long_url() {
        let url = format!("https://idp.example/{}", "x".repeat(3000));
        let error = Location::parse(&url).unwrap_err();
        let text = location_error_text(&url, error).to_string();
        assert!(text.starts_with("\"https://idp.example/xxx"), "{text}");
        assert!(text.ends_with("… (longer than 2048 characters)"), "{text}");
        assert!(text.len() < 150, "{text}");
    }
}
