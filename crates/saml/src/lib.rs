//! SAML 2.0 for a service provider of the Web Browser SSO profile.

pub mod c14n;
pub mod certificate;
mod der;
pub mod key;
pub mod location;
mod pem;
pub mod redirect;
pub mod request;
pub mod sign;
pub mod timestamp;
pub mod write;
pub mod xml;
