//! `vestibule member …`

use clap::Subcommand;
use runtime::app::App;
use serde_json::json;
use service::account_move::NewAccountMove;
use service::member::MemberRef;
use service::{Actor, account_move, json, member};

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the accounts of a member at identity providers
    Accounts {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
    /// List the other members with the same verified email address
    Duplicates {
        /// Organization ID or slug
        organization: String,
        /// Member ID (mem_…)
        member: String,
    },
    /// Merge another member into a member, who keeps the ID (sub) and receives the accounts. Can't be undone. Without --yes, only shows what would happen
    Merge {
        /// Organization ID or slug
        organization: String,
        /// ID of the member who stays (mem_…)
        member: String,
        /// ID of the member who is deleted and signed out (mem_…)
        #[arg(long, value_name = "MEMBER")]
        from: String,
        /// Merge the members
        #[arg(long)]
        yes: bool,
    },
    /// Move members to another connection: they keep their ID when they sign in through it. Without --yes, only shows what would happen
    Move {
        /// Organization ID or slug
        organization: String,
        /// Connection that the members use now (con_…)
        #[arg(long, value_name = "CONNECTION")]
        from: String,
        /// Connection that they will use (con_…)
        #[arg(long, value_name = "CONNECTION")]
        to: String,
        /// Start the move
        #[arg(long)]
        yes: bool,
    },
    /// List the moves of members between connections, newest first
    Moves {
        /// Organization ID or slug
        organization: String,
    },
    /// Undo a move: members lose the account at the new connection and are signed out
    UndoMove {
        /// Organization ID or slug
        organization: String,
        /// Move ID (mov_…)
        r#move: String,
    },
}

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Accounts {
            organization,
            member,
        } => {
            let all = member::list_accounts(app, MemberRef::new(&organization, &member)).await?;
            let columns = ["connection", "issuer", "subject", "created_at"];
            output.list(&all, &columns, "No accounts yet.");
        }
        Command::Duplicates {
            organization,
            member,
        } => {
            let all = member::list_duplicates(app, MemberRef::new(&organization, &member)).await?;
            let columns = ["id", "email", "name", "role", "created_at"];
            output.list(&all, &columns, "No other member has this email address.");
        }
        Command::Merge {
            organization,
            member,
            from,
            yes,
        } => {
            let survivor = MemberRef::new(&organization, &member);
            let merge = json::from_value(json!({ "from": from }))?;
            if yes {
                output.object(&member::merge(app, actor, survivor, merge).await?);
            } else {
                output.object(&member::preview_merge(app, survivor, &merge).await?);
                output.message("\nNothing has changed. Merge the members with --yes.");
            }
        }
        Command::Move {
            organization,
            from,
            to,
            yes,
        } => {
            let new = json::from_value(json!({ "from": from, "to": to }))?;
            move_members(app, &organization, &new, yes, output).await?;
        }
        Command::Moves { organization } => {
            let all = account_move::list(app, &organization).await?;
            let columns = ["id", "state", "moved", "from", "to", "started_at"];
            output.list(&all, &columns, "No moves yet.");
        }
        Command::UndoMove {
            organization,
            r#move: id,
        } => {
            output.object(&account_move::undo(app, actor, &organization, &id).await?);
        }
    }
    Ok(())
}

async fn move_members(
    app: &App,
    organization: &str,
    new: &NewAccountMove,
    is_confirmed: bool,
    output: Output,
) -> Result<(), CliError> {
    if is_confirmed {
        let actor = &Actor::CommandLine;
        output.object(&account_move::start(app, actor, organization, new).await?);
    } else {
        output.object(&account_move::preview(app, organization, new).await?);
        output.message("\nNothing has changed. Start the move with --yes.");
    }
    Ok(())
}
