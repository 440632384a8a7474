use std::sync::atomic::{AtomicU16, Ordering};

use jiff::Timestamp;

/// Random bytes from the operating system.
///
/// # Panics
///
/// When the operating system has no random bytes: a server without randomness must stop.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .expect("the operating system gives random bytes once it has started");
    bytes
}

/// Bytes of which later ones are greater: the time in milliseconds, a counter of this process, and 64 random bits.
pub fn ordered_bytes(now: Timestamp) -> [u8; 16] {
    static COUNTER: AtomicU16 = AtomicU16::new(0);
    let time = now.as_millisecond().to_be_bytes();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let random: [u8; 8] = bytes();
    let mut ordered = [0; 16];
    ordered[..6].copy_from_slice(&time[2..]);
    ordered[6..8].copy_from_slice(&count);
    ordered[8..].copy_from_slice(&random);
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_bytes_are_greater() {
        let start = Timestamp::constant(1_800_000_000, 0);
        let same_time = [ordered_bytes(start), ordered_bytes(start)];
        let later = ordered_bytes(Timestamp::constant(1_800_000_000, 1_000_000));
        assert!(same_time.is_sorted());
        assert!(same_time[1] < later);
    }
}
