//! The command line, run as a process.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod applications;
mod connections;
mod doctor;
mod errors;
mod explain;
mod folder;
mod secret_key;
mod secrets;
mod server_process;
mod sso_commands;
