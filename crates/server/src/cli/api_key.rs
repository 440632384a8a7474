//! `vestibule api-key …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::{Actor, api_key, json};

use super::CliError;
use super::output::{Output, all_pages};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a key. It is shown only once
    Create {
        /// A name that says what the key is for
        name: String,
    },
    /// List keys
    List,
    /// Revoke a key immediately
    Revoke {
        /// Key ID (key_…)
        id: String,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create { name } => {
            let new = json::from_value(json!({"name": name}))?;
            output.object(&api_key::create(app, actor, new).await?);
            output.message("Store this key now: it won't be shown again.");
        }
        Command::List => {
            let all = all_pages(async |page| api_key::list(app, &page).await).await?;
            let columns = ["id", "created_at", "revoked_at", "name"];
            output.list(&all, &columns, "No API keys yet.");
        }
        Command::Revoke { id } => {
            api_key::revoke(app, actor, &id).await?;
            output.message(&format!("Revoked {id}."));
        }
    }
    Ok(())
}
