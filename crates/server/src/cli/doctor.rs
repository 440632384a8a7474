//! `vestibule doctor`: checks the configuration, the database and all connections, and suggests the next step.

mod connections;
mod report;

use std::io::ErrorKind;
use std::time::Duration;

use config::{Config, Database};
use report::Report;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::problem::{self, Problem};
use runtime::seal::{KeyFileError, Seal};
use store::{Page, StoreError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::CliError;
use super::output::Output;

/// How long a server on this machine may take to answer.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(3);

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
    let has_key = check_key_file(&config, report);
    check_public_url(&config, report).await;
    if let Database::Sqlite(path) = &config.database
        && !path.exists()
    {
        report.warn(
            "database",
            "does not exist yet",
            "vestibule serve creates it",
        );
        return;
    }
    if !has_key {
        report.warn(
            "database",
            "not checked, because the key file is unusable",
            "fix the key file first",
        );
        return;
    }
    match App::open(config, Clock::system()).await {
        Ok(app) => {
            report.ok("database", "connected; the tables match this version");
            if let Err(problem) = check_data(&app, report).await {
                report.error(
                    "database",
                    &problem.detail,
                    "check the database, then run doctor again",
                );
            }
            app.store.close().await;
        }
        Err(error) => {
            let next = "check that database_url is correct, that the database server runs and that this user has access";
            report.error("database", &problem::chain(&error), next);
        }
    }
}

/// Whether the key file is usable, or will be created by the server.
fn check_key_file(config: &Config, report: &mut Report) -> bool {
    match Seal::from_existing_file(&config.secret_key_file) {
        Ok(_) => report.ok(
            "secret_key_file",
            "valid, and readable only by its owner; include a copy in your backups",
        ),
        Err(KeyFileError::Unreachable { source, .. }) if source.kind() == ErrorKind::NotFound => {
            if matches!(&config.database, Database::Sqlite(path) if path.exists()) {
                let next = "restore the file from your backup: data encrypted with it can't be decrypted otherwise";
                report.error(
                    "secret_key_file",
                    "the database exists, but its key file does not",
                    next,
                );
                return false;
            }
            report.warn(
                "secret_key_file",
                "does not exist yet",
                "vestibule serve creates it",
            );
        }
        Err(problem) => {
            report.error(
                "secret_key_file",
                &problem::chain(&problem),
                "fix the key file, then run doctor again",
            );
            return false;
        }
    }
    true
}

/// Checks that the server answers. Only if it runs on this machine: doctor sends no requests to other hosts.
async fn check_public_url(config: &Config, report: &mut Report) {
    if !config.public_url.is_loopback() {
        let next = "open it in a browser: doctor sends no requests to other hosts";
        report.warn(
            "public_url",
            &format!("{} was not checked", config.public_url),
            next,
        );
        return;
    }
    match tokio::time::timeout(HEALTH_TIMEOUT, is_healthy(config)).await {
        Ok(Ok(true)) => report.ok("public_url", &format!("{} answers", config.public_url)),
        Ok(Ok(false)) => {
            let next = "find out which program listens there";
            report.error(
                "public_url",
                &format!(
                    "a program other than Vestibule answers at {}",
                    config.listen
                ),
                next,
            );
        }
        Ok(Err(_)) | Err(_) => {
            report.warn(
                "public_url",
                &format!("nothing answers at {}", config.listen),
                "start the server with vestibule serve",
            );
        }
    }
}

async fn is_healthy(config: &Config) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(config.listen).await?;
    stream.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.0 200") && answer.ends_with(b"ok\n"))
}

async fn check_data(app: &App, report: &mut Report) -> Result<(), Problem> {
    check_clock(app, report).await?;
    match app.keys.provider().await {
        Ok(_) => report.ok("keys", "the signing keys of ID tokens can be decrypted"),
        Err(error) => {
            let next = "restore the key file that belongs to this database";
            report.error("keys", &problem::chain(&error), next);
        }
    }
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

/// An audit log entry in the future means that the clock was set back. Assertions are then validated at a wrong time.
async fn check_clock(app: &App, report: &mut Report) -> Result<(), Problem> {
    let newest = app.store.snapshot().await?.audit_log(&Page::first(1)).await;
    let newest = newest.map_err(|error: StoreError| Problem::from(error))?;
    let now = app.clock.now();
    match newest.first() {
        Some(entry) if entry.at > now => {
            let detail = format!(
                "the time is {}, but the audit log has an entry of {}",
                service::instant(now),
                service::instant(entry.at)
            );
            report.error(
                "clock",
                &detail,
                "set the clock of this machine, preferably with NTP",
            );
        }
        Some(_) | None => report.ok("clock", &format!("the time is {}", service::instant(now))),
    }
    Ok(())
}
