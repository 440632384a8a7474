//! A time as people read it. The API and the command line keep to `2026-11-25T16:04:05Z`; pages do not.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};
use fluent_bundle::FluentValue;

use super::Text;

/// Stands for the time while the sentence around it is escaped; of private use, so that nobody's language has it.
const PLACE: &str = "\u{e000}";

/// An instant on a page: a `<time>` with the words of the reader's language, to the minute.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'m> {
    text: Text,
    /// As the API writes it.
    instant: &'m str,
    precision: Precision,
}

/// How much of a time of day is told.
#[derive(Clone, Copy, Debug)]
enum Precision {
    Minutes,
    Seconds,
}

/// A sentence with a time in it, ready for a page.
#[derive(Debug)]
pub struct Sentence(String);

impl Text {
    /// An instant that the API would write like this.
    pub fn moment(self, instant: &str) -> Moment<'_> {
        Moment {
            text: self,
            instant,
            precision: Precision::Minutes,
        }
    }
}

impl Moment<'_> {
    /// The same to the second, where an order of events is told.
    pub fn to_the_second(self) -> Self {
        Self {
            precision: Precision::Seconds,
            ..self
        }
    }

    /// The words alone, for what is no markup. What is no instant stays as it is.
    pub fn words(self) -> String {
        let Some(Parts {
            year,
            month,
            day,
            time,
        }) = Parts::read(self.instant, self.precision)
        else {
            return self.instant.to_owned();
        };
        let month = self.text.with("frame-month", &[("month", month.into())]);
        self.text.with(
            "frame-moment",
            &[
                ("day", day.into()),
                ("month", month.into()),
                ("year", year.into()),
                ("time", time.into()),
            ],
        )
    }

    /// The words of a key, with this as `$when` and with what else varies in them.
    pub fn within(self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> Sentence {
        let mut variables = variables.to_vec();
        variables.push(("when", PLACE.into()));
        let sentence = escaped(&self.text.with(key, &variables));
        Sentence(sentence.replace(PLACE, &self.to_string()))
    }
}

/// What an instant is written with.
struct Parts<'i> {
    year: &'i str,
    month: u8,
    day: u8,
    time: &'i str,
}

impl<'i> Parts<'i> {
    fn read(instant: &'i str, precision: Precision) -> Option<Self> {
        let (date, time) = instant.strip_suffix('Z')?.split_once('T')?;
        let (year, rest) = date.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let shown = match precision {
            Precision::Minutes => "00:00".len(),
            Precision::Seconds => "00:00:00".len(),
        };
        Some(Self {
            year,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
            time: time.get(..shown)?,
        })
    }
}

fn escaped(text: &str) -> String {
    let mut markup = String::new();
    Html.write_escaped_str(&mut markup, text)
        .expect("a string takes whatever is written to it");
    markup
}

impl fmt::Display for Moment<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (instant, words) = (escaped(self.instant), escaped(&self.words()));
        write!(formatter, "<time datetime=\"{instant}\">{words}</time>")
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

// Both escape what they are given.
impl HtmlSafe for Moment<'_> {}
impl HtmlSafe for Sentence {}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    #[test]
    fn a_moment_is_told_in_each_language() {
        let words = |language, instant| {
            let moment = Text::in_language(language).moment(instant);
            (moment.words(), moment.to_the_second().words())
        };
        for (language, to_the_minute, to_the_second) in [
            (
                Language::English,
                "1 Mar 2026, 16:04 UTC",
                "1 Mar 2026, 16:04:05 UTC",
            ),
            (
                Language::French,
                "1er mars 2026 à 16:04 UTC",
                "1er mars 2026 à 16:04:05 UTC",
            ),
            (
                Language::Dutch,
                "1 mrt 2026, 16:04 UTC",
                "1 mrt 2026, 16:04:05 UTC",
            ),
            (
                Language::German,
                "1. März 2026, 16:04 UTC",
                "1. März 2026, 16:04:05 UTC",
            ),
        ] {
            let told = words(language, "2026-03-01T16:04:05.25Z");
            assert_eq!(
                told,
                (to_the_minute.to_owned(), to_the_second.to_owned()),
                "{language:?}"
            );
        }
        let (french, _) = words(Language::French, "2026-12-31T00:00:00Z");
        assert_eq!(french, "31 déc. 2026 à 00:00 UTC");
    }

    #[test]
    fn a_sentence_around_a_moment_is_escaped() {
        let english = Text::in_language(Language::English);
        let moment = english.moment("2026-11-25T16:04:05Z");
        let told = moment.within("require-since", &[("who", "<Ada>".into())]);
        assert_eq!(
            told.to_string(),
            "Enforced by &#60;Ada&#62; since \
             <time datetime=\"2026-11-25T16:04:05Z\">25 Nov 2026, 16:04 UTC</time>."
        );
    }

    #[test]
    fn what_is_no_instant_stays_as_it_is() {
        let english = Text::in_language(Language::English);
        for text in ["", "1 s after 1970", "2026-11-25", "<T-T>Z"] {
            assert_eq!(english.moment(text).words(), text);
        }
        assert_eq!(
            english.moment("<").to_string(),
            "<time datetime=\"&#60;\">&#60;</time>"
        );
    }
}
