//! The command line. It calls the same service functions as the API.

mod api_key;
mod application;
mod attempt_report;
mod check_result;
mod confirmation;
mod connection;
mod database;
mod demo;
mod doctor;
mod domain;
mod explain;
mod file;
mod id_token_key;
mod invitation;
mod key;
mod logging;
mod member;
mod operator;
mod option_names;
mod organization;
mod output;
mod routing;
mod serve;
mod setup_link;
mod sso_enforcement;
mod value;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use config::{Config, Database};
use option_names::OptionNames;
use output::Output;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::problem::{self, Problem};
use thiserror::Error;

/// Self-hosted SAML single sign-on for SaaS applications
#[derive(Debug, Parser)]
#[command(
    name = "vestibule",
    version,
    about,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    /// Configuration file [default: ./vestibule.toml, if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print JSON as the API does: objects, and errors as problem details. Not for serve, demo and connection metadata
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server
    Serve,
    /// Start a demo on this machine: server, practice identity provider and sample application
    Demo(demo::Arguments),
    /// Check the configuration, the database and all connections
    Doctor,
    /// Validate a SAML response offline and print the result of each check
    Explain(explain::Arguments),
    /// Manage organizations (your customers), their domains and members
    #[command(subcommand)]
    Organization(organization::Command),
    /// Merge members, and move them to another connection
    #[command(subcommand)]
    Member(member::Command),
    /// Manage connections to identity providers
    #[command(subcommand)]
    Connection(connection::Command),
    /// Manage setup links, which let someone without an account set up a connection
    #[command(subcommand)]
    SetupLink(setup_link::Command),
    /// Manage SSO enforcement: exemptions and recovery codes
    #[command(subcommand)]
    SsoEnforcement(sso_enforcement::Command),
    /// Manage applications (OpenID Connect clients)
    #[command(subcommand)]
    Application(application::Command),
    /// Manage keys for the REST API
    #[command(subcommand)]
    ApiKey(api_key::Command),
    /// Manage operators, who administer all organizations in the console
    #[command(subcommand)]
    Operator(operator::Command),
    /// Manage the secret key, which encrypts the secrets in the database
    #[command(subcommand)]
    Key(key::Command),
    /// Manage the keys that sign ID tokens
    #[command(subcommand)]
    IdTokenKey(id_token_key::Command),
    /// Create, update and copy the database
    #[command(subcommand)]
    Database(database::Command),
    /// Create a link that signs an existing user in to the console (works once, for 1 hour)
    SignInLink(operator::SignInLink),
}

/// How long a command waits until its emails are sent.
const MAIL_FLUSH_TIMEOUT: Duration = Duration::from_secs(30);

/// Why a command did not succeed. The variant decides the exit status.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// The service rejected the request: exit status 1, or 2 if the server failed.
    #[error(transparent)]
    Problem(Box<Problem>),
    /// A check failed, and the command has printed which one: exit status 1, no message.
    #[error("a check failed")]
    CheckFailed,
    /// The command could not run: exit status 2.
    #[error("{0}")]
    Failed(String),
}

impl CliError {
    /// The command could not run because of `error`. The message includes its sources.
    fn failed(error: &dyn std::error::Error) -> Self {
        Self::Failed(problem::chain(error))
    }
}

impl From<Problem> for CliError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// Runs the command of this process's arguments.
pub fn run() -> ExitCode {
    let definition = Arguments::command();
    let parsed = definition.clone().try_get_matches().and_then(|matches| {
        let arguments = Arguments::from_arg_matches(&matches)?;
        Ok((matches, arguments))
    });
    let (matches, arguments) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return exit_with_usage(&error),
    };
    let output = if arguments.json {
        Output::Json
    } else {
        Output::Text
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(execute(arguments, output)),
        Err(error) => Err(CliError::Failed(format!(
            "could not start threads: {error}"
        ))),
    };
    exit(result, output, &OptionNames::new(&definition, &matches))
}

/// Prints the error and chooses the exit status. Output that could not be written is an error too.
fn exit(result: Result<(), CliError>, output: Output, options: &OptionNames<'_>) -> ExitCode {
    let result = match result {
        Err(failed @ CliError::Failed(_)) => Err(failed),
        other => output::check_written().and(other),
    };
    let error = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(error) => error,
    };
    let status = match &error {
        CliError::CheckFailed => return ExitCode::from(1),
        CliError::Problem(problem) if !problem.status.is_server_error() => 1,
        CliError::Problem(_) | CliError::Failed(_) => 2,
    };
    match (output, &error) {
        (Output::Json, CliError::Problem(problem)) => {
            eprintln!("{:#}", serde_json::json!(problem.body()));
        }
        (Output::Json, error) => print_failure("Command failed", &error.to_string()),
        (Output::Text, CliError::Problem(problem)) => print_error(&options.message(problem)),
        (Output::Text, error) => print_error(&error.to_string()),
    }
    ExitCode::from(status)
}

/// Prints an error of the arguments, or the help or the version, which are no errors.
fn exit_with_usage(error: &clap::Error) -> ExitCode {
    let is_json = std::env::args_os().any(|argument| argument == "--json");
    if !error.use_stderr() || !is_json {
        error.exit();
    }
    print_failure("Invalid arguments", error.to_string().trim_end());
    ExitCode::from(2)
}

/// Prints problem details (RFC 9457) of a failure that has no code of the API.
fn print_failure(title: &str, detail: &str) {
    let body = serde_json::json!({"title": title, "detail": detail});
    eprintln!("{body:#}");
}

fn print_error(message: &str) {
    for line in message.lines() {
        eprintln!("vestibule: {line}");
    }
}

async fn execute(arguments: Arguments, output: Output) -> Result<(), CliError> {
    let file = arguments.config;
    match arguments.command {
        Command::Serve => serve::run(load(file)?).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Doctor => doctor::run(load(file), output).await,
        Command::Explain(arguments) => explain::run(&arguments, output),
        Command::Organization(command) => {
            with_app(file, output, async |app| {
                organization::run(app, command, output).await
            })
            .await
        }
        Command::Connection(command) => {
            with_app(file, output, async |app| {
                connection::run(app, command, output).await
            })
            .await
        }
        Command::Member(command) => member::run(&open(file, output).await?, command, output).await,
        Command::SetupLink(command) => {
            setup_link::run(&open(file, output).await?, command, output).await
        }
        Command::SsoEnforcement(command) => {
            sso_enforcement::run(&open(file, output).await?, command, output).await
        }
        Command::Application(command) => {
            application::run(&open(file, output).await?, command, output).await
        }
        Command::ApiKey(command) => {
            with_app(file, output, async |app| {
                api_key::run(app, command, output).await
            })
            .await
        }
        Command::Operator(command) => {
            with_app(file, output, async |app| {
                operator::run(app, command, output).await
            })
            .await
        }
        Command::IdTokenKey(command) => {
            id_token_key::run(&open(file, output).await?, command, output).await
        }
        Command::Key(command) => key::run(load(file)?, command, output).await,
        Command::Database(command) => database::run(load(file)?, command, output).await,
        Command::SignInLink(arguments) => {
            with_app(file, output, async |app| {
                operator::create_sign_in_link(app, &arguments, output).await
            })
            .await
        }
    }
}

/// Opens the configured database, runs `command`, and waits for the emails that it caused.
async fn with_app(
    config_file: Option<PathBuf>,
    output: Output,
    command: impl AsyncFnOnce(&App) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let app = open(config_file, output).await?;
    let result = command(&app).await;
    app.mailer.flush(MAIL_FLUSH_TIMEOUT).await;
    result
}

/// Reads the configuration from a file (default: `./vestibule.toml`, if it exists) and the environment.
fn load(config_file: Option<PathBuf>) -> Result<Config, CliError> {
    let default = Path::new("vestibule.toml");
    let file = config_file.or_else(|| default.exists().then(|| default.to_owned()));
    let text = |text: OsString| text.into_string().ok();
    let environment =
        std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
    Config::load(file.as_deref(), environment)
        .map_err(|problems| CliError::Failed(problems.to_string()))
}

/// Opens the configured database, which must exist.
async fn open(config_file: Option<PathBuf>, output: Output) -> Result<App, CliError> {
    let config = load(config_file)?;
    announce(&config, output);
    let app = App::open_existing(config, Clock::system()).await;
    app.map_err(|error| CliError::failed(&error))
}

/// Says which database and key a command uses: a command in the wrong folder uses others.
fn announce(config: &Config, output: Output) {
    if output == Output::Json {
        return;
    }
    logging::start_for_command();
    let key = match config.secret_keys.first() {
        Some(_) => "the setting secret_key".to_owned(),
        None => absolute(&config.secret_key_file).display().to_string(),
    };
    let database = match &config.database {
        Database::Sqlite(path) => Database::Sqlite(absolute(path)),
        Database::Postgres(url) => Database::Postgres(url.clone()),
    };
    eprintln!("Database: {database}. Secret key: {key}.");
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
