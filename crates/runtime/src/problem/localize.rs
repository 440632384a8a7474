//! Problems in the language of a page. The API and the command line have them in English.

use i18n::Localizer;

use super::{FieldProblem, LocalizedText, Problem};

impl Problem {
    /// The problem as a sentence.
    pub fn localize(&self, text: Localizer) -> String {
        if let [only] = self.errors.as_slice() {
            return only.localize(text);
        }
        text.get_or_sentence(&format!("problem-{}", self.code), &self.detail)
    }
}

impl FieldProblem {
    /// A text of its own for this kind of value, or else what was expected and what was received.
    pub fn localize(&self, text: Localizer) -> String {
        if let Some(sentence) = self.received.sentence(text) {
            return sentence;
        }
        if self.received == LocalizedText::key("problem-received-nothing") {
            return text.get("setup-error-missing");
        }
        text.format(
            "problem-expected-received",
            &[
                ("expected", self.expected.localize(text).into()),
                ("received", self.received.localize(text).into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use i18n::Language;

    use super::*;
    use crate::problem::ProblemCode;

    #[test]
    fn a_problem_is_localized() {
        let french = Localizer::new(Language::French);
        let taken = Problem::new(ProblemCode::AlreadyMember);
        assert!(taken.localize(french).starts_with("Cette personne"));
        let untranslated = Problem::with_detail(ProblemCode::Conflict, "something is odd");
        assert_eq!(untranslated.localize(french), "Something is odd.");
        let field = Problem::field("email", "an address", "\"ada\"");
        let localized = field.localize(french).replace('\u{202f}', " ");
        assert_eq!(localized, "Attendu : an address. Reçu : \"ada\".");
        let english = Localizer::new(Language::English);
        let damaged =
            LocalizedText::with_fallback("damaged", "setup-error-paste-damaged".to_owned());
        let certificate = Problem::field("certificates[0]", "a certificate", damaged);
        assert!(
            certificate
                .localize(english)
                .starts_with("Part of the certificate is missing.")
        );
        let missing = Problem::field(
            "issuer",
            "an issuer",
            LocalizedText::key("problem-received-nothing"),
        );
        assert_eq!(missing.localize(english), "This field is required.");
        assert_eq!(
            field.localize(english),
            "Expected an address, but received \"ada\"."
        );
    }
}
