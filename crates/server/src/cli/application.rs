//! `vestibule application …`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use runtime::app::App;
use serde_json::{Value, json};
use service::json::Patch;
use service::{Actor, application, json};

use super::output::{Output, every};
use super::{Ending, file};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an application; its secret is shown this once
    Create(Create),
    /// List applications
    List,
    /// Show an application
    Show {
        /// Its id: app_…
        application: String,
    },
    /// Change an application; what is left out stays as it is
    Update(Update),
    /// Give an application another secret; it is shown this once
    RotateSecret {
        /// Its id: app_…
        application: String,
    },
    /// Delete an application
    Delete {
        /// Its id: app_…
        application: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// Its name for people
    name: String,
    /// Where people may be sent back to, byte by byte; may be given several times
    #[arg(long = "redirect-uri", value_name = "URI", required = true)]
    redirect_uris: Vec<String>,
    /// It runs on a device or in a browser, and cannot keep a secret
    #[arg(long)]
    public: bool,
    /// How it proves itself: client_secret_basic, client_secret_post, private_key_jwt or none
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
    /// A file with its public keys as a JWK set
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// How its ID tokens are signed: RS256, ES256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    id_token_alg: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Update {
    /// Its id: app_…
    application: String,
    /// Its name for people
    #[arg(long)]
    name: Option<String>,
    /// Where people may be sent back to; may be given several times, and takes the place of all that there were
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// Whether it can keep a secret: confidential or public
    #[arg(long, value_name = "TYPE")]
    client_type: Option<String>,
    /// How it proves itself: client_secret_basic, client_secret_post, private_key_jwt or none
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
    /// A file with its public keys as a JWK set
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// How its ID tokens are signed: RS256, ES256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    id_token_alg: Option<String>,
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create(create) => {
            let settings = json::from_value(body(&create)?)?;
            let made = application::create(app, actor, settings).await?;
            output.object(&made);
            if made.client_secret.is_some() {
                output.say("Keep the secret: it is not shown again.");
            }
        }
        Command::List => {
            let all = every(async |page| application::list(app, &page).await).await?;
            output.list(&all, &["id", "client_type", "name", "redirect_uris"]);
        }
        Command::Show { application } => {
            output.object(&application::show(app, &application).await?);
        }
        Command::Update(update) => {
            let id = update.application.clone();
            let changed = application::update(app, actor, &id, Patch::new(change(update)?)).await?;
            output.object(&changed);
            if changed.client_secret.is_some() {
                output.say("Keep the secret: it is not shown again.");
            }
        }
        Command::RotateSecret { application } => {
            output.object(&application::rotate_secret(app, actor, &application).await?);
            output.say(
                "Keep the secret: it is not shown again. The one before is refused from now on.",
            );
        }
        Command::Delete { application } => {
            application::delete(app, actor, &application).await?;
            output.say(&format!("{application} is deleted"));
        }
    }
    Ok(())
}

/// The body that the API would get.
fn body(create: &Create) -> Result<Value, Ending> {
    let jwks = create.jwks.as_deref().map(jwks).transpose()?;
    Ok(json!({
        "name": create.name,
        "redirect_uris": create.redirect_uris,
        "client_type": if create.public { "public" } else { "confidential" },
        "token_endpoint_auth_method": create.auth_method,
        "jwks": jwks,
        "id_token_signed_response_alg": create.id_token_alg,
    }))
}

/// The body that the API would get: what is named is changed.
fn change(update: Update) -> Result<Value, Ending> {
    let jwks = update.jwks.as_deref().map(jwks).transpose()?;
    let redirect_uris = Some(update.redirect_uris).filter(|uris| !uris.is_empty());
    let fields = [
        ("name", update.name.map(Value::from)),
        ("redirect_uris", redirect_uris.map(Value::from)),
        ("client_type", update.client_type.map(Value::from)),
        (
            "token_endpoint_auth_method",
            update.auth_method.map(Value::from),
        ),
        ("jwks", jwks),
        (
            "id_token_signed_response_alg",
            update.id_token_alg.map(Value::from),
        ),
    ];
    let named = fields
        .into_iter()
        .filter_map(|(field, value)| Some((field.to_owned(), value?)));
    Ok(Value::Object(named.collect()))
}

fn jwks(path: &Path) -> Result<Value, Ending> {
    serde_json::from_str(&file::text("--jwks", path)?).map_err(|error| {
        Ending::Failed(format!(
            "--jwks: expected a JWK set, received what is not JSON: {error}"
        ))
    })
}
