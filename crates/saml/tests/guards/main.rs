//! Guards for checks that no document of `tests/cases` covers: each test fails if one check of the crate is removed.
//!
//! The documents are made here, one for each question. What signs them shares the canonicalization with the crate, which
//! `tests/c14n` and the cases of another program's signer hold up.

mod bits;
mod bounds;
mod checks;
mod keys;
mod meaning;
mod message;
mod oracle;
mod signer;
mod structure;
