//! Problems of the service with the names of options, instead of the API's fields.

use clap::{Arg, ArgMatches, Command};
use runtime::problem::{FieldProblem, Problem, ProblemCode};

/// The fields whose option has another name. All other options are called like their field.
const RENAMED: [(&str, &str); 6] = [
    ("metadata_xml", "metadata"),
    ("clock_tolerance_seconds", "clock_tolerance"),
    ("token_endpoint_auth_method", "auth_method"),
    ("id_token_signed_response_alg", "id_token_alg"),
    ("role_rules.group", "role_rules"),
    ("role_rules.role", "role_rules"),
];

/// The names of options, as the definition of the commands has them.
pub(super) struct OptionNames<'c> {
    /// The command that was run.
    command: &'c Command,
    /// The commands that set what a problem of another command may name.
    update_commands: Vec<&'c Command>,
}

impl<'c> OptionNames<'c> {
    pub(super) fn new(definition: &'c Command, matches: &ArgMatches) -> Self {
        let mut command = definition;
        let mut matches = matches;
        while let Some((name, inner)) = matches.subcommand()
            && let Some(subcommand) = command.find_subcommand(name)
        {
            command = subcommand;
            matches = inner;
        }
        let update_command = |object| {
            definition
                .find_subcommand(object)?
                .find_subcommand("update")
        };
        Self {
            command,
            update_commands: ["connection", "application"]
                .into_iter()
                .filter_map(update_command)
                .collect(),
        }
    }

    /// The message of a problem: one line for each option with an invalid value.
    pub(super) fn message(&self, problem: &Problem) -> String {
        let line = |error: &FieldProblem| {
            let message = self.with_options(&error.message(), false);
            format!("{}: {message}", self.option(&error.field))
        };
        match problem.errors.as_slice() {
            [] => {
                let is_list = problem.code == ProblemCode::ConnectionIncomplete;
                self.with_options(&problem.detail, is_list)
            }
            errors => errors.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    /// The option or positional argument for a field such as `role_rules[1].role`.
    fn option(&self, field: &str) -> String {
        let (path, index) = split_index(field);
        let name = match self.find(&path) {
            Some(argument) => argument_name(argument),
            None => field.to_owned(),
        };
        match index {
            Some(index) if index > 0 => format!("{name} (number {})", index + 1),
            Some(_) | None => name,
        }
    }

    fn find(&self, path: &str) -> Option<&'c Arg> {
        find_argument(self.command, path).or_else(|| self.find_for_update(path))
    }

    fn find_for_update(&self, path: &str) -> Option<&'c Arg> {
        let mut commands = self.update_commands.iter();
        commands.find_map(|command| find_argument(command, path))
    }

    /// The text with options in place of fields. `is_list`: it lists the missing settings of a connection.
    fn with_options(&self, text: &str, is_list: bool) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_name_character) {
            let (before, from_word) = rest.split_at(start);
            let end = from_word
                .find(|character| !is_name_character(character))
                .unwrap_or(from_word.len());
            let (word, after) = from_word.split_at(end);
            replaced.push_str(before);
            // Other words are English.
            let is_field =
                word.contains('_') || (is_list && ["issuer", "certificates"].contains(&word));
            match self.find(word).filter(|_| is_field) {
                Some(argument) => replaced.push_str(&argument_name(argument)),
                None => replaced.push_str(word),
            }
            rest = after;
        }
        replaced.push_str(rest);
        replaced
    }
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_-".contains(character)
}

/// Splits `role_rules[1].role` into `role_rules.role` and 1.
fn split_index(field: &str) -> (String, Option<usize>) {
    let parts = field
        .split_once('[')
        .and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
    match parts {
        Some((before, (index, after))) => (format!("{before}{after}"), index.parse().ok()),
        None => (field.to_owned(), None),
    }
}

fn find_argument<'c>(command: &'c Command, path: &str) -> Option<&'c Arg> {
    let renamed = RENAMED.iter().find(|(field, _)| *field == path);
    let id = match renamed {
        Some((_, option)) => (*option).to_owned(),
        None => path.replace('.', "_"),
    };
    command
        .get_arguments()
        .find(|argument| *argument.get_id() == *id)
}

/// `--email`, or `EMAIL` for a positional argument.
fn argument_name(argument: &Arg) -> String {
    match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_id().as_str().to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use insta::assert_snapshot;
    use rstest::rstest;

    use super::*;
    use crate::cli::Arguments;

    fn message(line: &str, problem: &Problem) -> String {
        let definition = Arguments::command();
        let matches = definition.clone().get_matches_from(line.split(' '));
        OptionNames::new(&definition, &matches).message(problem)
    }

    #[rstest]
    #[case::positional("vestibule operator invite x", "email", "EMAIL")]
    #[case::option("vestibule setup-link create con_a --email x", "email", "--email")]
    #[case::positional_name("vestibule connection create acme x", "name", "NAME")]
    #[case::option_name("vestibule connection update con_a --name x", "name", "--name")]
    #[case::positional_plan("vestibule organization set-plan acme x", "plan", "PLAN")]
    #[case::renamed(
        "vestibule connection update con_a",
        "clock_tolerance_seconds",
        "--clock-tolerance"
    )]
    #[case::first(
        "vestibule connection update con_a",
        "certificates[0]",
        "--certificate"
    )]
    #[case::second(
        "vestibule connection update con_a",
        "certificates[1]",
        "--certificate (number 2)"
    )]
    #[case::part(
        "vestibule connection update con_a",
        "role_rules[1].role",
        "--role-rule (number 2)"
    )]
    #[case::nested(
        "vestibule connection update con_a",
        "attributes.first_name",
        "--attributes-first-name"
    )]
    #[case::of_another_command("vestibule connection activate con_a", "metadata_xml", "--metadata")]
    #[case::unknown("vestibule organization list", "limit", "limit")]
    fn a_field_is_named_as_the_command_calls_it(
        #[case] line: &str,
        #[case] field: &str,
        #[case] expected: &str,
    ) {
        let problem = Problem::field(field, "x", "y");
        assert_eq!(
            message(line, &problem),
            format!("{expected}: expected x, received y")
        );
    }

    #[test]
    fn the_text_of_a_problem_names_options() {
        let problem = Problem::field(
            "issuer",
            "an entity ID (or metadata_xml instead)",
            "nothing",
        );
        assert_snapshot!(
            message("vestibule connection create acme x", &problem),
            @"--issuer: expected an entity ID (or --metadata instead), received nothing"
        );
        let incomplete = Problem::with_detail(
            ProblemCode::ConnectionIncomplete,
            "the identity provider's configuration is incomplete: set issuer, sign_on_url, certificates, or set metadata_xml instead",
        );
        assert_snapshot!(
            message("vestibule connection activate con_a", &incomplete),
            @"the identity provider's configuration is incomplete: set --issuer, --sign-on-url, --certificate, or set --metadata instead"
        );
    }
}
