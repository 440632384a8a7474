//! `vestibule key …`

use clap::Subcommand;
use config::Config;
use jiff::{SignedDuration, Timestamp};
use runtime::app::{self, App};
use runtime::clock::Clock;
use runtime::seal::{KeyFile, Seal, SecretKeys};
use serde::Serialize;
use service::secret_key::{self, SecretCount};
use service::{Actor, instant};

use super::CliError;
use super::output::Output;

/// A server reads a changed key file once a minute.
const RELOAD_TIME: SignedDuration = SignedDuration::from_mins(2);

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show which key is in use, and how many secrets each key encrypts
    Status,
    /// Add the next key to the key file. Only for several nodes, before rotate: copy the file to each node then
    Prepare,
    /// Start to use a new key, and encrypt all secrets with it. The server keeps running; the old key still decrypts
    Rotate,
    /// Remove the old key from the key file, when no secret needs it
    Finish,
    /// Delete the secrets that can't be decrypted because their key is lost. Members, connections and settings stay
    #[command(long_about = DISCARD_HELP)]
    Discard {
        /// Delete. Without this option, the command only shows what it would delete
        #[arg(long)]
        confirm: bool,
    },
}

const DISCARD_HELP: &str = "\
Delete the secrets that can't be decrypted because their key is lost. Members, connections and settings stay.

The server creates new keys. Applications fetch the new keys for ID tokens by themselves. A connection gets new key \
pairs: an identity provider that encrypts assertions or verifies the signatures of requests needs its new metadata. \
Recorded SAML messages and test results are lost.";

#[derive(Serialize)]
struct Status {
    key_file: Option<String>,
    keys: Vec<&'static str>,
    secrets: SecretCount,
}

pub(super) async fn run(config: Config, command: Command, output: Output) -> Result<(), CliError> {
    if let Command::Discard { confirm } = command {
        return discard(config, confirm, output).await;
    }
    let app = App::open_existing(config, Clock::system())
        .await
        .map_err(|error| CliError::failed(&error))?;
    match command {
        Command::Status => output.object(&status(&app).await?),
        Command::Prepare => prepare(&app, output)?,
        Command::Rotate => rotate(&app, output).await?,
        Command::Finish => finish(&app, output).await?,
        Command::Discard { .. } => {}
    }
    app.store.close().await;
    Ok(())
}

async fn status(app: &App) -> Result<Status, CliError> {
    let keys = match app.seal.file() {
        Some(file) => Some(read(file)?),
        None => SecretKeys::from_setting(&app.config.secret_keys),
    };
    let names = keys.iter().flat_map(|keys| {
        let others = [
            ("current", true),
            ("next", keys.next.is_some()),
            ("previous", keys.previous.is_some()),
        ];
        others.into_iter().filter(|(_, exists)| *exists)
    });
    Ok(Status {
        key_file: app
            .seal
            .file()
            .map(|file| file.path().display().to_string()),
        keys: names.map(|(name, _)| name).collect(),
        secrets: secret_key::count(app).await?,
    })
}

fn prepare(app: &App, output: Output) -> Result<(), CliError> {
    let Some(file) = app.seal.file() else {
        let next = "put the new key after the current one on each node, separated by a comma";
        return Err(CliError::Failed(format!("secret_key is a setting: {next}")));
    };
    let keys = read(file)?;
    check_no_previous(&keys)?;
    write(file, &keys.prepared())?;
    output.message(&format!(
        "{} has the next key now. Copy the file to each node. Two minutes later, run: vestibule key rotate",
        file.path().display()
    ));
    Ok(())
}

async fn rotate(app: &App, output: Output) -> Result<(), CliError> {
    match app.seal.file() {
        None => {
            if app.config.secret_keys.len() < 2 {
                let next = "put a new key before the current one on each node, separated by a comma, and restart the nodes";
                return Err(CliError::Failed(format!("secret_key has one key: {next}")));
            }
        }
        Some(file) => {
            let keys = read(file)?;
            // A command that was interrupted goes on.
            if keys.previous.is_none() {
                if keys.next.is_some() {
                    check_age(app, file, "rotate")?;
                }
                write(file, &keys.rotated())?;
                app.seal
                    .reload()
                    .map_err(|error| CliError::failed(&error))?;
            }
        }
    }
    let resealed = secret_key::reseal(app, &Actor::CommandLine).await?;
    let next = match app.seal.file() {
        None => "When all nodes have restarted with the new key first, run: vestibule key finish"
            .to_owned(),
        Some(file) => format!(
            "Copy {} to each node and to your backups. Two minutes later, run: vestibule key finish",
            file.path().display()
        ),
    };
    output.message(&format!(
        "Encrypted {resealed} secrets with the new key. {next}"
    ));
    Ok(())
}

async fn finish(app: &App, output: Output) -> Result<(), CliError> {
    if let Some(file) = app.seal.file() {
        if read(file)?.previous.is_none() {
            let failed = "there is no previous key to remove; start with: vestibule key rotate";
            return Err(CliError::Failed(failed.to_owned()));
        }
        check_age(app, file, "finish")?;
    }
    // Secrets of nodes that had not read the file yet.
    secret_key::reseal(app, &Actor::CommandLine).await?;
    let count = secret_key::count(app).await?;
    if count.other > 0 {
        let failed = format!(
            "{} secrets still need the previous key; a node still encrypts with it",
            count.other
        );
        return Err(CliError::Failed(failed));
    }
    match app.seal.file() {
        None => output
            .message("No secret needs the second key of secret_key. Remove it from each node."),
        Some(file) => {
            write(file, &read(file)?.without_previous())?;
            output.message(&format!(
                "The previous key is gone. Copy {} to each node and to your backups.",
                file.path().display()
            ));
        }
    }
    Ok(())
}

async fn discard(config: Config, confirm: bool, output: Output) -> Result<(), CliError> {
    let failed = |error: &dyn std::error::Error| CliError::failed(error);
    let seal = match app::existing_seal(&config).map_err(|error| failed(&error))? {
        Some(seal) => seal,
        None if confirm => app::new_seal(&config).map_err(|error| failed(&error))?,
        None => Seal::from_keys(&SecretKeys::generate()),
    };
    let app = App::open_existing_with(config, Clock::system(), seal)
        .await
        .map_err(|error| failed(&error))?;
    if confirm {
        let discarded = secret_key::discard_unreadable(&app, &Actor::CommandLine).await?;
        output.object(&discarded);
        output.message("Deleted. Restart the server, and send each listed connection's new metadata to its administrator.");
    } else {
        output.object(&secret_key::preview_discard(&app).await?);
        output.message("Nothing was deleted. If the key is lost for good, run the command again with --confirm.");
    }
    app.store.close().await;
    Ok(())
}

fn read(file: &KeyFile) -> Result<SecretKeys, CliError> {
    file.read().map_err(|error| CliError::failed(&error))
}

fn write(file: &KeyFile, keys: &SecretKeys) -> Result<(), CliError> {
    file.replace(keys).map_err(|error| CliError::failed(&error))
}

fn check_no_previous(keys: &SecretKeys) -> Result<(), CliError> {
    if keys.previous.is_none() {
        return Ok(());
    }
    let failed = "the previous key is still in the file; first run: vestibule key finish";
    Err(CliError::Failed(failed.to_owned()))
}

/// Fails until every server has read the file that the last command wrote.
fn check_age(app: &App, file: &KeyFile, command: &str) -> Result<(), CliError> {
    let modified = std::fs::metadata(file.path()).and_then(|metadata| metadata.modified());
    let modified = modified.map_err(|error| CliError::failed(&error))?;
    let modified = Timestamp::try_from(modified).map_err(|error| CliError::failed(&error))?;
    let ready = modified.saturating_add(RELOAD_TIME);
    let ready = ready.map_err(|error| CliError::failed(&error))?;
    if app.clock.now() >= ready {
        return Ok(());
    }
    Err(CliError::Failed(format!(
        "servers read the changed key file within two minutes; run vestibule key {command} after {}",
        instant(ready)
    )))
}
