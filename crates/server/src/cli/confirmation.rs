//! The confirmation of a command that deletes for good.

use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

use super::CliError;

/// What a command deletes.
#[derive(Debug)]
pub(super) struct Deletion {
    /// Such as `the connection Okta`.
    pub object: String,
    /// What the person at a terminal enters to confirm.
    pub name: String,
    /// What happens, in whole sentences.
    pub effects: Vec<String>,
}

impl Deletion {
    /// Returns if the option `--yes` confirms it, or the person at the terminal, who is shown what happens and enters the
    /// name.
    ///
    /// # Errors
    ///
    /// Without a confirmation. Without a terminal, the error says what would happen, and names the option.
    pub(super) fn confirm(&self, yes: bool) -> Result<(), CliError> {
        if yes {
            return Ok(());
        }
        if !stdin().is_terminal() || !stderr().is_terminal() {
            return Err(CliError::Failed(format!(
                "nothing was deleted: this deletes {}. {} To confirm, add --yes",
                self.object,
                self.effects.join(" ")
            )));
        }
        self.ask(stdin().lock(), stderr())
    }

    fn ask(&self, mut input: impl BufRead, mut output: impl Write) -> Result<(), CliError> {
        let mut question = format!("This deletes {}.\n", self.object);
        for effect in &self.effects {
            question.push_str(&format!("- {effect}\n"));
        }
        question.push_str(&format!("Enter {} to delete it: ", self.name));
        let mut entered = String::new();
        output
            .write_all(question.as_bytes())
            .and_then(|()| output.flush())
            .and_then(|()| input.read_line(&mut entered))
            .map_err(|error| CliError::Failed(format!("nothing was deleted: {error}")))?;
        if entered.trim() == self.name.trim() {
            return Ok(());
        }
        Err(CliError::Failed(format!(
            "nothing was deleted: expected {}, received {:?}",
            self.name,
            entered.trim()
        )))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::name("Okta EU\n", true)]
    #[case::spaces("  Okta EU \n", true)]
    #[case::other_case("okta eu\n", false)]
    #[case::yes("yes\n", false)]
    #[case::nothing("\n", false)]
    #[case::end_of_input("", false)]
    fn the_name_confirms_the_deletion(#[case] entered: &str, #[case] is_confirmed: bool) {
        let deletion = Deletion {
            object: "the connection Okta EU".to_owned(),
            name: "Okta EU".to_owned(),
            effects: vec!["2 sessions end.".to_owned()],
        };
        let mut shown = Vec::new();
        let confirmed = deletion.ask(entered.as_bytes(), &mut shown);
        assert_eq!(confirmed.is_ok(), is_confirmed);
        assert_eq!(
            String::from_utf8(shown).unwrap(),
            "This deletes the connection Okta EU.\n- 2 sessions end.\nEnter Okta EU to delete it: "
        );
    }
}
