//! What a sign-in decides, without HTTP: who the person is, whether they may sign in, and why not.

pub mod discovery;
pub mod error;
pub mod expectation;
pub mod federated_user;
pub mod member_match;
pub mod profile;
pub mod role_mapping;
pub mod saml_messages;
pub mod signing_certificate;
pub mod test_result;
