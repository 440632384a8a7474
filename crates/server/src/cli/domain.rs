//! `vestibule organization add-domain`, `update-domain`, `verify-domain`, `remove-domain` and `domains`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::domain::{DomainView, NewDomain};
use service::json::Patch;
use service::{Actor, domain};
use store::{DomainState, DomainVerificationMethod};

use super::CliError;
use super::confirmation::Deletion;
use super::output::Output;
use super::value::parse_yes_no;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a domain that you have verified yourself, or one to verify by DNS
    AddDomain {
        #[command(flatten)]
        domain: OrganizationDomain,
        /// How the domain is verified: manual (by you) or dns (prints the TXT record to add)
        #[arg(long, value_name = "METHOD", default_value = "manual")]
        verification: DomainVerificationMethod,
        /// Also send email addresses in subdomains to the organization
        #[arg(long)]
        include_subdomains: bool,
    },
    /// Choose whether email addresses in subdomains lead to the organization too
    UpdateDomain {
        #[command(flatten)]
        domain: OrganizationDomain,
        /// Whether they do: yes or no
        #[arg(long, value_name = "yes|no", value_parser = parse_yes_no, action = clap::ArgAction::Set)]
        include_subdomains: bool,
    },
    /// Look up the DNS record of a domain and verify the domain. Fails if the record is not found
    VerifyDomain(OrganizationDomain),
    /// Remove a domain
    RemoveDomain {
        #[command(flatten)]
        domain: OrganizationDomain,
        /// Confirm the removal
        #[arg(long)]
        yes: bool,
    },
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

const COLUMNS: [&str; 5] = [
    "domain",
    "state",
    "verification",
    "verified_at",
    "include_subdomains",
];

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
            include_subdomains,
        } => {
            let new = NewDomain {
                domain,
                verification: Some(verification),
                include_subdomains: Some(include_subdomains),
            };
            let added = domain::add(app, actor, &organization, new).await?;
            output.object(&added);
            warn_of_public_mail(&added);
        }
        Command::UpdateDomain {
            domain:
                OrganizationDomain {
                    organization,
                    domain,
                },
            include_subdomains,
        } => {
            let change = Patch::new(json!({ "include_subdomains": include_subdomains }));
            output.object(&domain::update(app, actor, &organization, &domain, change).await?);
        }
        Command::VerifyDomain(OrganizationDomain {
            organization,
            domain,
        }) => {
            let checked = domain::check(app, actor, &organization, &domain).await?;
            output.object(&checked);
            if checked.state != DomainState::Verified {
                output.message(&format!("\n{}", missing_record(&checked)));
                return Err(CliError::CheckFailed);
            }
        }
        Command::RemoveDomain { domain, yes } => remove(app, &domain, yes, output).await?,
        Command::Domains { organization } => {
            let all = domain::list(app, &organization).await?;
            output.list(&all, &COLUMNS, "No domains yet.");
        }
    }
    Ok(())
}

async fn remove(
    app: &App,
    removed: &OrganizationDomain,
    yes: bool,
    output: Output,
) -> Result<(), CliError> {
    let OrganizationDomain {
        organization,
        domain,
    } = removed;
    removal(domain).confirm(yes)?;
    domain::remove(app, &Actor::CommandLine, organization, domain).await?;
    output.message(&format!("Removed {domain} from {organization}."));
    Ok(())
}

fn removal(domain: &str) -> Deletion {
    Deletion {
        object: format!("the domain {domain}"),
        name: domain.to_owned(),
        effects: vec![
            "Email addresses in the domain no longer lead to the organization, and are no longer verified at sign-ins."
                .to_owned(),
            "To use the domain again, it has to be verified again.".to_owned(),
        ],
    }
}

fn warn_of_public_mail(added: &DomainView) {
    if added.public_mail {
        let domain = &added.domain;
        eprintln!(
            "Warning: anyone can get a mailbox in {domain}: it is hardly the domain of one organization."
        );
    }
}

/// Why the check did not find the record of the domain.
fn missing_record(checked: &DomainView) -> String {
    let name = match &checked.record {
        Some(record) => record.name.as_str(),
        None => checked.domain.as_str(),
    };
    match &checked.answer {
        Some(answer) if answer.failure.is_some() => {
            let failure = answer.failure.as_deref().unwrap_or_default();
            format!("The DNS lookup of {name} failed: {failure}")
        }
        Some(answer) if !answer.records.is_empty() => {
            format!(
                "The TXT record at {name} has another value. Publish the value above, then try again."
            )
        }
        Some(_) | None => {
            format!("No TXT record found at {name}. Publish the record above, then try again.")
        }
    }
}
