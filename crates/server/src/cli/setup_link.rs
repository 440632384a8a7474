//! `vestibule setup-link …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::connection::ConnectionRef::ById;
use service::{Actor, json, setup_link};
use store::SetupLinkPurpose;

use super::CliError;
use super::output::Output;
use super::value::parse_hours;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a setup link. Its recipient needs no account
    Create {
        /// Connection ID (con_…)
        connection: String,
        /// Purpose: connection, test or domain [default: connection]
        #[arg(long)]
        purpose: Option<SetupLinkPurpose>,
        /// Hours until the link expires, 1 to 720 [default: 168]
        #[arg(long, allow_negative_numbers = true, value_parser = parse_hours)]
        hours: Option<i64>,
        /// Email address of the recipient, shown in the list of links. No email is sent
        #[arg(long)]
        email: Option<String>,
    },
    /// List the setup links of a connection
    List {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Revoke a setup link
    Revoke {
        /// Connection ID (con_…)
        connection: String,
        /// Setup link ID (set_…)
        link: String,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create {
            connection,
            purpose,
            hours,
            email,
        } => {
            let new =
                json::from_value(json!({"purpose": purpose, "hours": hours, "email": email}))?;
            output.object(&setup_link::create(app, actor, ById(&connection), new).await?);
            output.message("\nCopy this link now: it won't be shown again. Anyone with the link can set up this connection.");
        }
        Command::List { connection } => {
            let all = setup_link::list(app, ById(&connection)).await?;
            let columns = ["id", "state", "purpose", "email", "expires_at"];
            output.list(&all, &columns, "No setup links yet.");
        }
        Command::Revoke { connection, link } => {
            output.object(&setup_link::revoke(app, actor, ById(&connection), &link).await?);
        }
    }
    Ok(())
}
