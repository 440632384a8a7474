//! `vestibule organization add-domain`, `verify-domain`, `remove-domain` and `domains`

use clap::Subcommand;
use runtime::app::App;
use service::domain::NewDomain;
use service::{Actor, domain};
use store::DomainVerificationMethod;

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a domain that you have verified yourself, or one to verify by DNS
    AddDomain {
        #[command(flatten)]
        domain: OrganizationDomain,
        /// How the domain is verified: manual (by you) or dns (prints the TXT record to add)
        #[arg(long, value_name = "METHOD", default_value = "manual")]
        verification: DomainVerificationMethod,
    },
    /// Look up the DNS record of a domain and verify the domain
    VerifyDomain(OrganizationDomain),
    /// Remove a domain
    RemoveDomain(OrganizationDomain),
    /// List the domains of an organization
    Domains {
        /// Organization ID or slug
        organization: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct OrganizationDomain {
    /// Organization ID or slug
    organization: String,
    /// Domain, like acme.example
    domain: String,
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::AddDomain {
            domain:
                OrganizationDomain {
                    organization,
                    domain,
                },
            verification,
        } => {
            let new = NewDomain {
                domain,
                verification: Some(verification),
            };
            output.object(&domain::add(app, actor, &organization, new).await?);
        }
        Command::VerifyDomain(OrganizationDomain {
            organization,
            domain,
        }) => {
            output.object(&domain::check(app, actor, &organization, &domain).await?);
        }
        Command::RemoveDomain(OrganizationDomain {
            organization,
            domain,
        }) => {
            domain::remove(app, actor, &organization, &domain).await?;
            output.message(&format!("Removed {domain} from {organization}."));
        }
        Command::Domains { organization } => {
            let all = domain::list(app, &organization).await?;
            output.list(&all, &["domain", "state", "verification", "verified_at"]);
        }
    }
    Ok(())
}
