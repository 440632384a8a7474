//! `vestibule sso-enforcement …`

use clap::Subcommand;
use i18n::{Language, Localizer};
use runtime::app::App;
use service::member::MemberRef;
use service::sso_enforcement::{DryRun, Exemption};
use service::{Actor, Listing, recovery, sso_enforcement};

use super::CliError;
use super::output::Output;

/// The language of mails that a command causes.
const ENGLISH: Localizer = Localizer::new(Language::English);

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show whether SSO is enforced, and which members it affects
    Show {
        /// Organization ID or slug
        organization: String,
    },
    /// Turn off SSO enforcement
    TurnOff {
        /// Organization ID or slug
        organization: String,
    },
    /// Exempt a member, who can then still sign in to the console without SSO
    Exempt {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
    /// Remove the exemption of a member
    RemoveExemption {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
    /// Confirm that the recovery codes of an admin are saved. SSO can be enforced with saved codes
    ConfirmRecoveryCodes {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
    /// Generate recovery codes for an admin. Their earlier codes stop working
    GenerateRecoveryCodes {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Show { organization } => {
            print(sso_enforcement::dry_run(app, &organization).await?, output);
        }
        Command::TurnOff { organization } => {
            print(
                sso_enforcement::stop_enforcing(app, actor, &organization, ENGLISH).await?,
                output,
            );
        }
        Command::Exempt {
            organization,
            member,
        } => {
            let member = MemberRef::new(&organization, &member);
            print(
                sso_enforcement::exempt(app, actor, member, Exemption::Granted).await?,
                output,
            );
        }
        Command::RemoveExemption {
            organization,
            member,
        } => {
            let member = MemberRef::new(&organization, &member);
            print(
                sso_enforcement::exempt(app, actor, member, Exemption::Withdrawn).await?,
                output,
            );
        }
        Command::ConfirmRecoveryCodes {
            organization,
            member,
        } => {
            let member = MemberRef::new(&organization, &member);
            recovery::confirm_saved(app, actor, member).await?;
            output.message("The recovery codes are confirmed as saved.");
        }
        Command::GenerateRecoveryCodes {
            organization,
            member,
        } => {
            let member = MemberRef::new(&organization, &member);
            let issued = recovery::issue(app, actor, member).await?;
            if output == Output::Json {
                output.object(&issued);
            }
            issued.codes.iter().for_each(|code| output.message(code));
            output.message(
                "\nStore these codes now: they won't be shown again. Each code works once. When they are saved, run: vestibule sso-enforcement confirm-recovery-codes",
            );
        }
    }
    Ok(())
}

fn print(report: DryRun, output: Output) {
    if output == Output::Json {
        output.object(&report);
        return;
    }
    output.message(&match &report.enforced_since {
        Some(since) => format!("SSO has been enforced since {since}."),
        None => "SSO is not enforced.".to_owned(),
    });
    if !report.can_recover {
        output.message("No admin has saved recovery codes, or an exemption and another way to sign in. If the identity provider stops working, no admin can regain access.");
    }
    let members = Listing {
        items: report.members,
        next: None,
    };
    let columns = ["access", "member", "role", "email", "detail"];
    output.list(&members, &columns, "No members yet.");
}
