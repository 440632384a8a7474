//! The API.

mod applications;
mod connections;
mod domains;
mod drafts;
mod every_route;
mod idp_details;
mod incomplete_connections;
mod members;
mod organizations;
mod plans;
mod request_bodies;
mod sign_in_attempts;
mod sso_enforcement;
