use std::fmt;

use jiff::SignedDuration;
use jiff::civil::DateTime;

/// An instant in microseconds since 1970, as messages state it and as the caller's clock reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant that many whole seconds after 1970.
    #[must_use]
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROSECONDS))
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0.div_euclid(MICROSECONDS)
    }

    /// The instant that many seconds later; at the end of time when there is none.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROSECONDS)))
    }

    /// Reads `YYYY-MM-DDThh:mm:ss[.f…]Z` and nothing else (saml-core 1.3.3: UTC, no other time zone).
    ///
    /// Digits after the microsecond are dropped. `24:00:00`, leap seconds and years outside 0001 to 9999 are not
    /// instants here, because other programs disagree about which instant they would be.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('Z')?;
        let (second, fraction) = match text.split_once('.') {
            Some((second, fraction)) => (second, nanoseconds(fraction)?),
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
        let civil = DateTime::new(year, month?, day?, hour?, minute?, second?, fraction).ok()?;
        let since = civil.duration_since(EPOCH).as_micros();
        i64::try_from(since).ok().map(Self)
    }
}

const MICROSECONDS: i64 = 1_000_000;
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// The number that two octets write; they have been seen to be digits.
fn two_digits(text: &[u8], at: usize) -> Option<i8> {
    let (tens, ones) = (text.get(at)?, text.get(at.checked_add(1)?)?);
    let value = |digit: &u8| i8::try_from(digit.checked_sub(b'0')?).ok();
    value(tens)?.checked_mul(10)?.checked_add(value(ones)?)
}

/// Up to nine digits after the point; real providers send three, six or seven.
fn nanoseconds(fraction: &str) -> Option<i32> {
    let digits = fraction.as_bytes();
    if !(1..=9).contains(&digits.len()) {
        return None;
    }
    let digits = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
    digits.copied().try_fold(0_i32, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| digit.checked_sub(b'0'))??;
        number.checked_mul(10)?.checked_add(digit.into())
    })
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match EPOCH.checked_add(SignedDuration::from_micros(self.0)) {
            Ok(civil) => write!(f, "{civil}Z"),
            Err(_) => write!(f, "{} s after 1970", self.unix_seconds()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_to_the_microsecond() {
        let at = |text| Timestamp::parse(text).map(|instant| instant.0);
        assert_eq!(at("1970-01-01T00:00:01Z"), Some(1_000_000));
        assert_eq!(at("2026-11-23T23:58:43.816Z"), Some(1_795_478_323_816_000));
        assert_eq!(
            at("2026-11-23T23:58:43.8167654Z"),
            Some(1_795_478_323_816_765)
        );
        let last = Timestamp::parse("9999-12-31T23:59:59Z").unwrap();
        assert_eq!(last.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(
            Timestamp(1_795_478_323_816_000).to_string(),
            "2026-11-23T23:58:43.816Z"
        );
    }

    #[test]
    fn what_other_programs_might_read_otherwise_is_not_an_instant() {
        for text in [
            "",
            "Z",
            "2026-11-23T23:58:43",
            "2026-11-23T23:58:43+00:00",
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
            "٢٠٢٦-11-23T23:58:43Z",
            "2026-+1-23T23:58:43Z",
            "\u{feff}2026-11-23T23:58:43Z",
            "2026-11-23T23:58:43.8ZZ",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text:?}");
        }
    }
}
