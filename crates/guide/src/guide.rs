//! The instructions with which an administrator connects an identity provider.
//!
//! A guide is data: one file in `crates/guide/guides` for each product, with the product's labels in the product's order.
//! The sentences around the labels are in `text/LANGUAGE/guide….ftl`. The console and `docs/providers` are generated from
//! the same guides.

mod attribute;
mod context;
#[cfg(test)]
mod documentation;
mod error;
mod idp_field;
mod illustration;
mod instruction;
mod instruction_view;
mod sentence;
mod sp_field;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::LazyLock;

use attribute::AttributeGuide;
pub use attribute::{AttributeView, AttributesView, UserAttribute};
pub use context::GuideContext;
pub use error::ErrorView;
use error::KnownError;
use i18n::Localizer;
use idp_field::Source;
pub use idp_field::{IdpField, SourceView};
pub use instruction::FieldKind;
use instruction::Instruction;
pub use instruction_view::InstructionView;
pub use sentence::{Sentence, Span};
use serde::Deserialize;
pub use sp_field::{SpField, SpValues};
use store::Provider;

/// How to connect one product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    pub provider: Provider,
    name: String,
    /// The path in the product's console to the page where a connection starts.
    pub console: Vec<String>,
    pub imports_metadata: MetadataImport,
    /// Whether the product knows a service provider by its entity ID alone, so that two connections cannot have the same.
    #[serde(default)]
    knows_by_entity_id: bool,
    instructions: Vec<Instruction>,
    /// The best one first.
    sources: Vec<Source>,
    attributes: AttributeGuide,
    certificate_lifetime: Vec<String>,
    common_problems: Vec<String>,
    #[serde(default)]
    errors: Vec<KnownError>,
}

/// How a product imports our metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetadataImport {
    None,
    File,
    Url,
    /// From a file or a URL.
    Both,
}

/// The files, in the order in which the pages list the products.
const FILES: [(Provider, &str); 12] = [
    (Provider::Entra, include_str!("../guides/entra.toml")),
    (Provider::Okta, include_str!("../guides/okta.toml")),
    (Provider::OneLogin, include_str!("../guides/onelogin.toml")),
    (Provider::PingOne, include_str!("../guides/pingone.toml")),
    (
        Provider::PingFederate,
        include_str!("../guides/pingfederate.toml"),
    ),
    (Provider::Google, include_str!("../guides/google.toml")),
    (Provider::Adfs, include_str!("../guides/adfs.toml")),
    (
        Provider::JumpCloud,
        include_str!("../guides/jumpcloud.toml"),
    ),
    (Provider::Auth0, include_str!("../guides/auth0.toml")),
    (Provider::Keycloak, include_str!("../guides/keycloak.toml")),
    (
        Provider::Shibboleth,
        include_str!("../guides/shibboleth.toml"),
    ),
    (Provider::Other, include_str!("../guides/other.toml")),
];

static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(_, file)| {
            toml::from_str(file)
                .expect("the guides are part of the program, and a test parses all of them")
        })
        .collect()
});

impl Guide {
    /// All guides, in the order in which the pages list the products.
    pub fn all() -> &'static [Self] {
        &GUIDES
    }

    pub fn for_provider(provider: Provider) -> &'static Self {
        let found = GUIDES.iter().find(|guide| guide.provider == provider);
        found.expect("a test checks that every product has a guide")
    }

    /// The product's name in a list of products.
    pub fn title(&self, text: Localizer) -> String {
        match self.provider {
            Provider::Other => text.get("guide-name-other"),
            Provider::Entra
            | Provider::Okta
            | Provider::OneLogin
            | Provider::PingOne
            | Provider::PingFederate
            | Provider::Google
            | Provider::Adfs
            | Provider::JumpCloud
            | Provider::Auth0
            | Provider::Keycloak
            | Provider::Shibboleth => self.name.clone(),
        }
    }

    /// The product's name after it was chosen.
    pub fn title_in_use(&self, text: Localizer) -> String {
        if self.provider == Provider::Other {
            text.get("guide-name-other-in-use")
        } else {
            self.title(text)
        }
    }

    /// The default name of a connection.
    pub fn connection_name(&self) -> &str {
        &self.name
    }

    /// The product's name inside a sentence.
    pub fn name_in_sentence(&self, text: Localizer) -> String {
        if self.provider == Provider::Other {
            text.get("diagnosis-provider")
        } else {
            self.title(text)
        }
    }

    /// The product's label of the field that takes one of our values. Several labels are joined.
    pub fn sp_field_label(&self, field: SpField) -> Option<String> {
        let instructions = self.all_instructions();
        let with_field = instructions.filter(|instruction| instruction.sp_field == Some(field));
        let labels = with_field.filter_map(|instruction| instruction.label.as_deref());
        let mut labels: Vec<&str> = labels.collect();
        labels.dedup();
        (!labels.is_empty()).then(|| labels.join(" / "))
    }

    /// The product's label of one of its values. An unknown product has no labels.
    pub fn idp_field_label(&self, field: IdpField) -> Option<String> {
        if self.provider == Provider::Other {
            return None;
        }
        let mut fields = self.sources.iter().flat_map(|source| &source.fields);
        fields
            .find(|found| found.field == field)
            .map(|found| found.label.clone())
    }

    /// The steps, each followed by those that are only needed without an import.
    fn all_instructions(&self) -> impl Iterator<Item = &Instruction> {
        let instructions = self.instructions.iter();
        instructions.flat_map(|one| std::iter::once(one).chain(&one.manual))
    }

    /// The steps in the product's console, with the connection's values.
    pub fn instructions(&'static self, context: &GuideContext<'_>) -> Vec<InstructionView> {
        let product = self.title_in_use(context.text);
        self.instructions
            .iter()
            .filter_map(|instruction| {
                let name = format!("{}-{}", self.provider, instruction.key());
                let mut view = InstructionView::new(name, instruction, &product, context)?;
                view.warns_of_shared_entity_id =
                    self.knows_by_entity_id && instruction.shows_entity_id();
                Some(view)
            })
            .collect()
    }

    /// Where the administrator finds the identity provider's details, the best source first. One source is enough.
    pub fn sources(&'static self, context: &GuideContext<'_>) -> Vec<SourceView> {
        let sources = self.sources.iter();
        sources.map(|source| source.view(context)).collect()
    }

    pub fn attributes(&'static self, context: &GuideContext<'_>) -> AttributesView {
        self.attributes.view(context)
    }

    /// The names of the SAML attributes, with the user attribute that each contains.
    pub fn attribute_names(&self) -> impl Iterator<Item = (UserAttribute, &str)> {
        self.attributes.mapping.iter().flat_map(|mapped| {
            let names = std::iter::once(&mapped.name).chain(&mapped.also);
            names.map(|name| (mapped.attribute, name.as_str()))
        })
    }

    /// How long the product's certificate is valid, and how the product replaces it.
    pub fn certificate_lifetime(&self, context: &GuideContext<'_>) -> Vec<Sentence> {
        context.sentences(&self.certificate_lifetime)
    }

    pub fn common_problems(&self, context: &GuideContext<'_>) -> Vec<Sentence> {
        context.sentences(&self.common_problems)
    }

    pub fn errors(&'static self, context: &GuideContext<'_>) -> Vec<ErrorView> {
        let errors = self.errors.iter();
        errors.map(|error| error.view(context)).collect()
    }

    /// Explains an error code or message of this product, if the guide knows it.
    pub fn explain(&'static self, message: &str, context: &GuideContext<'_>) -> Option<ErrorView> {
        let known = self.errors.iter().find(|error| error.matches(message))?;
        Some(known.view(context))
    }
}
