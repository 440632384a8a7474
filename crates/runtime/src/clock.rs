//! The time, where it enters the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// The time in whole seconds, from the machine or from a test.
///
/// The clock is read where a request or a job begins; what they call takes the time as an argument.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    set: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self { set: None }
    }

    /// A clock that stands still at `now` until [`Clock::set`] moves it; clones move together.
    pub fn standing_at(now: i64) -> Self {
        Self {
            set: Some(Arc::new(AtomicI64::new(now))),
        }
    }

    /// Moves a standing clock; the machine's clock is not ours to move, and stays.
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
        // A machine that believes in a time before 1970 accepts nothing: every assertion is in its future.
        Err(_) => 0,
    }
}

#[test]
fn a_standing_clock_moves_with_all_its_clones() {
    let clock = Clock::standing_at(100);
    let seen_by_the_server = clock.clone();
    clock.set(161);
    assert_eq!(seen_by_the_server.now(), Timestamp::constant(161, 0));
}
