//! `vestibule operator …` and `vestibule sign-in-link …`

use clap::{Args, Subcommand};
use runtime::app::App;
use serde_json::json;
use service::sign_in_link::NewLink;
use service::{Actor, instant, operator, sign_in_link};

use super::Ending;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Invite an operator; prints the link by which they come in, once
    Invite {
        /// Their e-mail address
        email: String,
    },
    /// List operators
    List,
    /// Remove an operator, with their sessions; the last one stays
    Remove {
        /// The person's id: per_…
        person: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct SignInLink {
    /// The e-mail address of their account
    email: String,
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Invite { email } => show(output, &operator::invite(app, actor, &email).await?),
        Command::List => {
            let operators = operator::list(app).await?;
            output.list(
                &json!({ "items": operators }),
                &["person", "created_at", "email", "name"],
            );
        }
        Command::Remove { person } => {
            operator::remove(app, actor, &person).await?;
            output.say(&format!("{person} is no operator any more"));
        }
    }
    Ok(())
}

pub(super) async fn sign_in_link(
    app: &App,
    wanted: &SignInLink,
    output: Output,
) -> Result<(), Ending> {
    let link = sign_in_link::create(app, &Actor::CommandLine, &wanted.email).await?;
    show(output, &link);
    Ok(())
}

fn show(output: Output, link: &NewLink) {
    let until = instant(link.expires_at);
    output.object(&json!({ "link": link.address, "expires_at": until }));
    output.say("Whoever opens the link is signed in, once: give it to nobody else.");
}
