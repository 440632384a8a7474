//! Passkeys for a relying party of Web Authentication (Level 3), without a network, a database, a clock or a random
//! source.
//!
//! We take one profile and nothing else: discoverable credentials whose authenticator has verified its user, and no
//! interest in who made the authenticator (attestation conveyance `none`). The types are the order of things: what a
//! browser posted is [`PostedRegistration`] or [`PostedAuthentication`], whose claims serve to look things up; what was
//! verified is a [`Credential`], to be kept and read again, or [`Authenticated`], which only `verify` makes.
//!
//! ```
//! use passkey::*;
//! # let random = [7; RANDOM_BYTES];
//! # let site = Site { rp_id: "sso.example.com".into(), origin: "https://sso.example.com".into() };
//! // The page of passkeys: keep the hash of the challenge, and give the options to `navigator.credentials.create`.
//! let challenge = Challenge::from_random(&random);
//! let person = User { handle: b"per_1".to_vec(), name: "ada@example.com".into(), display_name: "Ada".into() };
//! let options = RegistrationOptions { site: &site, site_name: "Vestibule", user: &person, known: &[] };
//! assert!(options.json(&challenge).contains(r#""userVerification":"required""#));
//!
//! // What comes back is looked up by its challenge, and then verified.
//! # fn answer(json: &str, site: &Site, user_handle: &[u8]) -> Result<Credential, Refusal> {
//! let posted = PostedRegistration::read(json)?;
//! let challenge = posted.claimed_challenge();
//! // … spend it in the store, for this browser …
//! posted.verify(&Expected { challenge, site }, user_handle)
//! # }
//! ```
//!
//! Nobody else can say that a person was authenticated:
//!
//! ```compile_fail,E0639
//! fn forge() -> passkey::Authenticated {
//!     passkey::Authenticated { user_handle: Vec::new(), sign_count: 0 }
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
mod options;
mod public_key;
mod refusal;
mod registration;
mod response;

pub use algorithm::Algorithm;
pub use authentication::{Authenticated, PostedAuthentication};
pub use challenge::{Challenge, RANDOM_BYTES};
pub use client_data::{Expected, Site};
pub use credential::{Credential, CredentialId};
pub use options::{AuthenticationOptions, RegistrationOptions, User};
pub use public_key::PublicKey;
pub use refusal::{Part, Refusal};
pub use registration::PostedRegistration;
pub use response::MAX_RESPONSE_BYTES;
