//! What is wrong, in the reader's language.

use super::Text;
use crate::operations::connection::Warning;
use crate::problem::{FieldProblem, Phrase, Problem};

impl Text {
    /// The problem in a sentence. The command line and the API have their own, in English.
    pub(crate) fn problem(self, problem: &Problem) -> String {
        if let [only] = problem.errors.as_slice() {
            return self.sides(only);
        }
        let key = format!("problem-{}", problem.code);
        if self.has(&key) {
            self.say(&key)
        } else {
            sentence(&problem.detail)
        }
    }

    /// What is wrong with a field: what was expected and what came, or the sentence that says more than both.
    pub(crate) fn sides(self, fault: &FieldProblem) -> String {
        if let Some(sentence) = fault.received.sentence(self) {
            return sentence;
        }
        if fault.received == Phrase::of("problem-received-nothing") {
            return self.say("setup-fault-missing");
        }
        self.with(
            "problem-sides",
            &[
                ("expected", fault.expected.said(self).into()),
                ("received", fault.received.said(self).into()),
            ],
        )
    }

    /// What should be known about a connection.
    pub(crate) fn note(self, warning: &Warning) -> String {
        let key = format!("setup-note-{}", warning.code);
        if self.has(&key) {
            self.say(&key)
        } else {
            sentence(&warning.detail)
        }
    }
}

/// What programs read, as people write it.
pub(crate) fn sentence(detail: &str) -> String {
    let mut letters = detail.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let end = if detail.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", letters.as_str())
}

#[test]
fn a_problem_is_told_in_the_readers_language() {
    use super::Language;

    let french = Text::in_language(Language::French);
    let taken = Problem::conflict("already-member", "this person is a member already");
    assert!(french.problem(&taken).starts_with("Cette personne"));
    let unknown = Problem::conflict("odd", "something is odd");
    assert_eq!(french.problem(&unknown), "Something is odd.");
    let field = Problem::field("email", "an address", "\"ada\"");
    let told = french.problem(&field).replace('\u{202f}', " ");
    assert_eq!(told, "Attendu : an address. Reçu : \"ada\".");
    let english = Text::in_language(Language::English);
    let damaged = Phrase::coded("damaged", "setup-fault-paste-damaged".to_owned());
    let certificate = Problem::field("certificates[0]", "a certificate", damaged);
    assert!(
        english
            .problem(&certificate)
            .starts_with("Part of the certificate is missing.")
    );
    let missing = Problem::field(
        "issuer",
        "an issuer",
        Phrase::of("problem-received-nothing"),
    );
    assert_eq!(english.problem(&missing), "This field is required.");
    assert_eq!(
        english.problem(&field),
        "Expected an address, but received \"ada\"."
    );
}
