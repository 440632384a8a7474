//! The running app and its services: configuration, clock, keys, DNS, mail, metrics, problems.

pub mod app;
pub mod blocking;
pub mod brand;
pub mod clock;
pub mod dns;
pub mod email_address;
pub mod fetch;
pub mod keys;
pub mod mail;
pub mod metrics;
pub mod problem;
pub mod random;
pub mod rate_limit;
pub mod seal;
pub mod secret_token;
pub mod shutdown;
