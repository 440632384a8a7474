//! `vestibule application …`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use runtime::app::App;
use serde_json::{Value, json};
use service::json::Patch;
use service::{Actor, application, json};
use store::{ClientType, IdTokenAlgorithm, TokenEndpointAuthMethod};

use super::confirmation::Deletion;
use super::output::{Output, all_pages};
use super::value::parse_yes_no;
use super::{CliError, file};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create an application. Its secret is shown only once
    Create(Create),
    /// List applications
    List,
    /// Show an application
    Show {
        /// Application ID (app_…)
        application: String,
    },
    /// Update an application. Options that you omit stay unchanged
    Update(Update),
    /// Replace the client secret. The new one is shown only once
    RotateSecret {
        /// Application ID (app_…)
        application: String,
    },
    /// Delete an application
    Delete {
        /// Application ID (app_…)
        application: String,
        /// Confirm the deletion
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// Display name
    name: String,
    /// Allowed redirect URI, matched exactly. Can be repeated
    #[arg(long = "redirect-uri", value_name = "URI", required = true)]
    redirect_uris: Vec<String>,
    /// Create a public client, which can't keep a secret (mobile or browser app) [default: confidential]
    #[arg(long)]
    public: bool,
    /// Only this client authentication: client_secret_basic, client_secret_post, private_key_jwt or none [default:
    /// client_secret_basic and client_secret_post]
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<TokenEndpointAuthMethod>,
    /// File with the public keys of the application, as a JWK Set
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// Signing algorithm of ID tokens: RS256, ES256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    id_token_alg: Option<IdTokenAlgorithm>,
    /// Require PKCE. Turn it off for libraries without PKCE only [default: yes]
    #[arg(long, value_name = "yes|no", value_parser = parse_yes_no)]
    require_pkce: Option<bool>,
}

#[derive(Debug, Args)]
pub(super) struct Update {
    /// Application ID (app_…)
    application: String,
    /// New display name
    #[arg(long)]
    name: Option<String>,
    /// Allowed redirect URI. Can be repeated, and replaces all earlier ones
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// Client type: confidential or public
    #[arg(long, value_name = "TYPE")]
    client_type: Option<ClientType>,
    /// Only this client authentication: client_secret_basic, client_secret_post, private_key_jwt or none
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<TokenEndpointAuthMethod>,
    /// Accept client_secret_basic and client_secret_post
    #[arg(long, conflicts_with = "auth_method")]
    any_secret_method: bool,
    /// File with the public keys of the application, as a JWK Set
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// Signing algorithm of ID tokens: RS256, ES256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    id_token_alg: Option<IdTokenAlgorithm>,
    /// Require PKCE. Turn it off for libraries without PKCE only
    #[arg(long, value_name = "yes|no", value_parser = parse_yes_no)]
    require_pkce: Option<bool>,
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create(create) => {
            let settings = json::from_value(create_body(&create)?)?;
            let application = application::create(app, actor, settings).await?;
            output.object(&application);
            if application.client_secret.is_some() {
                output.message("Store this secret now: it won't be shown again.");
            }
        }
        Command::List => {
            let all = all_pages(async |page| application::list(app, &page).await).await?;
            let columns = ["id", "client_type", "name", "redirect_uris"];
            output.list(&all, &columns, "No applications yet.");
        }
        Command::Show { application } => {
            output.object(&application::show(app, &application).await?);
        }
        Command::Update(update) => {
            let id = update.application.clone();
            let changed =
                application::update(app, actor, &id, Patch::new(update_body(update)?)).await?;
            output.object(&changed);
            if changed.client_secret.is_some() {
                output.message("Store this secret now: it won't be shown again.");
            }
        }
        Command::RotateSecret { application } => {
            output.object(&application::rotate_secret(app, actor, &application).await?);
            output.message(
                "Store this secret now: it won't be shown again. The previous secret no longer works.",
            );
        }
        Command::Delete { application, yes } => {
            deletion(app, &application).await?.confirm(yes)?;
            application::delete(app, actor, &application).await?;
            output.message(&format!("Deleted {application}."));
        }
    }
    Ok(())
}

async fn deletion(app: &App, application: &str) -> Result<Deletion, CliError> {
    let name = application::show(app, application).await?.settings.name;
    Ok(Deletion {
        object: format!("the application {name}"),
        effects: vec![
            "Its sign-ins stop, and its codes and tokens no longer work.".to_owned(),
            "You can't undo this: a new application has another client ID and secret.".to_owned(),
        ],
        name,
    })
}

/// The request body of the API's `createApplication`.
fn create_body(create: &Create) -> Result<Value, CliError> {
    let jwks = create.jwks.as_deref().map(jwks).transpose()?;
    Ok(json!({
        "name": create.name,
        "redirect_uris": create.redirect_uris,
        "client_type": if create.public { "public" } else { "confidential" },
        "token_endpoint_auth_method": create.auth_method,
        "jwks": jwks,
        "id_token_signed_response_alg": create.id_token_alg,
        "require_pkce": create.require_pkce,
    }))
}

/// The request body of the API's `updateApplication`, with only the fields that change.
fn update_body(update: Update) -> Result<Value, CliError> {
    let jwks = update.jwks.as_deref().map(jwks).transpose()?;
    let redirect_uris = Some(update.redirect_uris).filter(|uris| !uris.is_empty());
    let fields = [
        ("name", update.name.map(Value::from)),
        ("redirect_uris", redirect_uris.map(Value::from)),
        ("client_type", update.client_type.map(|value| json!(value))),
        (
            "token_endpoint_auth_method",
            match update.auth_method {
                Some(method) => Some(json!(method)),
                None => update.any_secret_method.then_some(Value::Null),
            },
        ),
        ("jwks", jwks),
        (
            "id_token_signed_response_alg",
            update.id_token_alg.map(|value| json!(value)),
        ),
        ("require_pkce", update.require_pkce.map(Value::from)),
    ];
    let changed = fields
        .into_iter()
        .filter_map(|(field, value)| Some((field.to_owned(), value?)));
    Ok(Value::Object(changed.collect()))
}

fn jwks(path: &Path) -> Result<Value, CliError> {
    serde_json::from_str(&file::read_text("--jwks", path)?).map_err(|error| {
        CliError::Failed(format!(
            "--jwks: expected a JWK Set, received invalid JSON: {error}"
        ))
    })
}
