//! Test doubles for the demo and the tests: a practice identity provider, a sample application, and a browser without
//! a screen.
//!
//! The identity provider signs with its own code, which shares nothing with the code that verifies signatures, so a
//! mistake in one of the two shows in the other. It sends invalid responses on request
//! ([`identity_provider::IdpBehavior`]). It signs in anyone without a password: never expose it to real users.

pub mod browser;
mod environment;
pub mod identity_provider;
mod loopback;
mod request_guard;
pub mod sample_application;
mod theme;

pub use environment::Environment;
pub use identity_provider::IdentityProvider;
pub use sample_application::SampleApplication;
