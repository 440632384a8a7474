//! `vestibule id-token-key …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::{Actor, id_token_key, json};
use store::IdTokenAlgorithm;

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the keys that sign ID tokens
    List,
    /// Replace keys. The next key is published for 24 hours before it signs
    Rotate {
        /// Only the key of this algorithm: RS256, ES256 or EdDSA [default: all]
        #[arg(long)]
        algorithm: Option<IdTokenAlgorithm>,
        /// Use the new key now and withdraw the old one, because it may be known to others. Servers follow within a minute
        #[arg(long)]
        immediately: bool,
    },
}

const COLUMNS: [&str; 5] = ["algorithm", "state", "used_from", "retired_at", "kid"];

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let all = match command {
        Command::List => id_token_key::list(app).await?,
        Command::Rotate {
            algorithm,
            immediately,
        } => {
            let rotation = json!({"algorithm": algorithm, "immediately": immediately});
            let rotation = json::from_value(rotation)?;
            id_token_key::rotate(app, &Actor::CommandLine, rotation).await?
        }
    };
    output.list(&all, &COLUMNS, "No keys yet.");
    Ok(())
}
