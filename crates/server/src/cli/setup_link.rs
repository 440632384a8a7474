//! `vestibule setup-link …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::connection::Place;
use service::{Actor, json, setup_link};

use super::Ending;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a link by which somebody without an account sets up a connection
    Create {
        /// The connection's id: con_…
        connection: String,
        /// What it is for: connection, test or domain
        #[arg(long)]
        purpose: Option<String>,
        /// For how many hours it is good: 1 to 720
        #[arg(long)]
        hours: Option<i64>,
        /// To whom you send it, for the list of links
        #[arg(long)]
        email: Option<String>,
    },
    /// List the links to a connection
    List {
        /// The connection's id: con_…
        connection: String,
    },
    /// Withdraw a link
    Revoke {
        /// The connection's id: con_…
        connection: String,
        /// The link's id: set_…
        link: String,
    },
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
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
            let place = Place::Anywhere(&connection);
            output.object(&setup_link::create(app, actor, place, new).await?);
            output.say("\nThe link is shown this once. Whoever has it can set up this connection.");
        }
        Command::List { connection } => {
            let all = setup_link::list(app, Place::Anywhere(&connection)).await?;
            output.list(&all, &["id", "state", "purpose", "email", "expires_at"]);
        }
        Command::Revoke { connection, link } => {
            let place = Place::Anywhere(&connection);
            output.object(&setup_link::revoke(app, actor, place, &link).await?);
        }
    }
    Ok(())
}
