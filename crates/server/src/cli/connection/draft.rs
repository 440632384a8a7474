//! `vestibule connection draft …`

use clap::Subcommand;
use runtime::app::App;
use service::connection::ConnectionRef::ById;
use service::json::Patch;
use service::{Actor, connection};

use super::{Settings, body, print_connection, warn_of_dangers};
use crate::cli::CliError;
use crate::cli::output::Output;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Show the draft, or the published settings if there is no draft
    Show {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Update the draft, or create one. A connection that was never activated is updated directly. Options that you omit stay unchanged
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
            let shown = connection::show_working_copy(app, ById(&connection)).await?;
            output.object(&shown);
            if !shown.is_draft {
                output.message("\nThis connection has no draft. These are its own settings.");
            }
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
            warn_of_dangers(&draft.connection);
            let id = &draft.connection.id;
            let next = if draft.is_draft {
                format!(
                    "Members use the published settings until you run:\n  vestibule connection draft publish {id}"
                )
            } else if draft.connection.activated_at.is_some() {
                "Nothing has changed, so there is no draft.".to_owned()
            } else {
                "This connection was never activated, so its settings were updated directly, without a draft.".to_owned()
            };
            output.message(&format!("\n{next}"));
        }
        Command::Discard { connection } => {
            output.object(&connection::discard_draft(app, actor, ById(&connection), None).await?);
        }
        Command::Publish { connection } => {
            let published = connection::publish(app, actor, ById(&connection), None).await?;
            print_connection(output, &published);
        }
    }
    Ok(())
}
