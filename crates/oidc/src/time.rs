use jiff::{SignedDuration, Timestamp};

/// Adds, and stops at the end of the range of [`Timestamp`], for times that come from a client.
pub(crate) fn saturating_add(time: Timestamp, duration: SignedDuration) -> Timestamp {
    let end = if duration.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    time.checked_add(duration).unwrap_or(end)
}

/// The instant so many seconds after 1970-01-01T00:00:00Z, or the end of the range of [`Timestamp`].
pub(crate) fn saturating_from_second(second: i64) -> Timestamp {
    let end = if second.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_second(second).unwrap_or(end)
}
