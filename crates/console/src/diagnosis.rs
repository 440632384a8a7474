//! What is behind a refusal, for whoever has to repair it: what happened, what is likely behind it with this product, and
//! what to do about it there.
//!
//! [`Diagnosis::of`] takes the code of a refusal, what the attempt knows of it and the guide of the connection's product,
//! and is as pure as they are. The words are in `text/LANGUAGE/diagnosis….ftl`; labels of the product come from its
//! guide. `docs/refusals` is made of the same words.
//!
//! A page that shows the checks of an attempt has a field `checks` of the type [`Checks`], made by [`Checks::of`] from
//! what the store keeps, and says `{% let t = frame.text %}{% include "console/checks.html" %}`: each check with its
//! mark, what was expected and received, and under the failing one what is likely behind it. The whole is a list
//! without headings; whoever includes it writes one.

mod cause;
mod check;
#[cfg(test)]
mod documentation;
mod provider_quirks;
mod status;
#[cfg(test)]
mod tests;

pub use check::Checks;
use fluent_bundle::FluentValue;
#[cfg(test)]
pub use tests::codes;

use crate::guide::{Given, Guide, GuidePart, Sentence, Value, Words};

/// What is behind a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The stable code.
    pub code: String,
    /// What happened, in one sentence.
    pub what: Sentence,
    /// What is likely behind it, the likeliest first.
    pub causes: Vec<Cause>,
}

/// Something that may be behind a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What it is.
    pub cause: Sentence,
    /// How it is repaired; a habit of a product says so itself.
    pub repair: Option<Sentence>,
}

/// What an attempt knows of a refusal beside its code.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'f> {
    /// What came; of an error status the codes, outermost first, with ` / ` between them.
    pub received: Option<&'f str>,
    /// The administrator's sentence; of an error status it ends with the message of the identity provider.
    pub detail: Option<&'f str>,
}

impl Diagnosis {
    /// What is behind a refusal with this code; nothing for a code that no refusal has.
    pub fn of(
        code: &str,
        facts: Facts<'_>,
        guide: &'static Guide,
        words: &Words<'_>,
    ) -> Option<Self> {
        let names = cause::of(code)?;
        let speech = Speech { guide, words };
        let mut causes = Vec::new();
        if code == status::CODE {
            let told = facts.detail.and_then(|told| guide.explain(told, words));
            causes.extend(told.map(|known| Cause {
                cause: known.cause,
                repair: Some(known.repair),
            }));
            let codes = status::causes(facts.received.unwrap_or_default());
            causes.extend(codes.into_iter().map(|name| speech.cause(name)));
        }
        let habits = provider_quirks::of(guide.provider, code);
        causes.extend(habits.map(|key| Cause {
            cause: words.about(key, ""),
            repair: None,
        }));
        causes.extend(names.iter().map(|name| speech.cause(name)));
        Some(Self {
            code: code.to_owned(),
            what: speech.sentence(&format!("diagnosis-what-{}", cause::sentence_of(code))),
            causes,
        })
    }
}

/// In whose words something is said.
#[derive(Clone, Copy)]
struct Speech<'s> {
    guide: &'static Guide,
    words: &'s Words<'s>,
}

impl Speech<'_> {
    fn cause(self, name: &str) -> Cause {
        Cause {
            cause: self.sentence(&format!("diagnosis-cause-{name}")),
            repair: Some(self.sentence(&format!("diagnosis-repair-{name}"))),
        }
    }

    fn sentence(self, key: &str) -> Sentence {
        let Self { guide, words } = self;
        let text = words.text;
        let or_ours = |label: Option<String>, key: &str| label.unwrap_or_else(|| text.get(key));
        let email = guide
            .attribute_names()
            .find(|(part, _)| *part == GuidePart::Email)
            .map_or("email", |(_, name)| name);
        let variables: [(&str, FluentValue<'_>); 6] = [
            ("provider", guide.in_a_sentence(text).into()),
            (
                "acs",
                or_ours(guide.field_of(Value::AcsUrl), "guide-term-acs-url").into(),
            ),
            (
                "entity",
                or_ours(guide.field_of(Value::EntityId), "guide-term-entity-id").into(),
            ),
            (
                "certificate",
                or_ours(
                    guide.label_of(Given::Certificate),
                    "guide-given-certificate",
                )
                .into(),
            ),
            (
                "issuer",
                or_ours(guide.label_of(Given::Issuer), "guide-given-issuer").into(),
            ),
            ("email", email.into()),
        ];
        Sentence::read(&capitalized(&text.format(key, &variables)))
    }
}

/// A sentence may begin with the word for the identity provider, which is a name only if the product is known.
fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
