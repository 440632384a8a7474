//! Whole documents, each compared with its expected verdict.

mod captured;
mod cases;
mod changes;
mod conformance;
mod context;
mod corpus;
mod field;
mod vectors;
