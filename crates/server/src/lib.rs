//! The server: routes, sign-in, API, command line and configuration.

pub mod api;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod json;
pub mod keys;
pub mod operations;
mod problem;
pub mod random;
pub mod router;
pub mod seal;
mod signin;
mod suggestion;
#[expect(
    dead_code,
    reason = "the pages that ask for their words are still to come"
)]
mod text;
mod web;
