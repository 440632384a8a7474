//! Sign-ins through the routes of the server in this process: with a practice identity provider, which signs with code
//! of its own, and with responses that were captured from other products.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod account_changes;
mod account_matching;
mod account_takeover;
mod anonymous_posts;
mod assigned_urls;
mod attempt_page;
mod authentication_context;
mod authorize;
mod captured_responses;
mod client_authentication;
mod concurrency;
mod connection_metadata;
mod custom_claims;
mod database_contents;
mod encrypted_responses;
mod field_accounts;
mod field_responses;
mod invitation;
mod languages;
mod log;
mod metadata_and_discovery;
mod misconfiguration;
mod passive_requests;
mod provisioning;
mod rejected;
mod relay_state;
mod requested_user;
mod required_signatures;
mod revocation;
mod role_mapping;
mod routing;
mod sent_request;
mod sign_in_attempts;
mod sign_in_flow;
mod sign_in_page;
mod slow_pages;
mod sso_enforcement;
mod test_sign_in;
mod tokens;
mod unavailable_connection;
mod unsolicited_responses;
