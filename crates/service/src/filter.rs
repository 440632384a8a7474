//! The filters of lists, as queries of the API and forms of the console give them: texts, of which an empty one matches
//! everything.

use jiff::{SignedDuration, Timestamp};
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use store::UnknownValue;

const EXPECTED_TIME: &str = "a date such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z";
const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Reads the fields of a filter, and collects the problems of all of them.
#[derive(Debug, Default)]
pub(crate) struct FilterReader {
    problems: Vec<FieldProblem>,
}

impl FilterReader {
    /// A text without surrounding whitespace.
    pub(crate) fn text(value: Option<&String>) -> Option<String> {
        let text = value?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// One of the values of an enum.
    pub(crate) fn parsed<T>(
        &mut self,
        field: &'static str,
        value: Option<&String>,
        parse: impl Fn(&str) -> Result<T, UnknownValue>,
    ) -> Option<T> {
        let text = Self::text(value)?;
        let unknown = match parse(&text) {
            Ok(parsed) => return Some(parsed),
            Err(unknown) => unknown,
        };
        self.problems.push(FieldProblem::new(
            field,
            LocalizedText::one_of(unknown.expected),
            LocalizedText::quoted(&text),
        ));
        None
    }

    /// The first time that matches: that of the day, for a date.
    pub(crate) fn since(
        &mut self,
        field: &'static str,
        value: Option<&String>,
    ) -> Option<Timestamp> {
        self.time(field, value, SignedDuration::ZERO)
    }

    /// The first time that no longer matches: the end of the day, for a date.
    pub(crate) fn before(
        &mut self,
        field: &'static str,
        value: Option<&String>,
    ) -> Option<Timestamp> {
        self.time(field, value, ONE_DAY)
    }

    fn time(
        &mut self,
        field: &'static str,
        value: Option<&String>,
        after_midnight: SignedDuration,
    ) -> Option<Timestamp> {
        let text = Self::text(value)?;
        if let Some(time) = saml::parse_xs_date_time(&text) {
            return Some(time);
        }
        let midnight = saml::parse_xs_date_time(&format!("{text}T00:00:00Z"));
        if midnight.is_none() {
            let received = format!("{text:?}");
            self.problems
                .push(FieldProblem::new(field, EXPECTED_TIME, received));
        }
        midnight.map(|midnight| {
            let time = midnight.saturating_add(after_midnight);
            time.unwrap_or(Timestamp::MAX)
        })
    }

    pub(crate) fn finish<F>(self, filter: F) -> Result<F, Problem> {
        if self.problems.is_empty() {
            Ok(filter)
        } else {
            Err(Problem::fields(self.problems))
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::date("2026-01-31", Some(("2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z")))]
    #[case::time("2026-01-31T09:00:00Z", Some(("2026-01-31T09:00:00Z", "2026-01-31T09:00:00Z")))]
    #[case::day_of_no_month("2026-02-31", None)]
    #[case::word("today", None)]
    fn a_date_is_a_whole_day_and_a_time_is_itself(
        #[case] text: &str,
        #[case] expected: Option<(&str, &str)>,
    ) {
        let mut reader = FilterReader::default();
        let text = text.to_owned();
        let since = reader.since("from", Some(&text));
        let before = reader.before("to", Some(&text));
        let range = since.zip(before);
        let range = range.map(|(since, before)| (since.to_string(), before.to_string()));
        let expected = expected.map(|(since, before)| (since.to_owned(), before.to_owned()));
        assert_eq!(range, expected);
        assert_eq!(reader.finish(()).is_ok(), expected.is_some());
    }
}
