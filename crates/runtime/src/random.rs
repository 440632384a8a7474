//! Random bytes, where they enter the program.

/// Random bytes from the operating system.
///
/// # Panics
///
/// When the operating system has none to give: a server without randomness must not go on.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .expect("the operating system gives random bytes once it has started");
    bytes
}
