//! `vestibule connection key …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::connection::ConnectionRef::ById;
use service::{Actor, connection, json};

use crate::cli::CliError;
use crate::cli::output::Output;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// List the key pairs. With --json, also their certificates as PEM
    List {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Publish new key pairs, to be used later. Until then, the identity provider needs the new metadata
    Rotate {
        /// Connection ID (con_…)
        connection: String,
        /// Days until the new key pairs are used, 0 to 365; 0 uses them now [default: 30]
        #[arg(long, allow_negative_numbers = true)]
        days: Option<i64>,
    },
}

const COLUMNS: [&str; 5] = ["id", "purpose", "state", "used_from", "retired_at"];

pub(in crate::cli) async fn run(
    app: &App,
    command: Command,
    output: Output,
) -> Result<(), CliError> {
    let all = match command {
        Command::List { connection } => connection::keys(app, ById(&connection)).await?,
        Command::Rotate { connection, days } => {
            let rotation = json::from_value(json!({"days": days}))?;
            let target = ById(&connection);
            connection::rotate_keys(app, &Actor::CommandLine, target, rotation).await?
        }
    };
    output.list(&all, &COLUMNS, "No keys yet.");
    Ok(())
}
