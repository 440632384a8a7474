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
            problem.detail.clone()
        }
    }

    /// What was expected of a field, and what came.
    pub(crate) fn sides(self, fault: &FieldProblem) -> String {
        let side = |phrase: &Phrase| {
            let words = phrase.said(self);
            // Some are whole sentences elsewhere.
            words.strip_suffix('.').unwrap_or(&words).to_owned()
        };
        self.with(
            "problem-sides",
            &[
                ("expected", side(&fault.expected).into()),
                ("received", side(&fault.received).into()),
            ],
        )
    }

    /// What should be known about a connection.
    pub(crate) fn note(self, warning: &Warning) -> String {
        let key = format!("setup-note-{}", warning.code);
        if self.has(&key) {
            self.say(&key)
        } else {
            warning.detail.clone()
        }
    }
}

#[test]
fn a_problem_is_told_in_the_readers_language() {
    use super::Language;

    let french = Text::in_language(Language::French);
    let taken = Problem::conflict("already-member", "this person is a member already");
    assert!(french.problem(&taken).starts_with("Cette personne"));
    let unknown = Problem::conflict("odd", "something is odd");
    assert_eq!(french.problem(&unknown), "something is odd");
    let field = Problem::field("email", "an address", "\"ada\"");
    let told = french.problem(&field).replace('\u{a0}', " ");
    assert_eq!(told, "Attendu : an address. Reçu : \"ada\".");
    let english = Text::in_language(Language::English);
    assert_eq!(
        english.problem(&field),
        "Expected: an address. Received: \"ada\"."
    );
}
