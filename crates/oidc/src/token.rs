//! The token endpoint: client authentication, the code exchange and the response.

mod assertion;
mod assertion_error;
mod client;
mod error;
mod grant;
mod request;
mod response;

pub use assertion::UsedAssertion;
pub use assertion_error::AssertionError;
pub use client::AuthenticatedClient;
pub use error::{TokenError, TokenErrorResponse};
pub use grant::{CODE_LIFETIME, CodeGrant};
pub use request::TokenRequest;
pub use response::{ACCESS_TOKEN_LIFETIME, TokenResponse};
