//! The authorization endpoint: requests, responses and errors.

mod error;
mod request;
mod response;

pub use error::{
    AuthorizationError, AuthorizationErrorKind, ClientValidationError, RedirectableError,
};
pub use request::{AuthorizationRequest, ResponseMode, claimed_client_id};
pub use response::AuthorizationResponse;
