//! Whole documents, each held against the verdict that it has to get.

mod captured;
mod cases;
mod context;
mod corpus;
mod vectors;
