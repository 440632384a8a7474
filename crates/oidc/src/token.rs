//! The token endpoint: who is asking, whether the code is theirs, and what they get.

mod assertion;
mod assertion_problem;
mod client;
mod grant;
mod problem;
mod request;
mod response;

pub use assertion::AssertionUse;
pub use assertion_problem::AssertionProblem;
pub use client::AuthenticatedClient;
pub use grant::{CODE_LIFETIME, CodeGrant};
pub use problem::{TokenErrorResponse, TokenProblem};
pub use request::TokenRequest;
pub use response::{ACCESS_TOKEN_LIFETIME, TokenResponse};
