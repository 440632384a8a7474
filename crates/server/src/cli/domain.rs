//! `vestibule organization …-domain`

use clap::Subcommand;
use runtime::app::App;
use service::domain::NewDomain;
use service::{Actor, domain};
use store::DomainVerificationMethod;

use super::Ending;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Give a verified domain to an organization
    AddDomain(Named),
    /// Note that an organization is about to prove a domain, and print the record that it is to publish
    ClaimDomain(Named),
    /// Look up the record that proves a domain
    CheckDomain(Named),
    /// Take a domain from an organization
    RemoveDomain(Named),
    /// List the domains of an organization
    Domains {
        /// Its id or slug
        organization: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// Its id or slug
    organization: String,
    /// The domain, such as acme.example
    domain: String,
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::AddDomain(named) => {
            add(app, named, DomainVerificationMethod::Manual, output).await?
        }
        Command::ClaimDomain(named) => {
            add(app, named, DomainVerificationMethod::Dns, output).await?
        }
        Command::CheckDomain(named) => {
            let Named {
                organization,
                domain,
            } = named;
            output.object(&domain::check(app, actor, &organization, &domain).await?);
        }
        Command::RemoveDomain(named) => {
            let Named {
                organization,
                domain,
            } = named;
            domain::remove(app, actor, &organization, &domain).await?;
            output.say(&format!("{organization} no longer has {domain}"));
        }
        Command::Domains { organization } => {
            let all = domain::list(app, &organization).await?;
            output.list(&all, &["domain", "state", "verification", "verified_at"]);
        }
    }
    Ok(())
}

async fn add(
    app: &App,
    named: Named,
    verification: DomainVerificationMethod,
    output: Output,
) -> Result<(), Ending> {
    let new = NewDomain {
        domain: named.domain,
        verification: Some(verification),
    };
    output.object(&domain::add(app, &Actor::CommandLine, &named.organization, new).await?);
    Ok(())
}
