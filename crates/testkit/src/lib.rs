//! What the demo and the tests sign in with: a practice identity provider, a sample application, and a browser
//! without a screen.
//!
//! The identity provider signs with code of its own, which shares nothing with the code that verifies: a mistake in
//! one of the two shows in the other. It misbehaves on request ([`identity_provider::Conduct`]). It must never be
//! reachable from a server that real people use.

pub mod browser;
pub mod identity_provider;
mod look;
mod loopback;
mod own_machine;
pub mod sample_application;
mod surroundings;

pub use identity_provider::IdentityProvider;
pub use sample_application::SampleApplication;
pub use surroundings::Surroundings;
