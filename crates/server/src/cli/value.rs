//! Values of options. An error says what was expected.

use jiff::{SignedDuration, Timestamp};
use saml::ClockTolerance;

pub(super) fn parse_yes_no(text: &str) -> Result<bool, &'static str> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("expected yes or no"),
    }
}

pub(super) fn parse_clock_tolerance(text: &str) -> Result<ClockTolerance, &'static str> {
    let seconds = text.parse().ok().map(SignedDuration::from_secs);
    seconds
        .and_then(ClockTolerance::new)
        .ok_or("expected 0 to 300 seconds")
}

pub(super) fn parse_time(text: &str) -> Result<Timestamp, &'static str> {
    saml::parse_xs_date_time(text).ok_or("expected a time in UTC like 2026-11-24T09:00:00Z")
}

/// The hours of a setup link.
pub(super) fn parse_hours(text: &str) -> Result<i64, &'static str> {
    let hours: Option<i64> = text.parse().ok();
    hours
        .filter(|hours| (1..=720).contains(hours))
        .ok_or("expected 1 to 720 hours")
}
