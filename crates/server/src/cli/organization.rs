//! `vestibule organization …`

use clap::Subcommand;
use guide::diagnosis::{DiagnosedAttempt, DiagnosedAttemptView};
use i18n::{Language, Localizer};
use runtime::app::App;
use serde_json::json;
use service::json::Patch;
use service::member::MemberQuery;
use service::organization::OrganizationQuery;
use service::sign_in_attempt::AttemptQuery;
use service::{Actor, PageRequest, connection, json, organization, sign_in_attempt};

use super::confirmation::Deletion;
use super::output::{Output, all_pages, write};
use super::{CliError, attempt_report, domain, invitation, routing};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create an organization
    Create {
        /// Display name
        name: String,
        /// Name in URLs [default: derived from the name]
        #[arg(long)]
        slug: Option<String>,
        /// Plan [default: the lowest plan]
        #[arg(long)]
        plan: Option<String>,
    },
    /// List organizations
    List,
    /// Show an organization and its domains
    Show {
        /// Organization ID or slug
        organization: String,
    },
    /// Change the plan of an organization
    SetPlan {
        /// Organization ID or slug
        organization: String,
        /// New plan
        plan: String,
        /// Confirm that a plan without SAML SSO stops the connections
        #[arg(long)]
        yes: bool,
    },
    /// Delete an organization with its connections, domains and members
    Delete {
        /// Organization ID or slug
        organization: String,
        /// Confirm the deletion
        #[arg(long)]
        yes: bool,
    },
    #[command(flatten)]
    Domain(domain::Command),
    /// Rules that choose among several active connections
    #[command(subcommand)]
    Routing(routing::Command),
    #[command(flatten)]
    Invitation(invitation::Command),
    /// List the latest sign-in attempts, or show all checks of one
    SignInAttempts {
        /// Organization ID or slug
        organization: String,
        /// Reference ID from the error page (att_…)
        attempt: Option<String>,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create { name, slug, plan } => {
            let new = json::from_value(json!({"name": name, "slug": slug, "plan": plan}))?;
            output.object(&organization::create(app, actor, new).await?);
        }
        Command::List => {
            let all = all_pages(async |page| {
                organization::list(app, &OrganizationQuery::default(), &page).await
            })
            .await?;
            output.list(
                &all,
                &["id", "slug", "plan", "name"],
                "No organizations yet.",
            );
        }
        Command::Show { organization } => show(app, &organization, output).await?,
        Command::SetPlan {
            organization,
            plan,
            yes,
        } => {
            if !yes {
                check_plan_stops_nothing(app, &organization, &plan).await?;
            }
            let change = Patch::new(json!({"plan": plan}));
            output.object(&organization::update(app, actor, &organization, change).await?);
        }
        Command::Delete { organization, yes } => {
            deletion(app, &organization).await?.confirm(yes)?;
            organization::delete(app, actor, &organization).await?;
            output.message(&format!("Deleted {organization}."));
        }
        Command::Domain(command) => domain::run(app, command, output).await?,
        Command::Routing(command) => routing::run(app, command, output).await?,
        Command::Invitation(command) => invitation::run(app, command, output).await?,
        Command::SignInAttempts {
            organization,
            attempt: Some(id),
        } => show_attempt(app, &organization, &id, output).await?,
        Command::SignInAttempts {
            organization,
            attempt: None,
        } => list_attempts(app, &organization, output).await?,
    }
    Ok(())
}

/// Names the consequence of a plan that stops the connections.
async fn check_plan_stops_nothing(
    app: &App,
    organization: &str,
    plan: &str,
) -> Result<(), CliError> {
    let found = organization::find(app, organization).await?;
    let Some(impact) = organization::plan_impact(app, &found, plan).await? else {
        return Ok(());
    };
    let names = impact.connections.join(", ");
    let usage = impact.usage;
    Err(CliError::Failed(format!(
        "nothing was changed: the plan {plan} does not include SAML SSO, so it stops the connections of {} ({names}); members who sign in through them: {}, sessions that end: {}; to confirm, add --yes",
        found.name, usage.accounts, usage.sessions
    )))
}

async fn deletion(app: &App, organization: &str) -> Result<Deletion, CliError> {
    let name = organization::show(app, organization).await?.name;
    let connections = connection::list(app, organization).await?.items.len();
    let domains = service::domain::list(app, organization).await?.items.len();
    let members = all_pages(async |page| {
        service::member::list(app, organization, &MemberQuery::default(), &page).await
    })
    .await?;
    let members = members.items.len();
    Ok(Deletion {
        object: format!("the organization {name}"),
        effects: vec![
            format!(
                "Its connections ({connections}), domains ({domains}) and members ({members}) are deleted with it."
            ),
            "All their sessions end. You can't undo this.".to_owned(),
        ],
        name,
    })
}

async fn list_attempts(app: &App, organization: &str, output: Output) -> Result<(), CliError> {
    let latest = sign_in_attempt::list(
        app,
        organization,
        &AttemptQuery::default(),
        &PageRequest::default(),
    )
    .await?;
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
        "No sign-in attempts yet.",
    );
    Ok(())
}

async fn show_attempt(
    app: &App,
    organization: &str,
    id: &str,
    output: Output,
) -> Result<(), CliError> {
    let text = Localizer::new(Language::English);
    let attempt = DiagnosedAttempt::load(app, text, organization, id).await?;
    let checks = attempt_report::checks(&attempt.checks);
    let view = DiagnosedAttemptView::new(app, text, attempt);
    match output {
        Output::Json => output.object(&view),
        Output::Text => {
            output.object(&attempt_report::fields(&view));
            write(&checks);
            write(&attempt_report::diagnoses(&view));
        }
    }
    Ok(())
}

async fn show(app: &App, organization: &str, output: Output) -> Result<(), CliError> {
    let view = organization::show(app, organization).await?;
    if output == Output::Json {
        output.object(&view);
        return Ok(());
    }
    let domains = service::domain::list(app, organization).await?.items;
    let names: Vec<String> = domains.into_iter().map(|domain| domain.domain).collect();
    let mut fields = json!(view);
    fields["domains"] = match names.as_slice() {
        [] => "none".into(),
        names => names.join(", ").into(),
    };
    output.object(&fields);
    Ok(())
}
