//! The only place that reads the machine's clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// The machine's clock, or one that a test sets. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    set: Option<Arc<AtomicI64>>,
}

impl Clock {
    pub const fn system() -> Self {
        Self { set: None }
    }

    /// A clock that shows `now`, in seconds since 1970, until [`Clock::set`] changes it.
    pub fn fixed_at(now: i64) -> Self {
        Self {
            set: Some(Arc::new(AtomicI64::new(now))),
        }
    }

    /// Sets a clock that was created with [`Clock::fixed_at`]. Has no effect on the system clock.
    pub fn set(&self, now: i64) {
        if let Some(set) = &self.set {
            set.store(now, Ordering::SeqCst);
        }
    }

    /// The time, in whole seconds.
    pub fn now(&self) -> Timestamp {
        let seconds = match &self.set {
            Some(set) => set.load(Ordering::SeqCst),
            None => machine_time(),
        };
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the machine's clock is read"
)]
fn machine_time() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        // With a clock before 1970 no assertion is valid yet.
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_fixed_clock_are_set_together() {
        let clock = Clock::fixed_at(100);
        let seen_by_the_server = clock.clone();
        clock.set(161);
        assert_eq!(seen_by_the_server.now(), Timestamp::constant(161, 0));
    }
}
