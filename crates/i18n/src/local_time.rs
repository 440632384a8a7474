//! Times in the reader's words: "25 Nov 2026, 16:04 UTC". The API and the command line use RFC 3339.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};
use fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Localizer;

/// Stands for the time while the text around it is escaped. A private-use character, so that no text contains it.
const PLACEHOLDER: &str = "\u{e000}";

/// A time on a page: a `<time>` element with the words of the reader's language, to the minute.
#[derive(Clone, Copy, Debug)]
pub struct LocalTime<'t> {
    text: Localizer,
    /// RFC 3339.
    time: &'t str,
    precision: Precision,
}

#[derive(Clone, Copy, Debug)]
enum Precision {
    Minutes,
    Seconds,
}

/// A text with a [`LocalTime`] in it, escaped for a page.
#[derive(Debug)]
pub struct TimedMessage(String);

impl Localizer {
    /// `time` is in RFC 3339, as views have it.
    pub fn local_time(self, time: &str) -> LocalTime<'_> {
        LocalTime {
            text: self,
            time,
            precision: Precision::Minutes,
        }
    }
}

impl LocalTime<'_> {
    /// The same time to the second, for lists whose order matters.
    pub fn with_seconds(self) -> Self {
        Self {
            precision: Precision::Seconds,
            ..self
        }
    }

    /// The words without markup; a text that is not RFC 3339 stays as it is.
    pub fn to_text(self) -> String {
        let Ok(time) = self.time.parse::<Timestamp>() else {
            return self.time.to_owned();
        };
        let time = time.to_zoned(TimeZone::UTC);
        let month = [("month", time.month().into())];
        let time_of_day = match self.precision {
            Precision::Minutes => time.strftime("%H:%M"),
            Precision::Seconds => time.strftime("%H:%M:%S"),
        };
        self.text.format(
            "frame-date-time",
            &[
                ("day", time.day().into()),
                ("month", self.text.format("frame-month", &month).into()),
                ("year", time.strftime("%Y").to_string().into()),
                ("time", time_of_day.to_string().into()),
            ],
        )
    }

    /// The text of a key with this time as `$when` and with these other variables.
    pub fn in_message(self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> TimedMessage {
        let mut variables = variables.to_vec();
        variables.push(("when", PLACEHOLDER.into()));
        let message = escape(&self.text.format(key, &variables));
        TimedMessage(message.replace(PLACEHOLDER, &self.to_string()))
    }
}

fn escape(text: &str) -> String {
    let mut markup = String::new();
    Html.write_escaped_str(&mut markup, text)
        .expect("writing to a string does not fail");
    markup
}

impl fmt::Display for LocalTime<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = escape(self.time);
        let text = escape(&self.to_text());
        write!(formatter, "<time datetime=\"{time}\">{text}</time>")
    }
}

impl fmt::Display for TimedMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

// Both escape their parts.
impl HtmlSafe for LocalTime<'_> {}
impl HtmlSafe for TimedMessage {}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::english(Language::English, "1 Mar 2026, 16:04 UTC", "1 Mar 2026, 16:04:05 UTC")]
    #[case::french(
        Language::French,
        "1er mars 2026 à 16:04 UTC",
        "1er mars 2026 à 16:04:05 UTC"
    )]
    #[case::dutch(Language::Dutch, "1 mrt 2026, 16:04 UTC", "1 mrt 2026, 16:04:05 UTC")]
    #[case::german(
        Language::German,
        "1. März 2026, 16:04 UTC",
        "1. März 2026, 16:04:05 UTC"
    )]
    fn a_time_is_written_in_the_words_of_each_language(
        #[case] language: Language,
        #[case] to_the_minute: &str,
        #[case] to_the_second: &str,
    ) {
        let time = Localizer::new(language).local_time("2026-03-01T16:04:05.25Z");
        assert_eq!(time.to_text(), to_the_minute);
        assert_eq!(time.with_seconds().to_text(), to_the_second);
    }

    #[test]
    fn only_the_first_day_of_a_month_is_an_ordinal_in_french() {
        let time = Localizer::new(Language::French).local_time("2026-12-31T00:00:00Z");
        assert_eq!(time.to_text(), "31 déc. 2026 à 00:00 UTC");
    }

    #[test]
    fn a_message_around_a_time_is_escaped() {
        let english = Localizer::new(Language::English);
        let time = english.local_time("2026-11-25T16:04:05Z");
        let message = time.in_message("sso-enforcement-since", &[("who", "<Ada>".into())]);
        assert_eq!(
            message.to_string(),
            "Enforced by &#60;Ada&#62; since \
             <time datetime=\"2026-11-25T16:04:05Z\">25 Nov 2026, 16:04 UTC</time>."
        );
    }

    #[rstest]
    fn a_text_that_is_not_a_time_stays_as_it_is(
        #[values("", "1 s after 1970", "2026-11-25", "<T-T>Z")] text: &str,
    ) {
        let english = Localizer::new(Language::English);
        assert_eq!(english.local_time(text).to_text(), text);
    }

    #[test]
    fn a_text_that_is_not_a_time_is_escaped() {
        let english = Localizer::new(Language::English);
        assert_eq!(
            english.local_time("<").to_string(),
            "<time datetime=\"&#60;\">&#60;</time>"
        );
    }
}
