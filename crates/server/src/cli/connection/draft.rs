//! `vestibule connection draft …`

use clap::Subcommand;
use runtime::app::App;
use service::connection::ConnectionRef::ById;
use service::json::Patch;
use service::{Actor, connection};

use super::{Settings, body};
use crate::cli::CliError;
use crate::cli::output::Output;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Show the draft, or the published settings if there is no draft
    Show {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Update the draft, or create one. Options that you omit stay unchanged
    Update {
        /// Connection ID (con_…)
        connection: String,
        /// New display name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Discard the draft
    Discard {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Publish the draft, so members sign in with its settings
    Publish {
        /// Connection ID (con_…)
        connection: String,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Show { connection } => {
            output.object(&connection::show_working_copy(app, ById(&connection)).await?);
        }
        Command::Update {
            connection,
            name,
            settings,
        } => {
            let change = Patch::new(body(name.as_deref(), *settings)?);
            let draft =
                connection::update_working_copy(app, actor, ById(&connection), change).await?;
            output.object(&draft);
            if draft.is_draft {
                let id = &draft.connection.id;
                output.message(&format!(
                    "\nMembers use the published settings until you run:\n  vestibule connection draft publish {id}"
                ));
            }
        }
        Command::Discard { connection } => {
            output.object(&connection::discard_draft(app, actor, ById(&connection), None).await?);
        }
        Command::Publish { connection } => {
            output.object(&connection::publish(app, actor, ById(&connection), None).await?);
        }
    }
    Ok(())
}
