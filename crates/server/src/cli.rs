//! The command line. It calls the same service functions as the API.

mod api_key;
mod application;
mod check_result;
mod connection;
mod demo;
mod doctor;
mod domain;
mod explain;
mod file;
mod logging;
mod operator;
mod organization;
mod output;
mod serve;
mod setup_link;
mod sso_enforcement;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use config::Config;
use output::Output;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::problem::{self, FieldProblem, Problem};
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
    /// Print JSON, as the API returns it
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
    /// Create a link that signs an existing user in to the console (works once, for 1 hour)
    SignInLink(operator::SignInLink),
}

/// How long a command waits until its emails are sent.
const MAIL_FLUSH_TIMEOUT: Duration = Duration::from_secs(30);

/// Why a command did not succeed. The variant decides the exit status.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// The request was rejected: exit status 1.
    #[error("{0}")]
    Rejected(String),
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
        if problem.status.is_server_error() {
            Self::Failed(problem.detail)
        } else {
            Self::Rejected(by_option(&problem))
        }
    }
}

/// Runs the command of this process's arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            return exit(Err(CliError::Failed(format!(
                "could not start threads: {error}"
            ))));
        }
    };
    exit(runtime.block_on(execute(arguments)))
}

/// Prints the error and chooses the exit status. Output that could not be written is an error too.
fn exit(result: Result<(), CliError>) -> ExitCode {
    let result = match result {
        Err(failed @ CliError::Failed(_)) => Err(failed),
        other => output::check_written().and(other),
    };
    let (message, status) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(CliError::CheckFailed) => (String::new(), 1),
        Err(CliError::Rejected(message)) => (message, 1),
        Err(CliError::Failed(message)) => (message, 2),
    };
    for line in message.lines() {
        eprintln!("vestibule: {line}");
    }
    ExitCode::from(status)
}

async fn execute(arguments: Arguments) -> Result<(), CliError> {
    let output = if arguments.json {
        Output::Json
    } else {
        Output::Text
    };
    let file = arguments.config;
    match arguments.command {
        Command::Serve => serve::run(load(file)?).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Doctor => doctor::run(load(file), output).await,
        Command::Explain(arguments) => explain::run(&arguments, output),
        Command::Organization(command) => {
            with_app(file, async |app| {
                organization::run(app, command, output).await
            })
            .await
        }
        Command::Connection(command) => {
            with_app(file, async |app| {
                connection::run(app, command, output).await
            })
            .await
        }
        Command::SetupLink(command) => setup_link::run(&open(file).await?, command, output).await,
        Command::SsoEnforcement(command) => {
            sso_enforcement::run(&open(file).await?, command, output).await
        }
        Command::Application(command) => {
            with_app(file, async |app| {
                application::run(app, command, output).await
            })
            .await
        }
        Command::ApiKey(command) => {
            with_app(file, async |app| api_key::run(app, command, output).await).await
        }
        Command::Operator(command) => {
            with_app(file, async |app| operator::run(app, command, output).await).await
        }
        Command::SignInLink(arguments) => {
            with_app(file, async |app| {
                operator::create_sign_in_link(app, &arguments, output).await
            })
            .await
        }
    }
}

/// Opens the configured database, runs `command`, and waits for the emails that it caused.
async fn with_app(
    config_file: Option<PathBuf>,
    command: impl AsyncFnOnce(&App) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let app = open(config_file).await?;
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

async fn open(config_file: Option<PathBuf>) -> Result<App, CliError> {
    let app = App::open(load(config_file)?, Clock::system()).await;
    app.map_err(|error| CliError::failed(&error))
}

/// The message of a problem, with the names of options instead of the API's fields.
fn by_option(problem: &Problem) -> String {
    let line = |error: &FieldProblem| {
        format!(
            "{}: expected {}, received {}",
            option(&error.field),
            error.expected,
            error.received
        )
    };
    match problem.errors.as_slice() {
        [] => problem.detail.clone(),
        errors => errors.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

fn option(field: &str) -> String {
    let (name, place) = field
        .split_once('[')
        .map_or((field, None), |(name, place)| (name, Some(place)));
    let which = place.and_then(|place| place.trim_end_matches(']').parse::<usize>().ok());
    let option = match name {
        "name" | "domain" => name.to_ascii_uppercase(),
        "metadata_xml" => "--metadata".to_owned(),
        "metadata_certificates" => "--metadata-certificate".to_owned(),
        "certificates" => "--certificate".to_owned(),
        "redirect_uris" => "--redirect-uri".to_owned(),
        "clock_tolerance_seconds" => "--clock-tolerance".to_owned(),
        "token_endpoint_auth_method" => "--auth-method".to_owned(),
        "id_token_signed_response_alg" => "--id-token-alg".to_owned(),
        name => format!("--{}", name.replace(['_', '.'], "-")),
    };
    match which {
        Some(place) if place > 0 => format!("{option} (number {})", place + 1),
        Some(_) | None => option,
    }
}
