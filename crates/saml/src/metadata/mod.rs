//! SAML metadata: parsing an identity provider's and writing the service provider's (saml-metadata-2.0).

mod duration;
mod endpoint;
mod entities;
mod entra_template;
mod error;
mod identity_provider;
mod service_provider;
mod signing_key;
mod stream;
mod token;

pub use self::endpoint::{Binding, Endpoint};
pub use self::entities::{MetadataOptions, MetadataTrust};
pub use self::error::{MetadataError, MetadataWarning};
pub use self::identity_provider::IdentityProvider;
pub use self::service_provider::{Organization, ServiceProvider, WriteMetadataError};
pub use self::stream::MetadataStream;

#[cfg(test)]
mod tests;
