//! Problems in the language of a page. The API and the command line have them in English.

use i18n::Localizer;

use super::{FieldProblem, Problem};

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
        if self.received.is_missing() {
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
    use rstest::rstest;

    use super::*;
    use crate::problem::{LocalizedText, ProblemCode};

    const ENGLISH: Localizer = Localizer::new(Language::English);
    const FRENCH: Localizer = Localizer::new(Language::French);

    #[test]
    fn a_code_is_localized() {
        let taken = Problem::new(ProblemCode::AlreadyMember);
        assert!(taken.localize(FRENCH).starts_with("Cette personne"));
    }

    #[test]
    fn a_detail_becomes_a_sentence() {
        let untranslated = Problem::with_detail(ProblemCode::Conflict, "something is odd");
        assert_eq!(untranslated.localize(FRENCH), "Something is odd.");
    }

    #[rstest]
    #[case::french(FRENCH, "Attendu\u{202f}: an address. Reçu\u{202f}: \"ada\".")]
    #[case::english(ENGLISH, "Expected an address, but received \"ada\".")]
    fn a_problem_of_a_field_is_localized(#[case] localizer: Localizer, #[case] expected: &str) {
        let field = Problem::field("email", "an address", "\"ada\"");
        assert_eq!(field.localize(localizer), expected);
    }

    #[test]
    fn a_received_value_with_its_own_text_explains_the_problem() {
        let damaged =
            LocalizedText::with_fallback("damaged", "setup-error-paste-damaged".to_owned());
        let certificate = Problem::field("certificates[0]", "a certificate", damaged);
        assert!(
            certificate
                .localize(ENGLISH)
                .starts_with("Part of the certificate is missing.")
        );
    }

    /// "received the metadata is not signed" would be no sentence.
    #[rstest]
    #[case::noun("\"ada\"".into(), "email: expected an address, received \"ada\"")]
    #[case::sentence(
        LocalizedText::explanation("the metadata is not signed"),
        "email: the metadata is not signed"
    )]
    fn a_sentence_stands_alone(#[case] received: LocalizedText, #[case] expected: &str) {
        let problem = Problem::field("email", "an address", received);
        assert_eq!(problem.detail, expected);
        assert_eq!(problem.errors[0].to_string(), expected);
    }

    #[test]
    fn an_explanation_is_a_sentence_on_a_page() {
        let received = LocalizedText::explanation("the key is odd");
        let problem = Problem::field("jwks", "a key set", received);
        assert_eq!(problem.localize(ENGLISH), "The key is odd.");
    }

    #[rstest]
    #[case::not_sent("problem-received-nothing")]
    #[case::empty("problem-received-empty")]
    fn a_missing_field_is_required(#[case] received: &'static str) {
        let missing = Problem::field("issuer", "an issuer", LocalizedText::key(received));
        assert_eq!(missing.localize(ENGLISH), "This field is required.");
    }
}
