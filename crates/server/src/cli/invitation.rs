//! `vestibule organization members`, `invite-member`, `resend-invitation` and `withdraw-invitation`

use clap::Subcommand;
use i18n::{Language, Localizer};
use runtime::app::App;
use service::invitation::{Invitation, Inviter, InviterKind};
use service::member::{MemberQuery, MemberRef, NewMember};
use service::{Actor, invitation, member};

use super::CliError;
use super::output::{Output, all_pages};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the members of an organization
    Members {
        /// Organization ID or slug
        organization: String,
    },
    /// Invite a member, and mail the invitation
    InviteMember {
        /// Organization ID or slug
        organization: String,
        /// Email address of the member
        email: String,
        /// Full name
        #[arg(long)]
        name: Option<String>,
        /// Role [default: member]
        #[arg(long)]
        role: Option<String>,
        /// Send no email
        #[arg(long)]
        no_email: bool,
    },
    /// Send the invitation of a member who has not signed in yet again
    ResendInvitation {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
    /// Withdraw the invitation of a member who has not signed in yet
    WithdrawInvitation {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    match command {
        Command::Members { organization } => {
            let all = all_pages(async |page| {
                member::list(app, &organization, &MemberQuery::default(), &page).await
            })
            .await?;
            let columns = ["id", "email", "name", "role", "state"];
            output.list(&all, &columns, "No members yet.");
        }
        Command::InviteMember {
            organization,
            email,
            name,
            role,
            no_email,
        } => {
            let new = NewMember {
                email,
                name,
                role,
                send_email: Some(!no_email),
            };
            let invited = invitation::invite(app, &inviter(), &organization, new).await?;
            print(output, &invited);
        }
        Command::ResendInvitation {
            organization,
            member,
        } => {
            let member = MemberRef::new(&organization, &member);
            print(output, &invitation::resend(app, &inviter(), member).await?);
        }
        Command::WithdrawInvitation {
            organization,
            member,
        } => {
            let named = MemberRef::new(&organization, &member);
            invitation::withdraw(app, &Actor::CommandLine, named).await?;
            output.message(&format!("The invitation of {member} is withdrawn."));
        }
    }
    Ok(())
}

const fn inviter() -> Inviter {
    Inviter {
        actor: Actor::CommandLine,
        text: Localizer::new(Language::English),
        kind: InviterKind::Operator,
    }
}

fn print(output: Output, invited: &Invitation) {
    output.object(&invited.member);
    if invited.is_by_email() {
        output.message("\nThe invitation is mailed.");
    } else if let Some(link) = invited.link() {
        output.message(&format!(
            "\nThis server sends no email. Send this link to the member; it works once:\n  {}",
            link.address
        ));
    } else {
        output.message("\nNo email is sent. Tell the member to sign in with SSO.");
    }
}
