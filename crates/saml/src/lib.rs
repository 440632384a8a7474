//! SAML 2.0 for a service provider of the Web Browser SSO profile.

pub mod c14n;
pub mod certificate;
mod der;
pub mod key;
mod pem;
pub mod xml;
