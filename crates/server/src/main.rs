//! The binary `vestibule`.

use std::process::ExitCode;

/// A sign-in makes many small, short-lived allocations, for which the libc allocator is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vestibule::cli::run()
}
