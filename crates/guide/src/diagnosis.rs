//! Explains a failed sign-in to the administrator: what happened, the likely causes with the identity provider in use, and how
//! to fix them.
//!
//! The texts are in `text/LANGUAGE/diagnosis….ftl`; the labels of the product come from its guide. `docs/error-codes` is
//! generated from the same texts.

mod attempt;
mod cause;
mod check;
#[cfg(test)]
mod documentation;
mod fix_link;
mod provider_quirks;
mod status;
#[cfg(test)]
mod tests;
mod view;

pub use attempt::DiagnosedAttempt;
pub use check::{CheckOutcome, Checks};
pub use fix_link::{FixLink, Target};
use fluent_bundle::FluentValue;
use service::sign_in::error::Code;
pub use view::{CauseView, CheckView, DiagnosedAttemptView, DiagnosisView};

use crate::guide::{Guide, GuideContext, IdpField, Sentence, SpField, UserAttribute};

/// The explanation of an error code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    pub code: Code,
    /// What happened, in one sentence.
    pub summary: Sentence,
    /// The likely causes, the most likely first.
    pub causes: Vec<Cause>,
}

/// A possible cause of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub cause: Sentence,
    /// `None` for a quirk of a product, whose text includes the fix.
    pub fix: Option<Sentence>,
}

/// What the sign-in attempt recorded about the error, in addition to its code.
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorFacts<'f> {
    /// The received value. For an error status: its codes, the outermost first, separated by ` / `.
    pub received: Option<&'f str>,
    /// The message for the administrator. For an error status, it ends with the identity provider's message.
    pub detail: Option<&'f str>,
}

impl Diagnosis {
    /// Explains a sign-in that failed with this code.
    pub fn for_code(
        code: Code,
        facts: ErrorFacts<'_>,
        guide: &'static Guide,
        context: &GuideContext<'_>,
    ) -> Self {
        let causes_of_code = cause::causes_of(code, facts);
        let renderer = Renderer { guide, context };
        let mut causes = Vec::new();
        if code == Code::IdpErrorStatus {
            let known = facts
                .detail
                .and_then(|detail| guide.explain(detail, context));
            causes.extend(known.map(|known| Cause {
                cause: known.cause,
                fix: Some(known.fix),
            }));
            let codes = status::causes(facts.received.unwrap_or_default());
            causes.extend(codes.into_iter().map(|name| renderer.cause(name)));
        }
        let quirks = provider_quirks::quirks(guide.provider, code);
        causes.extend(quirks.map(|key| Cause {
            cause: context.sentence(key, ""),
            fix: None,
        }));
        causes.extend(causes_of_code.iter().map(|name| renderer.cause(name)));
        Self {
            code,
            summary: renderer.sentence(&format!("diagnosis-what-{}", cause::summary_of(code))),
            causes,
        }
    }
}

/// Renders texts with the labels of a product.
#[derive(Clone, Copy)]
struct Renderer<'r> {
    guide: &'static Guide,
    context: &'r GuideContext<'r>,
}

impl Renderer<'_> {
    fn cause(self, name: &str) -> Cause {
        Cause {
            cause: self.sentence(&format!("diagnosis-cause-{name}")),
            fix: Some(self.sentence(&format!("diagnosis-fix-{name}"))),
        }
    }

    fn sentence(self, key: &str) -> Sentence {
        let Self { guide, context } = self;
        let text = context.text;
        let or_default = |label: Option<String>, key: &str| label.unwrap_or_else(|| text.get(key));
        let email = guide
            .attribute_names()
            .find(|(part, _)| *part == UserAttribute::Email)
            .map_or("email", |(_, name)| name);
        let variables: [(&str, FluentValue<'_>); 6] = [
            ("provider", guide.name_in_sentence(text).into()),
            (
                "acs",
                or_default(
                    guide.sp_field_label(SpField::AcsUrl),
                    "guide-sp-field-acs-url",
                )
                .into(),
            ),
            (
                "entity",
                or_default(
                    guide.sp_field_label(SpField::EntityId),
                    "guide-sp-field-entity-id",
                )
                .into(),
            ),
            (
                "certificate",
                or_default(
                    guide.idp_field_label(IdpField::Certificate),
                    "diagnosis-certificate",
                )
                .into(),
            ),
            (
                "issuer",
                or_default(guide.idp_field_label(IdpField::Issuer), "diagnosis-issuer").into(),
            ),
            ("email", email.into()),
        ];
        Sentence::parse(&capitalized(&text.format(key, &variables)))
    }
}

/// Capitalizes the first letter: a sentence may begin with "the identity provider" when the product is unknown.
fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
