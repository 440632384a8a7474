//! `vestibule database …`

use clap::Subcommand;
use config::{Config, Database};
use runtime::app::{self, App};
use runtime::clock::Clock;
use runtime::problem;
use serde_json::json;

use super::output::Output;
use super::{CliError, announce};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create the database if it does not exist, and update its tables to this version. vestibule serve does it, too
    Migrate,
    /// Copy all rows to an empty database, for a move between SQLite and PostgreSQL. Stop the server first
    Copy {
        /// URL of the new database: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME
        #[arg(long, value_name = "URL")]
        to: String,
    },
}

pub(super) async fn run(config: Config, command: Command, output: Output) -> Result<(), CliError> {
    announce(&config, output);
    match command {
        Command::Migrate => migrate(config, output).await,
        Command::Copy { to } => {
            // Parsed here and not with the arguments: their errors repeat the value, which may contain a password.
            let to =
                Database::parse(&to).map_err(|error| CliError::Failed(format!("--to: {error}")))?;
            copy(&config, &to, output).await
        }
    }
}

async fn migrate(config: Config, output: Output) -> Result<(), CliError> {
    let app = App::open(config, Clock::system())
        .await
        .map_err(|error| CliError::failed(&error))?;
    let keys = app.keys.provider().await;
    keys.map_err(|error| CliError::failed(&error))?;
    app.store.close().await;
    output.message("The database has the tables of this version.");
    Ok(())
}

async fn copy(config: &Config, to: &Database, output: Output) -> Result<(), CliError> {
    let source = app::open_existing_store(config).await;
    let source = source.map_err(|error| CliError::failed(&error))?;
    let target = app::create_store(to).await;
    let failed = |error| CliError::Failed(format!("--to {to}: {}", problem::chain(&error)));
    let target = target.map_err(failed)?;
    let copied = source.copy_to(&target).await;
    source.close().await;
    target.close().await;
    let copied = copied.map_err(|error| CliError::failed(&error))?;
    let rows: Vec<_> = copied
        .iter()
        .map(|table| json!({"table": table.name, "rows": table.rows}))
        .collect();
    output.list(&json!({"items": rows}), &["table", "rows"], "");
    output.message(&format!(
        "\nThe copy is complete. Set database_url to {to}, keep the secret key as it is, and start the server."
    ));
    Ok(())
}
