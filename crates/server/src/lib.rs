//! The server: routes, sign-in, API, command line and configuration.

pub mod api;
pub mod app;
pub mod background;
mod brand;
pub mod cli;
pub mod clock;
pub mod config;
mod console;
pub mod demo;
mod diagnosis;
pub mod dns;
#[cfg(test)]
mod documentation;
pub mod email_address;
mod fetch;
mod guide;
pub mod json;
pub mod keys;
pub mod mail;
mod metrics;
pub mod operations;
mod page;
mod problem;
pub mod random;
mod rate_limit;
pub mod router;
pub mod seal;
pub mod secret_token;
pub mod signin;
mod suggestion;
mod text;
mod web;
