//! `vestibule database …`

use clap::Subcommand;
use config::Config;
use runtime::app::App;
use runtime::clock::Clock;

use super::output::Output;
use super::{CliError, announce};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create the database if it does not exist, and update its tables to this version. vestibule serve does it, too
    Migrate,
}

pub(super) async fn run(config: Config, command: Command, output: Output) -> Result<(), CliError> {
    announce(&config, output);
    match command {
        Command::Migrate => migrate(config, output).await,
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
