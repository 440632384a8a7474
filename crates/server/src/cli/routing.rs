//! `vestibule organization routing list` and `replace`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::routing::{NewRouting, NewRoutingRule, RoutingView};
use service::{Actor, Listing, routing};

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the rules that choose among the active connections
    List {
        /// Organization ID or slug
        organization: String,
    },
    /// Replace all rules
    Replace {
        /// Organization ID or slug
        organization: String,
        /// A connection, and whom it signs in: acme.example, *.acme.example or ada@acme.example (may be repeated)
        #[arg(long = "rule", value_name = "CONNECTION=PATTERN,…", value_parser = parse_rule, required_unless_present = "clear")]
        rules: Vec<NewRoutingRule>,
        /// Remove all rules
        #[arg(long, conflicts_with = "rules")]
        clear: bool,
    },
}

fn parse_rule(text: &str) -> Result<NewRoutingRule, &'static str> {
    let expected = "expected a connection ID and patterns, like con_…=acme.example,*.acme.example";
    let (connection, patterns) = text.split_once('=').ok_or(expected)?;
    Ok(NewRoutingRule {
        connection: connection.trim().to_owned(),
        patterns: patterns.split(',').map(str::to_owned).collect(),
    })
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    match command {
        Command::List { organization } => {
            show(&routing::list(app, &organization).await?, output);
        }
        Command::Replace {
            organization,
            rules,
            clear: _,
        } => {
            let new = NewRouting { rules };
            let actor = &Actor::CommandLine;
            show(
                &routing::replace(app, actor, &organization, new, None).await?,
                output,
            );
        }
    }
    Ok(())
}

fn show(routing: &RoutingView, output: Output) {
    if output == Output::Json {
        output.object(routing);
        return;
    }
    let rows = routing.rules.iter().map(|rule| {
        json!({
            "connection": rule.connection,
            "name": rule.connection_name,
            "patterns": rule.patterns.join(", "),
            "skipped": rule.skipped,
        })
    });
    let columns = ["connection", "name", "patterns", "skipped"];
    output.list(
        &Listing::whole(rows.collect()),
        &columns,
        "No routing rules yet.",
    );
    for rule in routing.rules.iter().filter(|rule| rule.skipped.is_some()) {
        eprintln!(
            "Warning: the rule for {} is skipped: its connection {} is deleted or not active.",
            rule.patterns.join(", "),
            rule.connection
        );
    }
}
