//! Whole documents, each held against the verdict that it has to get.

mod captured;
mod cases;
mod conformance;
mod context;
mod corpus;
mod vectors;
