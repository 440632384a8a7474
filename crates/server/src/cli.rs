//! The command line: thin over the same functions as the API.

mod api_key;
mod application;
mod connection;
mod demo;
mod doctor;
mod domain;
mod explain;
mod file;
mod finding;
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
use runtime::problem;
use runtime::problem::{FieldProblem, Problem};

/// Single sign-on that a SaaS company hosts itself
#[derive(Debug, Parser)]
#[command(
    name = "vestibule",
    version,
    about,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    /// The configuration file; ./vestibule.toml when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the API's JSON instead of text
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve,
    /// Try everything on this machine: server, practice identity provider, sample application
    Demo(demo::Arguments),
    /// Look for what is wrong or soon will be, and say what to do
    Doctor,
    /// Judge a SAML response offline and print each check
    Explain(explain::Arguments),
    /// Organizations: the customers of the application
    #[command(subcommand)]
    Organization(organization::Command),
    /// Connections: organizations' links to identity providers
    #[command(subcommand)]
    Connection(connection::Command),
    /// Links by which somebody without an account sets up a connection
    #[command(subcommand)]
    SetupLink(setup_link::Command),
    /// Who has to come through an organization's identity provider, and who need not
    #[command(subcommand)]
    SsoRequirement(sso_enforcement::Command),
    /// Applications: the OpenID Connect clients
    #[command(subcommand)]
    Application(application::Command),
    /// Keys for the REST API
    #[command(subcommand)]
    ApiKey(api_key::Command),
    /// Operators: those who run the deployment and sign in to the console
    #[command(subcommand)]
    Operator(operator::Command),
    /// Print a link that signs somebody in to the console, once, within an hour
    SignInLink(operator::SignInLink),
}

/// For so long a command waits for the mails that it has caused.
const FAREWELL: Duration = Duration::from_secs(30);

/// How a command ends when it does not end well.
#[derive(Debug)]
pub(crate) enum Ending {
    /// What was asked is refused, or something is not as it should be: status 1. What there is to say has been said.
    Refused(String),
    /// The command could not be carried out: status 2.
    Failed(String),
}

impl From<Problem> for Ending {
    fn from(problem: Problem) -> Self {
        if problem.status.is_server_error() {
            Self::Failed(problem.detail)
        } else {
            Self::Refused(by_option(&problem))
        }
    }
}

/// Runs the command that the process was given.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            return end(Err(Ending::Failed(format!(
                "threads cannot be started: {error}"
            ))));
        }
    };
    end(runtime.block_on(carry_out(arguments)))
}

fn end(ended: Result<(), Ending>) -> ExitCode {
    let ended = match ended {
        Err(failed @ Ending::Failed(_)) => Err(failed),
        others => output::check_written().and(others),
    };
    let (said, status) = match ended {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Ending::Refused(said)) => (said, 1),
        Err(Ending::Failed(said)) => (said, 2),
    };
    if !said.is_empty() {
        for line in said.lines() {
            eprintln!("vestibule: {line}");
        }
    }
    ExitCode::from(status)
}

async fn carry_out(arguments: Arguments) -> Result<(), Ending> {
    let output = if arguments.json {
        Output::Json
    } else {
        Output::Text
    };
    let file = arguments.config;
    match arguments.command {
        Command::Serve => serve::serve(load(file)?).await,
        Command::Demo(arguments) => demo::demo(arguments).await,
        Command::Doctor => doctor::examine(load(file), output).await,
        Command::Explain(arguments) => explain::explain(&arguments, output),
        Command::Organization(command) => {
            on_data(file, async |app| {
                organization::carry_out(app, command, output).await
            })
            .await
        }
        Command::Connection(command) => {
            on_data(file, async |app| {
                connection::carry_out(app, command, output).await
            })
            .await
        }
        Command::SetupLink(command) => {
            setup_link::carry_out(&open(file).await?, command, output).await
        }
        Command::SsoRequirement(command) => {
            sso_enforcement::carry_out(&open(file).await?, command, output).await
        }
        Command::Application(command) => {
            on_data(file, async |app| {
                application::carry_out(app, command, output).await
            })
            .await
        }
        Command::ApiKey(command) => {
            on_data(file, async |app| {
                api_key::carry_out(app, command, output).await
            })
            .await
        }
        Command::Operator(command) => {
            on_data(file, async |app| {
                operator::carry_out(app, command, output).await
            })
            .await
        }
        Command::SignInLink(wanted) => {
            on_data(file, async |app| {
                operator::sign_in_link(app, &wanted, output).await
            })
            .await
        }
    }
}

/// Carries out a command on the data of the configuration.
async fn on_data(
    file: Option<PathBuf>,
    act: impl AsyncFnOnce(&App) -> Result<(), Ending>,
) -> Result<(), Ending> {
    let app = open(file).await?;
    let ended = act(&app).await;
    // A mail that the command has caused leaves before the process does.
    app.mailer.flush(FAREWELL).await;
    ended
}

/// Reads the configuration: the file that was named, else `./vestibule.toml` when it is there, and the environment.
fn load(named: Option<PathBuf>) -> Result<Config, Ending> {
    let usual = Path::new("vestibule.toml");
    let file = named.or_else(|| usual.exists().then(|| usual.to_owned()));
    let text = |text: OsString| text.into_string().ok();
    let environment =
        std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
    Config::load(file.as_deref(), environment)
        .map_err(|problems| Ending::Failed(problems.to_string()))
}

async fn open(file: Option<PathBuf>) -> Result<App, Ending> {
    let app = App::open(load(file)?, Clock::system()).await;
    app.map_err(|error| Ending::Failed(problem::chain(&error)))
}

/// A problem in the words of the command line: with options where the API has fields.
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
        "metadata_certificates" => "--metadata-key".to_owned(),
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
