//! SAML metadata: parsing an identity provider's and writing the service provider's (saml-metadata-2.0).

mod duration;
mod entities;
mod error;
mod identity_provider;
mod service_provider;

pub use self::entities::{MetadataOptions, MetadataTrust};
pub use self::error::{MetadataError, MetadataWarning};
pub use self::identity_provider::{Binding, Endpoint, IdentityProvider};
pub use self::service_provider::{Organization, ServiceProvider, WriteMetadataError};

#[cfg(test)]
mod tests;
