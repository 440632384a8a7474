use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use i18n::{Language, Localizer};

use super::cookie;

/// The cookie with the language that a user chose over their browser's.
pub const LANGUAGE_COOKIE: &str = "vestibule-language";

/// The languages that a request prefers. An extractor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLanguage {
    chosen: Option<Language>,
    accepted: Option<Language>,
}

impl RequestLanguage {
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let chosen = cookie::read_value(headers, LANGUAGE_COOKIE);
        Self {
            chosen: chosen.and_then(|tag| Language::from_tag(&tag)),
            accepted: accepted(headers),
        }
    }

    /// The language that the user chose on a page, else the first available one of `ui_locales` (OpenID Connect Core
    /// 3.1.2.1), else the one that the browser prefers, else English.
    pub fn localizer(self, ui_locales: &[String]) -> Localizer {
        let language = self
            .chosen
            .or_else(|| ui_locales.iter().find_map(|tag| Language::from_tag(tag)))
            .or(self.accepted)
            .unwrap_or(Language::English);
        Localizer::new(language)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}

/// The available language with the greatest weight (RFC 9110 12.5.4).
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    // The parser sorts by weight, and a weight of NaN has no order.
    if header.to_ascii_lowercase().contains("=nan") {
        return None;
    }
    accept_language::parse_with_quality(header)
        .into_iter()
        .filter(|(_, weight)| *weight > 0.0)
        .find_map(|(tag, _)| Language::from_tag(&tag))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn negotiate_language(cookie: &str, ui_locales: &[&str], accepted: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
        let ui_locales: Vec<String> = ui_locales.iter().map(|tag| (*tag).to_owned()).collect();
        RequestLanguage::from_headers(&headers)
            .localizer(&ui_locales)
            .tag()
    }

    #[rstest]
    #[case::choice("vestibule-language=nl", &["fr"], "de", "nl")]
    #[case::choice_among_cookies("a=b; vestibule-language=fr", &[], "de", "fr")]
    #[case::unavailable_choice("vestibule-language=klingon", &[], "de", "de")]
    #[case::application("", &["it", "fr-CA", "nl"], "de", "fr")]
    #[case::browser("", &["it"], "de-AT", "de")]
    #[case::none_available("", &[], "it", "en")]
    fn a_choice_precedes_the_application_and_the_application_precedes_the_browser(
        #[case] cookie: &str,
        #[case] ui_locales: &[&str],
        #[case] accepted: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(negotiate_language(cookie, ui_locales, accepted), expected);
    }

    #[rstest]
    #[case::region("de-AT,de;q=0.9,en;q=0.8", "de")]
    #[case::other_language_first("es, fr;q=0.5, nl;q=0.7", "nl")]
    #[case::uppercase("en;q=0.1, FR", "fr")]
    #[case::weight_zero("fr;q=0, en;q=0.2", "en")]
    #[case::unavailable("es, it", "en")]
    #[case::empty("", "en")]
    #[case::malformed_weight("*;q=x, nl;q=1.000", "nl")]
    #[case::weight_not_a_number("fr;q=NaN, nl", "en")]
    fn the_available_language_with_the_greatest_weight_wins(
        #[case] accepted: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(negotiate_language("", &[], accepted), expected);
    }
}
