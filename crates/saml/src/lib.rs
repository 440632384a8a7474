//! SAML 2.0 for a service provider of the Web Browser SSO profile.

pub mod c14n;
pub mod xml;
