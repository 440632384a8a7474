//! Who reads a page, as far as their browser says it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::Text;
use super::language::{Language, chosen, preferred};

/// What a request says of the language that somebody reads. Cheap to copy; a handler takes it like any other part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader {
    chosen: Option<Language>,
    preferred: Option<Language>,
}

impl Reader {
    /// The one who sent these headers.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self {
            chosen: chosen(headers),
            preferred: preferred(headers),
        }
    }

    /// The words in the language that they chose here, else in the first of ours that the application asks for (its
    /// `ui_locales`), else in the one that their browser prefers, else in English.
    pub(crate) fn text(self, asked_for: &[String]) -> Text {
        let language = self
            .chosen
            .or_else(|| asked_for.iter().find_map(|tag| Language::of_tag(tag)))
            .or(self.preferred)
            .unwrap_or(Language::English);
        Text::in_language(language)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[test]
fn a_choice_goes_before_the_application_and_that_before_the_browser() {
    use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};

    let text = |cookie: &str, asked_for: &[&str], accepted: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.parse().unwrap());
        headers.insert(ACCEPT_LANGUAGE, accepted.parse().unwrap());
        let asked_for: Vec<String> = asked_for.iter().map(|tag| (*tag).to_owned()).collect();
        Reader::of(&headers).text(&asked_for).tag()
    };
    assert_eq!(text("vestibule-language=nl", &["fr"], "de"), "nl");
    assert_eq!(text("", &["it", "fr-CA", "nl"], "de"), "fr");
    assert_eq!(text("", &["it"], "de-AT"), "de");
    assert_eq!(text("", &[], "it"), "en");
}
