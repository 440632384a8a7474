//! What a sign-in decides, without HTTP: who the user is, whether they may sign in, and why not.

pub mod attempt_log;
pub mod attempt_warning;
pub mod attribute_mapping;
pub mod connection_choice;
pub mod discovery;
pub mod error;
pub mod federated_user;
pub mod member_match;
pub mod rejection_diagnosis;
pub mod required_authentication;
pub mod response_review;
mod role_mapping;
pub mod test_result;
