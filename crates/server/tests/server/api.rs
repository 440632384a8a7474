//! The API.

mod applications;
mod connection_addresses;
mod connections;
mod deleted_organization;
mod diagnosed_attempts;
mod domains;
mod drafts;
mod every_route;
mod idp_details;
mod incomplete_connections;
mod list_filters;
mod members;
mod organizations;
mod pasted_details;
mod plans;
mod request_bodies;
mod routing;
mod sign_in_attempts;
mod sso_enforcement;

use test_support::{Engine, TestServer};

use crate::objects::create_organization;

/// Starts a server with the organization Acme, whose plan includes SSO.
async fn start_with_acme(engine: Engine) -> TestServer {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    server
}
