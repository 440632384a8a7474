/// The seconds of an `xs:duration`; a year counts 365 days and a month 30.
///
/// Lenient about the empty time part that some write (`P1DT`), and nothing for what is negative or no duration:
/// it only advises when to look again.
pub(super) fn seconds(text: &str) -> Option<i64> {
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
    sum(date, &DATE)?.checked_add(sum(time, &TIME)?)
}

/// Adds up numbers that are each followed by the letter of their unit, the units in order.
fn sum(text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut rest = text;
    let mut total = 0_i64;
    for (letter, unit) in units {
        let Some((number, after)) = rest.split_once(*letter) else {
            continue;
        };
        // A fraction can only stand before seconds, and is not worth counting.
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
    use super::*;

    #[test]
    fn durations_become_seconds() {
        let rows = [
            ("PT15M", Some(900)),
            ("P1DT", Some(86_400)),
            ("P1D", Some(86_400)),
            ("PT1H30M5.5S", Some(5405)),
            (
                "P1Y2M3DT4H",
                Some(365 * 86_400 + 60 * 86_400 + 3 * 86_400 + 4 * 3600),
            ),
            ("PT0S", Some(0)),
            ("P", None),
            ("PT", None),
            ("", None),
            ("-PT1S", None),
            ("P1", None),
            ("PT1M1H", None),
            ("PTS", None),
            ("PT99999999999999999999S", None),
            ("P9223372036854775807Y", None),
        ];
        for (text, expected) in rows {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
