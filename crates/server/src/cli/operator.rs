//! `vestibule operator …` and `vestibule sign-in-link …`

use clap::{Args, Subcommand};
use runtime::app::App;
use serde_json::json;
use service::sign_in_link::NewLink;
use service::{Actor, instant, operator, sign_in_link};

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Invite an operator. Prints a sign-in link for them
    Invite {
        /// Email address of the operator
        email: String,
    },
    /// List operators
    List,
    /// Remove an operator and end their sessions. The last operator can't be removed
    Remove {
        /// Person ID (per_…)
        person: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct SignInLink {
    /// Email address of the user
    email: String,
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Invite { email } => {
            print_link(output, &operator::invite(app, actor, &email).await?);
        }
        Command::List => {
            let operators = operator::list(app).await?;
            output.list(
                &json!({ "items": operators }),
                &["person", "created_at", "email", "name"],
                "No operators yet.",
            );
        }
        Command::Remove { person } => {
            operator::remove(app, actor, &person).await?;
            output.message(&format!("{person} is no longer an operator."));
        }
    }
    Ok(())
}

pub(super) async fn create_sign_in_link(
    app: &App,
    arguments: &SignInLink,
    output: Output,
) -> Result<(), CliError> {
    let link = sign_in_link::create(app, &Actor::CommandLine, &arguments.email).await?;
    print_link(output, &link);
    Ok(())
}

fn print_link(output: Output, link: &NewLink) {
    let expires_at = instant(link.expires_at);
    output.object(&json!({ "link": link.address, "expires_at": expires_at }));
    output.message("The link works once. Anyone who opens it is signed in as this user, so send it only to them.");
}
