use jiff::SignedDuration;

/// Parses an `xs:duration`; a year counts 365 days and a month 30.
///
/// Accepts the empty time part that some products write (`P1DT`). Returns none for negative and invalid durations:
/// the value only says when to fetch metadata again.
pub(super) fn parse_xs_duration(text: &str) -> Option<SignedDuration> {
    const DATE: [(char, i64); 4] = [
        ('Y', 365 * 86_400),
        ('M', 30 * 86_400),
        ('W', 7 * 86_400),
        ('D', 86_400),
    ];
    const TIME: [(char, i64); 3] = [('H', 3600), ('M', 60), ('S', 1)];
    let (date, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((date, time)) => (date, time),
        None => (text.strip_prefix('P')?, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    sum(date, &DATE)?
        .checked_add(sum(time, &TIME)?)
        .map(SignedDuration::from_secs)
}

/// Adds up numbers that are each followed by the letter of their unit, in the order of `units`.
fn sum(text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut rest = text;
    let mut total = 0_i64;
    for (letter, unit) in units {
        let Some((number, after)) = rest.split_once(*letter) else {
            continue;
        };
        // Only seconds can have a fraction, which is ignored.
        let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
        if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        total = total.checked_add(whole.parse::<i64>().ok()?.checked_mul(*unit)?)?;
        rest = after;
    }
    rest.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::minutes("PT15M", Some(900))]
    #[case::day_and_empty_time("P1DT", Some(86_400))]
    #[case::day("P1D", Some(86_400))]
    #[case::hours_minutes_seconds("PT1H30M5.5S", Some(5405))]
    #[case::years_months_days("P1Y2M3DT4H", Some(365 * 86_400 + 60 * 86_400 + 3 * 86_400 + 4 * 3600))]
    #[case::zero("PT0S", Some(0))]
    #[case::only_p("P", None)]
    #[case::empty_time("PT", None)]
    #[case::empty("", None)]
    #[case::negative("-PT1S", None)]
    #[case::no_unit("P1", None)]
    #[case::wrong_order("PT1M1H", None)]
    #[case::no_number("PTS", None)]
    #[case::too_many_seconds("PT99999999999999999999S", None)]
    #[case::too_many_years("P9223372036854775807Y", None)]
    fn durations_are_parsed(#[case] text: &str, #[case] expected: Option<i64>) {
        let expected = expected.map(SignedDuration::from_secs);
        assert_eq!(parse_xs_duration(text), expected);
    }
}
