//! SAML 2.0 for a service provider of the Web Browser SSO profile.
//!
//! The main path is [`judge`]: a posted field, the keys of one connection and what is expected go in, and claims
//! come out that may be believed, or a [`Rejection`] that says why not, with every [`Check`] that was made. The
//! crate does no input or output, has no clock and no source of randomness: all of that is an argument.
//!
//! What may be believed is a matter of types. An [`xml::Element`] is what somebody wrote; a [`dsig::Signed`] is
//! what a configured key signed; an [`assertion::Assertion`] is read from a `Signed` alone; an [`Accepted`] is an
//! assertion that met an [`Expectation`].

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

pub mod assertion;
mod base64;
pub mod c14n;
pub mod certificate;
mod check;
mod claims;
mod decryption;
mod der;
pub mod dsig;
pub mod encryption;
mod expectation;
mod judge;
pub mod key;
pub mod location;
pub mod metadata;
mod outline;
pub mod paste;
mod pem;
mod post;
pub mod redirect;
mod rejection;
mod remainder;
pub mod request;
mod response;
pub mod sign;
mod timestamp;
mod unverified;
mod validate;
pub mod write;
pub mod xml;

pub use check::{Check, Outcome, Rule};
pub use claims::{Attribute, Claims, NameId};
pub use decryption::Decryption;
pub use dsig::{Expiry, Trust};
pub use expectation::{Expectation, InResponseTo, Known, Question, Tolerance};
pub use judge::{Accepted, Explanation, Judgement, explain, judge};
pub use outline::{Line, Part, Piece, outline};
pub use rejection::{Misdirected, Problem, Rejection, Suspicion};
pub use timestamp::Timestamp;
pub use unverified::{Unverified, message, opened};
