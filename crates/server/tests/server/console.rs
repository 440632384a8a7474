//! The pages of the console and of setup links.

mod account;
mod brand;
mod domains;
mod email_codes;
mod error_codes;
mod form_limits;
mod guided_setup;
mod health;
mod passkeys;
mod saml_sso;
mod setup_links;
mod several_connections;
mod sign_in;
mod sso_enforcement;
mod team;
mod test_result;
