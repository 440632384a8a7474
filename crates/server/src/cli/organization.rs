//! `vestibule organization …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::json::Patch;
use service::{Actor, PageRequest, json, member, organization, sign_in_attempt};

use super::finding::Finding;
use super::output::{Output, every};
use super::{Ending, domain};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an organization
    Create {
        /// Its name for people
        name: String,
        /// Its name in addresses; made of the name when left out
        #[arg(long)]
        slug: Option<String>,
        /// Its plan; the smallest one when left out
        #[arg(long)]
        plan: Option<String>,
    },
    /// List organizations
    List,
    /// Show an organization, by its id or slug
    Show {
        /// Its id or slug
        organization: String,
    },
    /// Give an organization another plan
    SetPlan {
        /// Its id or slug
        organization: String,
        /// The plan
        plan: String,
    },
    /// Delete an organization with all that is its own
    Delete {
        /// Its id or slug
        organization: String,
    },
    #[command(flatten)]
    Domain(domain::Command),
    /// List the members of an organization
    Members {
        /// Its id or slug
        organization: String,
    },
    /// List the latest attempts to sign in to an organization, or show every check of one
    Attempts {
        /// Its id or slug
        organization: String,
        /// The number that the member was shown
        attempt: Option<String>,
    },
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create { name, slug, plan } => {
            let new = json::from_value(json!({"name": name, "slug": slug, "plan": plan}))?;
            output.object(&organization::create(app, actor, new).await?);
        }
        Command::List => {
            let all = every(async |page| organization::list(app, &page).await).await?;
            output.list(&all, &["id", "slug", "plan", "name"]);
        }
        Command::Show { organization } => show(app, &organization, output).await?,
        Command::SetPlan { organization, plan } => {
            let change = Patch::new(json!({"plan": plan}));
            output.object(&organization::update(app, actor, &organization, change).await?);
        }
        Command::Delete { organization } => {
            organization::delete(app, actor, &organization).await?;
            output.say(&format!("{organization} is deleted"));
        }
        Command::Domain(command) => domain::carry_out(app, command, output).await?,
        Command::Members { organization } => {
            let all = every(async |page| member::list(app, &organization, &page).await).await?;
            output.list(&all, &["id", "email", "name", "role", "deactivated_at"]);
        }
        Command::Attempts {
            organization,
            attempt: Some(id),
        } => show_attempt(app, &organization, &id, output).await?,
        Command::Attempts {
            organization,
            attempt: None,
        } => list_attempts(app, &organization, output).await?,
    }
    Ok(())
}

async fn list_attempts(app: &App, named: &str, output: Output) -> Result<(), Ending> {
    let latest = sign_in_attempt::list(app, named, &PageRequest::default()).await?;
    output.list(
        &latest,
        &[
            "id",
            "started_at",
            "connection",
            "outcome",
            "code",
            "member",
        ],
    );
    Ok(())
}

async fn show_attempt(app: &App, named: &str, id: &str, output: Output) -> Result<(), Ending> {
    let mut view = sign_in_attempt::show(app, named, id).await?;
    if output == Output::Json {
        output.object(&view);
        return Ok(());
    }
    let checks = view.checks.take();
    output.object(&view);
    for check in checks.as_array().into_iter().flatten() {
        let finding = Finding {
            title: check["title"].as_str().unwrap_or_default(),
            outcome: check["outcome"].as_str().unwrap_or_default(),
            expected: check["expected"].as_str(),
            received: check["received"].as_str(),
            detail: check["detail"].as_str(),
        };
        output.say(finding.text().trim_end());
    }
    Ok(())
}

async fn show(app: &App, named: &str, output: Output) -> Result<(), Ending> {
    output.object(&organization::show(app, named).await?);
    let domains = service::domain::list(app, named).await?.items;
    let names: Vec<String> = domains.into_iter().map(|domain| domain.domain).collect();
    output.say(&format!(
        "domains:            {}",
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    ));
    Ok(())
}
