//! Passkeys for a relying party of Web Authentication (Level 3), without a network, a database, a clock or a random
//! number generator.
//!
//! One profile is supported: discoverable credentials, user verification required, and attestation conveyance `none`.
//! A browser's response is first parsed as [`RegistrationResponse`] or [`AuthenticationResponse`], whose claims serve
//! to look up the challenge and the credential. `verify` then returns a [`Credential`] to store, or a
//! [`VerifiedAuthentication`].
//!
//! ```
//! use passkey::*;
//! # let random = [7; CHALLENGE_BYTES];
//! # let relying_party = RelyingParty { id: "sso.example.com".into(), origin: "https://sso.example.com".into() };
//! // The page of passkeys: store the hash of the challenge, and pass the options to `navigator.credentials.create()`.
//! let challenge = Challenge::from_random(&random);
//! let user = User { handle: b"per_1".to_vec(), name: "ada@example.com".into(), display_name: "Ada".into() };
//! let options = RegistrationOptions {
//!     relying_party: &relying_party, relying_party_name: "Vestibule", user: &user, exclude_credentials: &[],
//! };
//! assert!(options.to_json(&challenge).contains(r#""userVerification":"required""#));
//!
//! // The response: look up its challenge, then verify it.
//! # fn register(json: &str, relying_party: &RelyingParty, user_handle: &[u8]) -> Result<Credential, PasskeyError> {
//! let response = RegistrationResponse::parse(json)?;
//! let challenge = response.claimed_challenge();
//! // … mark the challenge of this browser as used in the store …
//! response.verify(&VerificationContext { challenge, relying_party }, user_handle)
//! # }
//! ```
//!
//! Other crates cannot construct the proof that a user was authenticated:
//!
//! ```compile_fail,E0639
//! fn forge() -> passkey::VerifiedAuthentication {
//!     passkey::VerifiedAuthentication { user_handle: Vec::new(), sign_count: 0 }
//! }
//! ```

#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod algorithm;
mod authentication;
mod authenticator_data;
mod base64url;
mod cbor;
mod challenge;
mod client_data;
mod credential;
mod credential_json;
mod error;
mod options;
mod public_key;
mod registration;

pub use algorithm::Algorithm;
pub use authentication::{AuthenticationResponse, VerifiedAuthentication};
pub use challenge::{CHALLENGE_BYTES, Challenge};
pub use client_data::{RelyingParty, VerificationContext};
pub use credential::{Credential, CredentialId};
pub use credential_json::MAX_RESPONSE_BYTES;
pub use error::{PasskeyError, ResponsePart};
pub use options::{AuthenticationOptions, RegistrationOptions, User};
pub use public_key::PublicKey;
pub use registration::RegistrationResponse;
