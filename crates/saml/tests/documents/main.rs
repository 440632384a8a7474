//! Whole documents, each held against the verdict that it has to get.

mod captured;
mod cases;
mod changes;
mod conformance;
mod context;
mod corpus;
mod vectors;
