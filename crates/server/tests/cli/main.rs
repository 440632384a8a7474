//! The command line, run as a process.

#![expect(
    clippy::unwrap_used,
    reason = "a scenario that cannot go on has failed"
)]

mod explain;
mod folder;
mod operators;
mod running;
mod setting_up;
