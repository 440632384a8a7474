//! `vestibule doctor`: checks the configuration, the database and all connections, and suggests the next step.

mod connections;
mod database;
mod report;

use std::path::Path;
use std::time::Duration;

use config::{Config, Database};
use jiff::SignedDuration;
use report::Report;
use runtime::app::{self, App, OpenError};
use runtime::clock::Clock;
use runtime::problem::{self, Problem};
use runtime::seal::Seal;
use serde_json::Value;
use service::connection::is_portable_entity_id;
use store::{AuditFilter, Page};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::CliError;
use super::output::Output;

/// How long a server on this machine may take to answer.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(3);
const MAX_ANSWER_BYTES: u64 = 64 * 1024;

/// Runs all checks and prints the report. Fails if it contains an error.
pub(super) async fn run(config: Result<Config, CliError>, output: Output) -> Result<(), CliError> {
    let mut report = Report::default();
    match config {
        Ok(config) => {
            report.ok("configuration", "valid");
            check_config(config, &mut report).await;
        }
        Err(error) => {
            for problem in error.to_string().lines() {
                report.error("configuration", problem, "fix this line or variable");
            }
        }
    }
    report.print(output);
    if report.has_errors() {
        Err(CliError::CheckFailed)
    } else {
        Ok(())
    }
}

async fn check_config(config: Config, report: &mut Report) {
    let key = check_secret_key(&config, report);
    let app = check_database(&config, key, report).await;
    check_entity_id(&config, report);
    check_public_url(&config, app.as_ref(), report).await;
    let Some(app) = app else { return };
    if let Err(problem) = check_data(&app, report).await {
        report.error(
            "database",
            &problem.detail,
            "check the database, then run doctor again",
        );
    }
    app.store.close().await;
}

/// The secret key as doctor found it. Doctor never creates it.
enum SecretKey {
    Usable(Seal),
    /// The server will create it.
    Missing,
    Unusable,
}

fn check_secret_key(config: &Config, report: &mut Report) -> SecretKey {
    let subject = "secret_key_file";
    let path = &config.secret_key_file;
    match app::existing_seal(config) {
        Ok(Some(seal)) if seal.file().is_none() => {
            report.ok("secret_key", "set, in place of a key file");
            SecretKey::Usable(seal)
        }
        Ok(Some(seal)) => {
            let detail = format!(
                "{} is valid, and readable only by its owner; include a copy in your backups",
                path.display()
            );
            report.ok(subject, &detail);
            SecretKey::Usable(seal)
        }
        Ok(None) => {
            if let Some(folder) = missing_folder(path) {
                let detail = format!("the folder {} does not exist", folder.display());
                report.error(subject, &detail, "create the folder, or correct the path");
                return SecretKey::Unusable;
            }
            if matches!(&config.database, Database::Sqlite(path) if path.exists()) {
                report_lost_key(config, report);
                return SecretKey::Unusable;
            }
            let detail = format!("{} does not exist yet", path.display());
            report.warn(subject, &detail, "vestibule serve creates it");
            SecretKey::Missing
        }
        Err(problem) => {
            let detail = problem::chain(&problem);
            report.error(subject, &detail, "fix the key file, then run doctor again");
            SecretKey::Unusable
        }
    }
}

fn report_lost_key(config: &Config, report: &mut Report) {
    let next = "restore the file from your backup: data encrypted with it can't be decrypted otherwise; if it is lost for good, run vestibule key discard";
    let detail = format!(
        "the database exists, but its key file {} does not",
        config.secret_key_file.display()
    );
    report.error("secret_key_file", &detail, next);
}

/// The folder of a path, if it does not exist.
fn missing_folder(path: &Path) -> Option<&Path> {
    let folder = path.parent()?;
    (!folder.as_os_str().is_empty() && !folder.exists()).then_some(folder)
}

/// Opens the database if it exists, and changes nothing in it.
async fn check_database(config: &Config, key: SecretKey, report: &mut Report) -> Option<App> {
    let subject = "database";
    if let Database::Sqlite(path) = &config.database {
        if let Some(folder) = missing_folder(path) {
            let detail = format!("the folder {} does not exist", folder.display());
            report.error(
                subject,
                &detail,
                "create the folder, or correct database_url",
            );
            return None;
        }
        if !path.exists() {
            report.warn(subject, "does not exist yet", "vestibule serve creates it");
            return None;
        }
    }
    if matches!(key, SecretKey::Unusable) {
        let detail = "not checked, because the key file is unusable";
        report.warn(subject, detail, "fix the key file first");
        return None;
    }
    match (app::open_existing_store(config).await, key) {
        (Ok(store), SecretKey::Usable(seal)) => {
            report.ok(subject, "connected; the tables match this version");
            if config.database.is_exposed() {
                let detail = "the connection to the database server is not verified, so another computer could read or change what it carries";
                let next = "add sslmode=verify-full to database_url, and sslrootcert if the authority is your own";
                report.warn(subject, detail, next);
            }
            Some(App::new(config.clone(), Clock::system(), seal, store))
        }
        (Ok(store), SecretKey::Missing | SecretKey::Unusable) => {
            store.close().await;
            report_lost_key(config, report);
            None
        }
        (Err(error @ OpenError::Unmigrated { .. }), _) => {
            report.warn(
                subject,
                &error.to_string(),
                "vestibule serve creates and updates the tables",
            );
            None
        }
        (Err(error), _) => {
            let detail = format!("cannot be opened: {}", problem::chain(&error));
            let next = "check that database_url is correct, that the database server runs and that this user has access";
            report.error(subject, &detail, next);
            None
        }
    }
}

/// An entity ID that is in use is known to every identity provider, so another one is the administrators' decision.
fn check_entity_id(config: &Config, report: &mut Report) {
    if !is_portable_entity_id(&config.entity_id) {
        let detail = format!(
            "{} is not an absolute URI of at most 256 characters, so some identity providers reject it",
            config.entity_id
        );
        let next = "if no identity provider knows it yet, set another one or remove the key";
        report.warn("entity_id", &detail, next);
    }
}

/// Checks that the server answers. Only if it runs on this machine: doctor sends no requests to other hosts.
async fn check_public_url(config: &Config, app: Option<&App>, report: &mut Report) {
    let subject = "public_url";
    if !config.public_url.is_loopback() {
        let next = "open it in a browser: doctor sends no requests to other hosts";
        let detail = format!("{} was not checked", config.public_url);
        return report.warn(subject, &detail, next);
    }
    let listen = config.listen;
    match find_server(config, app).await {
        RunningServer::ThisDeployment => {
            let detail = format!(
                "{} answers, with the signing keys of this database",
                config.public_url
            );
            report.ok(subject, &detail);
        }
        RunningServer::Vestibule => {
            let detail = format!(
                "Vestibule answers at {listen}, but doctor cannot tell whether it is this deployment: the database cannot be read, or has new signing keys"
            );
            let next =
                "fix the database if it has an error; otherwise run doctor again in two minutes";
            report.warn(subject, &detail, next);
        }
        RunningServer::OtherDeployment => {
            let detail = format!(
                "another deployment of Vestibule answers at {listen}: its signing keys are not those of this database"
            );
            let next = "stop the other server, or correct listen and database_url";
            report.error(subject, &detail, next);
        }
        RunningServer::OtherProgram => {
            let detail = format!("a program other than Vestibule answers at {listen}");
            report.error(subject, &detail, "find out which program listens there");
        }
        RunningServer::None => {
            let detail = format!("nothing answers at {listen}");
            report.warn(subject, &detail, "start the server with vestibule serve");
        }
    }
}

/// What listens at the configured address.
enum RunningServer {
    None,
    OtherProgram,
    /// Vestibule, with or without this database.
    Vestibule,
    OtherDeployment,
    ThisDeployment,
}

async fn find_server(config: &Config, app: Option<&App>) -> RunningServer {
    let Some(health) = fetch(config, "/healthz").await else {
        return RunningServer::None;
    };
    if health != "ok\n" {
        return RunningServer::OtherProgram;
    }
    let Some(app) = app else {
        return RunningServer::Vestibule;
    };
    let Ok(keys) = app.keys.provider().await else {
        return RunningServer::Vestibule;
    };
    let own = key_ids(&serde_json::json!(keys.jwks(app.clock.now())));
    let answered = fetch(config, "/jwks").await.unwrap_or_default();
    let answered: Value = serde_json::from_str(&answered).unwrap_or_default();
    if key_ids(&answered).iter().any(|key| own.contains(key)) {
        RunningServer::ThisDeployment
    } else if has_new_keys(app).await {
        // The server has not read them yet.
        RunningServer::Vestibule
    } else {
        RunningServer::OtherDeployment
    }
}

/// Whether the keys of ID tokens were replaced within the last two minutes.
async fn has_new_keys(app: &App) -> bool {
    let since = app.clock.now() - SignedDuration::from_mins(2);
    let Ok(mut snapshot) = app.store.snapshot().await else {
        return false;
    };
    let rotations = AuditFilter {
        action: Some("id_token_key.rotated".to_owned()),
        since: Some(since),
        ..AuditFilter::default()
    };
    let found = snapshot.audit_log(&rotations, &Page::first(1)).await;
    found.is_ok_and(|entries| !entries.is_empty())
}

fn key_ids(jwks: &Value) -> Vec<String> {
    let keys = jwks["keys"].as_array().into_iter().flatten();
    keys.filter_map(|key| key["kid"].as_str().map(str::to_owned))
        .collect()
}

/// The body of the answer, empty unless its status is 200. `None` if nothing answers in time.
async fn fetch(config: &Config, path: &str) -> Option<String> {
    let answer = async {
        let mut stream = TcpStream::connect(config.listen).await?;
        let host = config.public_url.authority();
        let request = format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream
            .take(MAX_ANSWER_BYTES)
            .read_to_end(&mut answer)
            .await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = tokio::time::timeout(HEALTH_TIMEOUT, answer)
        .await
        .ok()?
        .ok()?;
    let answer = String::from_utf8_lossy(&answer);
    let body = answer
        .strip_prefix("HTTP/1.0 200")
        .and_then(|rest| rest.split_once("\r\n\r\n"));
    Some(body.map(|(_, body)| body.to_owned()).unwrap_or_default())
}

async fn check_data(app: &App, report: &mut Report) -> Result<(), Problem> {
    database::check(app, report).await?;
    let applications = service::application::list(app, &service::PageRequest::default()).await?;
    match applications.items.len() {
        0 => report.warn(
            "applications",
            "none yet",
            "create one with vestibule application create",
        ),
        _ => report.ok("applications", "at least one exists"),
    }
    connections::check(app, report).await
}
