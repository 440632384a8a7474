//! The short name of a browser, such as "Chrome on Linux".

use i18n::Localizer;

/// A part of `User-Agent`, and the browser that sends it. Browsers also send the parts of the browsers below them.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("curl/", "curl"),
];

/// A part of `User-Agent`, and the operating system. Android also sends `Linux`, iOS also `Mac OS X`.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The short name of the browser with this `User-Agent`; of an unknown browser the whole header.
pub(super) fn browser_name(text: Localizer, user_agent: Option<&str>) -> String {
    let Some(user_agent) = user_agent.filter(|name| !name.is_empty()) else {
        return text.get("console-browser-unknown");
    };
    let find = |names: &[(&str, &'static str)]| {
        let mut names = names.iter();
        let found = names.find(|(part, _)| user_agent.contains(part));
        found.map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => text.format(
            "console-browser-on",
            &[("browser", browser.into()), ("system", system.into())],
        ),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => user_agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use i18n::Language;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::chrome(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Chrome on Linux"
    )]
    #[case::edge(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
        "Edge on Windows"
    )]
    #[case::firefox(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Firefox on macOS"
    )]
    #[case::safari(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
        "Safari on iOS"
    )]
    #[case::chrome_on_android(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
        "Chrome on Android"
    )]
    #[case::program("curl/8.14.1", "curl")]
    #[case::unknown("Lynx", "Lynx")]
    #[case::empty("", "Unknown browser")]
    fn a_browser_has_a_short_name(#[case] user_agent: &str, #[case] name: &str) {
        let text = Localizer::new(Language::English);
        assert_eq!(browser_name(text, Some(user_agent)), name);
    }

    #[test]
    fn a_browser_without_a_header_is_unknown() {
        let text = Localizer::new(Language::German);
        assert_eq!(browser_name(text, None), "Unbekannter Browser");
    }
}
