//! `vestibule key …`

use clap::Subcommand;
use config::Config;
use jiff::{SignedDuration, Timestamp};
use runtime::app::{self, App};
use runtime::clock::Clock;
use runtime::seal::{KeyFile, Seal, SecretKeys};
use serde::Serialize;
use service::secret_key::{self, DiscardedSecrets, SecretCount};
use service::{Actor, instant};
use store::Engine;

use super::output::Output;
use super::{CliError, announce};

/// A server reads a changed key file once a minute.
const RELOAD_TIME: SignedDuration = SignedDuration::from_mins(2);

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show which key is in use, and how many secrets each key encrypts
    Status,
    /// Add the next key to the key file. Only for several nodes, before rotate: copy the file to each node then
    Prepare,
    /// Start to use a new key, and encrypt all secrets with it. The server keeps running; the old key still decrypts
    Rotate {
        /// On PostgreSQL: only one server runs, so that no other one needs the next key before (vestibule key prepare)
        #[arg(long)]
        one_server: bool,
    },
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
    announce(&config, output);
    if let Command::Discard { confirm } = command {
        return discard(config, confirm, output).await;
    }
    let app = App::open_existing(config, Clock::system())
        .await
        .map_err(|error| CliError::failed(&error))?;
    // Two commands at a time would replace each other's new key.
    let lock = app.seal.file().map(KeyFile::lock).transpose();
    let _lock = lock.map_err(|error| CliError::failed(&error))?;
    match command {
        Command::Status => output.object(&status(&app).await?),
        Command::Prepare => prepare(&app, output)?,
        Command::Rotate { one_server } => rotate(&app, one_server, output).await?,
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

async fn rotate(app: &App, one_server: bool, output: Output) -> Result<(), CliError> {
    let before = secret_key::count(app).await?;
    check_readable(&before)?;
    match app.seal.file() {
        None => check_setting(app, &before)?,
        Some(file) => {
            let keys = read(file)?;
            // A command that was interrupted goes on.
            if keys.previous.is_none() {
                match keys.next {
                    Some(_) => check_age(app, file, "rotate")?,
                    None => check_one_server(app, one_server)?,
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
    let resealed = secret_key::reseal(app, &Actor::CommandLine).await?;
    let count = secret_key::count(app).await?;
    if resealed > 0 || count.other > 0 {
        let failed = "a server has encrypted secrets with the previous key since vestibule key rotate; make sure that \
                      each server has the new key, and run vestibule key finish again in two minutes";
        return Err(CliError::Failed(failed.to_owned()));
    }
    check_readable(&count)?;
    match app.seal.file() {
        None => output
            .message("All secrets need the first key of secret_key, and none needs the second one. Remove the second key from each server, and keep the first."),
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
    // A command in the wrong folder creates no key file.
    let store = app::open_existing_store(&config).await;
    store.map_err(|error| failed(&error))?.close().await;
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
        if discarded == DiscardedSecrets::default() {
            output.message("All secrets can be decrypted; nothing was deleted.");
            return Ok(());
        }
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

/// With a setting, the order of the keys says which one is new.
fn check_setting(app: &App, count: &SecretCount) -> Result<(), CliError> {
    let failed = if app.config.secret_keys.len() < 2 {
        "secret_key has one key: put the new key after it on each server, separated by a comma, and restart the servers; \
         then put the new key first, restart them again, and run vestibule key rotate"
    } else if count.other == 0 {
        "every secret is encrypted with the first key of secret_key already; if that is the old key, put the new key \
         first on each server and restart the servers"
    } else {
        return Ok(());
    };
    Err(CliError::Failed(failed.to_owned()))
}

fn check_readable(count: &SecretCount) -> Result<(), CliError> {
    if count.unreadable == 0 {
        return Ok(());
    }
    Err(CliError::Failed(format!(
        "{} secrets can't be decrypted with any key of this server; if another server has their key, copy the key file \
         to each server first; if their key is lost, run vestibule key discard",
        count.unreadable
    )))
}

/// Several servers can share a PostgreSQL database. One that has not read the new key could decrypt nothing.
fn check_one_server(app: &App, one_server: bool) -> Result<(), CliError> {
    if one_server || app.store.engine() == Engine::Sqlite {
        return Ok(());
    }
    let failed = "several servers may use this database: first run vestibule key prepare, and copy the key file to \
                  each server; if there is only one server, add --one-server";
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
