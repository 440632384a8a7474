//! What the server tells administrators about identity providers: how to connect each product, and why a sign-in failed.
//!
//! Pages, the API and the command line show the same texts.

pub mod diagnosis;
#[cfg(test)]
mod generated_docs;
mod guide;

pub use guide::{
    AttributeView, AttributesView, ErrorView, FieldKind, Guide, GuideContext, IdpField,
    InstructionView, MetadataImport, Sentence, SourceView, SpField, SpValues, Span, UserAttribute,
};
