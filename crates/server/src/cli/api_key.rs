//! `vestibule api-key …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::{Actor, api_key, json};

use super::Ending;
use super::output::{Output, every};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a key; it is shown this once
    Create {
        /// What it is for
        name: String,
    },
    /// List keys
    List,
    /// Revoke a key at once
    Revoke {
        /// Its id: key_…
        id: String,
    },
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create { name } => {
            let new = json::from_value(json!({"name": name}))?;
            output.object(&api_key::create(app, actor, new).await?);
            output.say("Keep the key: it is not shown again.");
        }
        Command::List => {
            let all = every(async |page| api_key::list(app, &page).await).await?;
            output.list(&all, &["id", "created_at", "revoked_at", "name"]);
        }
        Command::Revoke { id } => {
            api_key::revoke(app, actor, &id).await?;
            output.say(&format!("{id} is revoked"));
        }
    }
    Ok(())
}
