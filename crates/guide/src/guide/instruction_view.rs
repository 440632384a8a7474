//! An instruction with the values of one connection, in the reader's language.

use super::context::GuideContext;
use super::idp_field::IdpField;
use super::illustration::IllustrationView;
use super::instruction::Instruction;
use super::sentence::Sentence;
use super::sp_field::SpField;

/// Rendered by `templates/guide/instruction.html`.
#[derive(Clone, Debug)]
pub struct InstructionView {
    /// Identifies the instruction in the stored progress, whatever instructions are around it.
    pub name: String,
    pub title: String,
    pub sentences: Vec<Sentence>,
    /// The value to copy.
    pub sp_value: Option<SpValue>,
    /// The values of the identity provider that this step shows.
    pub idp_fields: &'static [IdpField],
    /// The form to fill in.
    pub illustration: Option<IllustrationView>,
    /// The steps that are only needed when our metadata cannot be imported in this one.
    pub manual: Vec<Self>,
    /// Whether the product may know another application with the same entity ID already.
    pub warns_of_shared_entity_id: bool,
}

/// A value of the service provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpValue {
    pub field: SpField,
    /// Our name of the field.
    pub term: String,
    /// The value, or the URL of a file.
    pub value: String,
}

impl SpValue {
    /// Whether the administrator downloads a file instead of copying the value.
    pub fn is_file(&self) -> bool {
        self.field.is_file()
    }
}

impl InstructionView {
    /// `None` when the instruction is about a value that the connection does not have.
    pub(super) fn new(
        name: String,
        instruction: &'static Instruction,
        product: &str,
        context: &GuideContext<'_>,
    ) -> Option<Self> {
        let sp_value = match instruction.sp_field {
            None => None,
            Some(field) => Some(SpValue {
                field,
                term: context.text.get(field.key()),
                value: context.values.get(field)?,
            }),
        };
        let label = instruction.label.as_deref().unwrap_or_default();
        let sentences = &instruction.sentences;
        let illustration = instruction.illustration.as_ref();
        Some(Self {
            name,
            title: context.format(&instruction.title, label),
            sentences: sentences
                .iter()
                .map(|key| context.sentence(key, label))
                .collect(),
            sp_value,
            idp_fields: &instruction.idp_fields,
            illustration: illustration.map(|form| IllustrationView::new(form, product, context)),
            manual: instruction
                .manual
                .iter()
                .filter_map(|one| Self::new(String::new(), one, product, context))
                .collect(),
            warns_of_shared_entity_id: false,
        })
    }
}
