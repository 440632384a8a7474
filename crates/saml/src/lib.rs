//! SAML 2.0 for a service provider of the Web Browser SSO profile.
//!
//! The main function is [`validate_response`]: it takes the posted form field, the keys of one connection and an [`Expectation`],
//! and returns verified claims or a [`Rejection`], with every [`Check`] that was made. The crate does no input or
//! output and has no clock and no source of randomness; the caller passes the time and random bytes.
//!
//! Types express what is verified. An [`xml::Element`] is unverified; a configured key has signed a
//! [`dsig::SignedElement`]; an [`assertion::Assertion`] is parsed from a `SignedElement` only; an
//! [`AcceptedAssertion`] is an assertion that met an [`Expectation`].

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
mod assertion_rules;
mod attribute;
mod base64;
pub mod c14n;
pub mod certificate;
pub mod certificate_text;
mod check;
mod claims;
mod decryption;
mod der;
pub mod dsig;
pub mod encryption;
mod expectation;
pub mod key;
pub mod location;
pub mod metadata;
mod note;
mod outline;
pub mod paste;
mod pem;
mod plaintext;
mod post;
pub mod redirect;
mod rejection;
pub mod request;
mod requirements;
mod response_envelope;
pub mod sign;
mod status;
mod text_list;
mod trim;
mod unverified_checks;
mod unverified_message;
mod validate_response;
mod value_difference;
pub mod write;
pub mod xml;
mod xs_date_time;

pub use check::{Check, Outcome, Rule};
pub use claims::{Attribute, Authentication, Claims, NameId};
pub use decryption::Decryption;
pub use dsig::{ExpiryPolicy, Trust};
pub use expectation::{ClockTolerance, Expectation, InResponseTo, NameIdUse, PartialExpectation};
pub use note::Note;
pub use outline::{OutlineLine, OutlineSpan, SignedPart, outline};
pub use rejection::{Hint, Rejection, StructureProblem, WrongMessageKind};
pub use requirements::{RequiredAuthentication, Requirements};
pub use text_list::TextList;
pub use trim::{has_blank_or_invisible, trim_edges};
pub use unverified_message::{
    UnverifiedMessage, decode_message, decrypt_unverified_assertion, message_text,
    reject_wrong_message_kind,
};
pub use validate_response::{
    AcceptedAssertion, Explanation, ValidationReport, explain, validate_response,
};
pub use value_difference::{DifferenceKind, ValueDifference, ValuePiece};
pub use xs_date_time::{format_xs_date_time, parse_xs_date_time};
