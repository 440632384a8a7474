//! The authorization endpoint: what an application asks for, and what it is answered.

mod refusal;
mod request;
mod response;

pub use refusal::{AuthorizationProblem, AuthorizationRefusal, ShownRefusal, ToldRefusal};
pub use request::{AuthorizationRequest, ResponseMode, claimed_client_id};
pub use response::AuthorizationResponse;
