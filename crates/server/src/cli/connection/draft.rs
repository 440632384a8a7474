//! `vestibule connection draft …`

use clap::Subcommand;
use runtime::app::App;
use service::connection::ConnectionRef;
use service::json::Patch;
use service::{Actor, connection};

use super::{Settings, body};
use crate::cli::Ending;
use crate::cli::output::Output;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Show a connection as it is being worked on
    Show {
        /// Its id: con_…
        connection: String,
    },
    /// Change a connection without members noticing; what is left out stays as it is
    Update {
        /// Its id: con_…
        connection: String,
        /// Its name for people
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Throw a draft away
    Discard {
        /// Its id: con_…
        connection: String,
    },
    /// Let members sign in with the settings of a draft
    Publish {
        /// Its id: con_…
        connection: String,
    },
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Show { connection } => {
            output.object(
                &connection::show_working_copy(app, ConnectionRef::ById(&connection)).await?,
            );
        }
        Command::Update {
            connection,
            name,
            settings,
        } => {
            let change = Patch::new(body(name.as_deref(), *settings)?);
            let place = ConnectionRef::ById(&connection);
            let shown = connection::update_draft(app, actor, place, change).await?;
            output.object(&shown);
            if shown.is_draft {
                let id = &shown.connection.id;
                output.say(&format!(
                    "\nMembers notice nothing of it until: vestibule connection draft publish {id}"
                ));
            }
        }
        Command::Discard { connection } => {
            let place = ConnectionRef::ById(&connection);
            output.object(&connection::discard_draft(app, actor, place, None).await?);
        }
        Command::Publish { connection } => {
            let place = ConnectionRef::ById(&connection);
            output.object(&connection::publish(app, actor, place, None).await?);
        }
    }
    Ok(())
}
