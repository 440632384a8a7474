//! Times as SAML messages write them: the UTC form of XML Schema's `dateTime` (saml-core 1.3.3).

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How a time states that it is in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UtcForm {
    /// `Z`, as SAML demands (saml-core 1.3.3).
    Z,
    /// The offset `+00:00`, which XML Schema defines to be the same.
    Offset,
    /// The offset of another time zone.
    OtherOffset,
    /// No time zone.
    None,
}

impl UtcForm {
    pub(crate) fn of(text: &str) -> Self {
        let offset = text
            .len()
            .checked_sub(6)
            .and_then(|start| text.get(start..))
            .filter(|offset| offset.starts_with(['+', '-']) && offset.get(3..4) == Some(":"));
        match offset {
            _ if text.ends_with('Z') => Self::Z,
            // RFC 3339 gives -00:00 another meaning: the local time is unknown.
            Some("+00:00") => Self::Offset,
            Some(_) => Self::OtherOffset,
            None => Self::None,
        }
    }
}

/// Parses `YYYY-MM-DDThh:mm:ss[.f…]Z`, where `Z` may be `+00:00`, and nothing else (saml-core 1.3.3: UTC, no other time
/// zone).
///
/// Digits after the microsecond are dropped. `24:00:00`, leap seconds and years outside 0001 to 9999 are rejected,
/// because programs disagree about which instant they are. The last hours of the year 9999, which some identity
/// providers send for "never", become [`Timestamp::MAX`].
#[must_use]
pub fn parse_xs_date_time(text: &str) -> Option<Timestamp> {
    let text = match UtcForm::of(text) {
        UtcForm::Z => text.strip_suffix('Z')?,
        UtcForm::Offset => text.get(..text.len().checked_sub(6)?)?,
        UtcForm::OtherOffset | UtcForm::None => return None,
    };
    let (second, nanosecond) = match text.split_once('.') {
        Some((second, fraction)) => (second, parse_fraction(fraction)?),
        None => (text, 0),
    };
    let form = second
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    if !form.eq(*b"0000-00-00T00:00:00") {
        return None;
    }
    let year = second.get(..4)?.parse().ok().filter(|year| *year > 0)?;
    let [month, day, hour, minute, second] =
        [5, 8, 11, 14, 17].map(|at| two_digits(second.as_bytes(), at));
    let civil = DateTime::new(year, month?, day?, hour?, minute?, second?, nanosecond).ok()?;
    // Years from 0001 on are never too early, so a failure means too late.
    Some(TimeZone::UTC.to_timestamp(civil).unwrap_or(Timestamp::MAX))
}

/// Writes `YYYY-MM-DDThh:mm:ssZ`, with a fraction only if the time has one.
#[must_use]
pub fn format_xs_date_time(time: Timestamp) -> String {
    time.to_string()
}

/// Adds a duration; the result is [`Timestamp::MAX`] or [`Timestamp::MIN`] if there is no such time.
pub(crate) fn saturating_add(time: Timestamp, duration: SignedDuration) -> Timestamp {
    // Only calendar units make this fail, and a SignedDuration has none.
    time.saturating_add(duration).unwrap_or(Timestamp::MAX)
}

/// The time so many seconds after 1970, or the nearest time that can be represented.
pub(crate) fn saturating_from_second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(if second < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// The number that two octets write; the caller has checked that they are digits.
fn two_digits(text: &[u8], at: usize) -> Option<i8> {
    let tens = text.get(at)?;
    let ones = text.get(at.checked_add(1)?)?;
    let value = |digit: &u8| i8::try_from(digit.checked_sub(b'0')?).ok();
    value(tens)?.checked_mul(10)?.checked_add(value(ones)?)
}

/// Nanoseconds in whole microseconds, from up to nine digits; real providers send three, six or seven.
fn parse_fraction(fraction: &str) -> Option<i32> {
    let digits = fraction.as_bytes();
    if !(1..=9).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digits = digits.iter().chain(std::iter::repeat(&b'0')).take(6);
    let microseconds = digits.copied().try_fold(0_i32, |number, digit| {
        number
            .checked_mul(10)?
            .checked_add(digit.checked_sub(b'0')?.into())
    })?;
    microseconds.checked_mul(1000)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::seconds("1970-01-01T00:00:01Z", 1_000_000_000)]
    #[case::milliseconds("2026-11-23T23:58:43.816Z", 1_795_478_323_816_000_000)]
    #[case::offset_of_utc("1970-01-01T00:00:01+00:00", 1_000_000_000)]
    #[case::offset_after_a_fraction("1970-01-01T00:00:01.0000000+00:00", 1_000_000_000)]
    #[case::hundred_nanoseconds("2026-11-23T23:58:43.8167654Z", 1_795_478_323_816_765_000)]
    fn a_time_is_parsed_to_the_microsecond(#[case] text: &str, #[case] nanoseconds: i128) {
        let time = parse_xs_date_time(text).unwrap();
        assert_eq!(time.as_nanosecond(), nanoseconds);
    }

    #[rstest]
    fn a_parsed_time_is_formatted_as_written(
        #[values(
            "0001-01-01T00:00:00Z",
            "2026-11-23T23:58:43.816Z",
            "9999-12-30T21:59:59Z"
        )]
        text: &str,
    ) {
        let time = parse_xs_date_time(text).unwrap();
        assert_eq!(format_xs_date_time(time), text);
    }

    #[rstest]
    fn the_last_hours_of_the_year_9999_saturate(
        #[values("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z")] text: &str,
    ) {
        assert_eq!(parse_xs_date_time(text), Some(Timestamp::MAX));
    }

    #[test]
    fn arithmetic_saturates() {
        assert_eq!(
            saturating_add(Timestamp::MAX, SignedDuration::from_secs(1)),
            Timestamp::MAX
        );
        assert_eq!(saturating_from_second(i64::MAX), Timestamp::MAX);
        assert_eq!(saturating_from_second(i64::MIN), Timestamp::MIN);
    }

    #[rstest]
    fn forms_that_programs_read_differently_are_rejected(
        #[values(
            "",
            "Z",
            "2026-11-23T23:58:43",
            "2026-11-23T23:58:43+01:00",
            "2026-11-23T23:58:43-00:30",
            "2026-11-23T23:58:43-00:00",
            "2026-11-23T23:58:43+00:00Z",
            "2026-11-23T23:58:43Z+00:00",
            "2026-11-23T23:58:43+0000",
            "2026-11-23T23:58:43+00",
            "2026-11-23t23:58:43z",
            "2026-11-23 23:58:43Z",
            "2026-11-23T24:00:00Z",
            "2026-12-31T23:59:60Z",
            "2026-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "-2026-11-23T23:58:43Z",
            "12026-11-23T23:58:43Z",
            "2026-11-23T23:58:43,8Z",
            "2026-11-23T23:58:43.Z",
            "2026-11-23T23:58:43.1234567890Z",
            " 2026-11-23T23:58:43Z",
            "2026-11-23T23:58:43Z ",
            "2026-11-23T23:58Z",
            "\u{662}\u{660}\u{662}\u{666}-11-23T23:58:43Z",
            "2026-+1-23T23:58:43Z",
            "\u{feff}2026-11-23T23:58:43Z",
            "2026-11-23T23:58:43.8ZZ"
        )]
        text: &str,
    ) {
        assert_eq!(parse_xs_date_time(text), None);
    }
}
