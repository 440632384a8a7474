//! The command line, run as a process.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod explain;
mod folder;
mod operators;
mod running;
mod setting_up;
