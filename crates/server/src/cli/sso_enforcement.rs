//! `vestibule sso-requirement …`

use clap::Subcommand;
use runtime::app::App;
use service::sso_enforcement::{DryRun, Exemption};
use service::{Actor, Listing, recovery, sso_enforcement};

use super::Ending;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show who would be locked out if single sign-on were required, or is
    Show {
        /// The organization's id or slug
        organization: String,
    },
    /// Require single sign-on no longer
    Undo {
        /// The organization's id or slug
        organization: String,
    },
    /// Exempt a member by name
    Exempt {
        /// The organization's id or slug
        organization: String,
        /// The member's id: mem_…
        member: String,
    },
    /// Exempt a member no longer
    Unexempt {
        /// The organization's id or slug
        organization: String,
        /// The member's id: mem_…
        member: String,
    },
    /// Give an administrator fresh recovery codes, in place of all that they had
    RecoveryCodes {
        /// The organization's id or slug
        organization: String,
        /// The member's id: mem_…
        member: String,
    },
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Show { organization } => {
            show(sso_enforcement::dry_run(app, &organization).await?, output);
        }
        Command::Undo { organization } => {
            show(
                sso_enforcement::undo(app, actor, &organization).await?,
                output,
            );
        }
        Command::Exempt {
            organization,
            member,
        } => {
            let place = (organization.as_str(), member.as_str());
            let granted = Exemption::Granted;
            show(
                sso_enforcement::exempt(app, actor, place, granted).await?,
                output,
            );
        }
        Command::Unexempt {
            organization,
            member,
        } => {
            let place = (organization.as_str(), member.as_str());
            let withdrawn = Exemption::Withdrawn;
            show(
                sso_enforcement::exempt(app, actor, place, withdrawn).await?,
                output,
            );
        }
        Command::RecoveryCodes {
            organization,
            member,
        } => {
            let place = (organization.as_str(), member.as_str());
            let made = recovery::issue(app, actor, place).await?;
            if output == Output::Json {
                output.object(&made);
            }
            made.codes.iter().for_each(|code| output.say(code));
            output.say("\nEach is good once. They are shown this once.");
        }
    }
    Ok(())
}

fn show(report: DryRun, output: Output) {
    if output == Output::Json {
        output.object(&report);
        return;
    }
    output.say(&match &report.enforced_since {
        Some(since) => format!("Single sign-on is required since {since}."),
        None => "Single sign-on is not required.".to_owned(),
    });
    if !report.can_recover {
        output.say("No administrator has an exemption or a recovery code: nobody could come in if the identity provider let nobody in.");
    }
    let members = Listing {
        items: report.members,
        next: None,
    };
    output.list(&members, &["access", "member", "role", "email", "detail"]);
}
