//! `vestibule doctor`: looks for what is wrong or soon will be, and says what to do next.

mod connections;
mod report;

use std::io::ErrorKind;
use std::time::Duration;

use config::{Config, Database};
use report::Report;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::problem;
use runtime::problem::Problem;
use runtime::seal::{KeyFileError, Seal};
use store::{Page, StoreError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Ending;
use super::output::Output;

/// How long a server of this machine may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Looks at everything, from the configuration to the connections, and prints what it finds.
pub(super) async fn examine(config: Result<Config, Ending>, output: Output) -> Result<(), Ending> {
    let mut report = Report::default();
    match config {
        Ok(config) => {
            report.well("configuration", "it can be understood");
            look(config, &mut report).await;
        }
        Err(Ending::Failed(problems) | Ending::Refused(problems)) => {
            for problem in problems.lines() {
                report.wrong("configuration", problem, "mend this line or variable");
            }
        }
    }
    report.print(output);
    if report.is_well() {
        Ok(())
    } else {
        Err(Ending::Refused(String::new()))
    }
}

async fn look(config: Config, report: &mut Report) {
    let has_key = key_file(&config, report);
    public_url(&config, report).await;
    if let Database::Sqlite(path) = &config.database
        && !path.exists()
    {
        report.note("database", "there is none yet", "vestibule serve makes it");
        return;
    }
    if !has_key {
        report.note(
            "database",
            "not opened without the key",
            "see to the key file first",
        );
        return;
    }
    match App::open(config, Clock::system()).await {
        Ok(app) => {
            report.well(
                "database",
                "it answers, and its tables are those of this version",
            );
            if let Err(problem) = look_inside(&app, report).await {
                report.wrong(
                    "database",
                    &problem.detail,
                    "see to the database, then ask again",
                );
            }
            app.store.close().await;
        }
        Err(error) => {
            let next = "see that database_url is right, that the server runs and that this user may use it";
            report.wrong("database", &problem::chain(&error), next);
        }
    }
}

/// Whether there is a key, or will be one.
fn key_file(config: &Config, report: &mut Report) -> bool {
    match Seal::from_existing_file(&config.secret_key_file) {
        Ok(_) => report.well(
            "secret_key_file",
            "it holds a key for its owner alone; keep a copy of it beside your backups",
        ),
        Err(KeyFileError::Unreachable { source, .. }) if source.kind() == ErrorKind::NotFound => {
            if matches!(&config.database, Database::Sqlite(path) if path.exists()) {
                let next = "restore the file from your backup: what is sealed with it opens with nothing else";
                report.wrong(
                    "secret_key_file",
                    "there is a database, but not its key",
                    next,
                );
                return false;
            }
            report.note(
                "secret_key_file",
                "there is none yet",
                "the first start makes it",
            );
        }
        Err(problem) => {
            report.wrong(
                "secret_key_file",
                &problem::chain(&problem),
                "do as it says, then ask again",
            );
            return false;
        }
    }
    true
}

/// Asks the server whether it is there, when that means this machine; nobody outside is called.
async fn public_url(config: &Config, report: &mut Report) {
    if !config.public_url.is_loopback() {
        let next = "open it in a browser: doctor calls nobody outside";
        report.note(
            "public_url",
            &format!("{} was not asked", config.public_url),
            next,
        );
        return;
    }
    match tokio::time::timeout(PATIENCE, ask_health(config)).await {
        Ok(Ok(true)) => report.well("public_url", &format!("{} answers", config.public_url)),
        Ok(Ok(false)) => {
            let next = "see which program listens there";
            report.wrong(
                "public_url",
                &format!(
                    "something that is not Vestibule answers at {}",
                    config.listen
                ),
                next,
            );
        }
        Ok(Err(_)) | Err(_) => {
            report.note(
                "public_url",
                &format!("nothing answers at {}", config.listen),
                "vestibule serve starts the server",
            );
        }
    }
}

async fn ask_health(config: &Config) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(config.listen).await?;
    stream.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.0 200") && answer.ends_with(b"ok\n"))
}

async fn look_inside(app: &App, report: &mut Report) -> Result<(), Problem> {
    clock(app, report).await?;
    match app.keys.provider().await {
        Ok(_) => report.well("keys", "the keys that sign ID tokens can be opened"),
        Err(error) => {
            let next = "restore the key file that belongs to this database";
            report.wrong("keys", &problem::chain(&error), next);
        }
    }
    let applications = service::application::list(app, &service::PageRequest::default()).await?;
    match applications.items.len() {
        0 => report.note(
            "applications",
            "there is none yet",
            "vestibule application create makes one",
        ),
        _ => report.well(
            "applications",
            "there is at least one that people can sign in to",
        ),
    }
    connections::look(app, report).await
}

/// A database that remembers the future means that the clock went back: assertions are then judged by a wrong time.
async fn clock(app: &App, report: &mut Report) -> Result<(), Problem> {
    let newest = app.store.snapshot().await?.audit_log(&Page::first(1)).await;
    let newest = newest.map_err(|error: StoreError| Problem::from(error))?;
    let now = app.clock.now();
    match newest.first() {
        Some(event) if event.at > now => {
            let detail = format!(
                "it shows {}, but something was done at {}",
                service::instant(now),
                service::instant(event.at)
            );
            report.wrong("clock", &detail, "set the machine's clock, best by NTP");
        }
        Some(_) | None => report.well("clock", &format!("it shows {}", service::instant(now))),
    }
    Ok(())
}
