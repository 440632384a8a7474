//! The binary `vestibule`.

use std::process::ExitCode;

/// A sign-in takes many small pieces of memory for a short time, which libc's allocator is slow to hand out.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vestibule::cli::run()
}
