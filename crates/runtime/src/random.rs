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
