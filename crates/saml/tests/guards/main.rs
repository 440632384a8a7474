//! Guards for checks that no document of `tests/cases` covers: each test fails if one check of the crate is removed.
//!
//! The tests build their documents. The signer uses the canonicalization of the crate, which `tests/c14n` and the cases
//! that another program signed verify.

mod bits;
mod bounds;
mod checks;
mod keys;
mod meaning;
mod message;
mod notes;
mod oracle;
mod signer;
mod structure;
