//! SAML metadata: reading an identity provider's, writing our own (saml-metadata-2.0).

mod duration;
mod entities;
mod error;
mod identity_provider;
mod service_provider;

pub use self::entities::{Basis, Reading};
pub use self::error::{MetadataError, MetadataWarning};
pub use self::identity_provider::{Binding, Endpoint, IdentityProvider};
pub use self::service_provider::{Organization, ServiceProvider};

#[cfg(test)]
mod tests;
