//! The languages that the pages can be in, and which one somebody reads.

use axum::http::{HeaderMap, header};

/// The cookie by which somebody keeps another language than their browser's.
pub(crate) const COOKIE: &str = "vestibule-language";

/// A language that the pages can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// The one that everything is written in first.
    English,
    /// French.
    French,
    /// Dutch.
    Dutch,
    /// German.
    German,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::English, Self::French, Self::Dutch, Self::German];

    /// As `lang` names it (BCP 47).
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::German => "de",
        }
    }

    /// Its own name for itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
            Self::Dutch => "Nederlands",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag such as `de` or `de-AT`, if it is one of ours.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|one| primary.trim().eq_ignore_ascii_case(one.tag()))
    }

    /// The language that somebody chose, else the one that their browser prefers, else English.
    pub(crate) fn of_request(headers: &HeaderMap) -> Self {
        chosen(headers)
            .or_else(|| preferred(headers))
            .unwrap_or(Self::English)
    }
}

/// The language that somebody chose here.
pub(super) fn chosen(headers: &HeaderMap) -> Option<Language> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, tag)| Language::of_tag(tag))
}

/// The first of ours with the greatest weight (RFC 9110 12.5.4).
pub(super) fn preferred(headers: &HeaderMap) -> Option<Language> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(u32, Language)> = None;
    for range in accepted.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let Some(language) = Language::of_tag(tag.trim()) else {
            continue;
        };
        let weight = thousandths(weight);
        if weight > 0 && best.is_none_or(|(than, _)| weight > than) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// A weight such as `q=0.8`; one that cannot be read counts as none at all.
fn thousandths(weight: &str) -> u32 {
    let Some(written) = weight.trim().strip_prefix("q=") else {
        return 1000;
    };
    match written.split_once('.') {
        None => written
            .parse::<u32>()
            .map_or(0, |whole| whole.min(1) * 1000),
        Some(("1", _)) => 1000,
        Some((_, part)) => format!("{part:0<3}")
            .get(..3)
            .and_then(|part| part.parse().ok())
            .unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(accepted: &str, cookies: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
        headers.insert(header::COOKIE, cookies.parse().unwrap());
        Language::of_request(&headers).tag()
    }

    #[test]
    fn the_greatest_weight_of_ours_wins() {
        for (accepted, expected) in [
            ("de-AT,de;q=0.9,en;q=0.8", "de"),
            ("es, fr;q=0.5, nl;q=0.7", "nl"),
            ("en;q=0.1, FR", "fr"),
            ("fr;q=0, en;q=0.2", "en"),
            ("es, it", "en"),
            ("", "en"),
            ("*;q=x, nl;q=1.000", "nl"),
        ] {
            assert_eq!(language(accepted, ""), expected, "{accepted}");
        }
    }

    #[test]
    fn what_somebody_chose_goes_first() {
        assert_eq!(language("de", "a=b; vestibule-language=fr"), "fr");
        assert_eq!(language("de", "vestibule-language=klingon"), "de");
    }
}
