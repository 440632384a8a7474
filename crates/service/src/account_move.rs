//! Moving the members of an organization from one connection to another, when a customer changes its identity provider.
//!
//! A member is recognized by the account at a connection. While a move is open, the first sign-in of a member through the
//! new connection adds an account there, found by the verified email address, so that the member keeps its ID.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{AccountMove, AccountMoveId, ConnectionId, Member, OrganizationId, OrganizationTx};
use utoipa::ToSchema;

use super::audit_log::AuditRecord;
use super::{Actor, Listing, TxError, instant, json, organization, to_json};

/// How long a move is open: a member who has not signed in through the new connection by then is matched no more.
const MOVE_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How many of the members whom a move does not concern a preview lists.
const MAX_LISTED_MEMBERS: u32 = 100;

/// A move of members from one connection to another.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewAccountMove {
    /// The ID of the connection that the members use now.
    #[schema(example = "con_4xk6t7yq2m5c3w6lz4ys2n7pba")]
    pub from: String,
    /// The ID of the connection that they will use.
    #[schema(example = "con_7pba4xk6t7yq2m5c3w6lz4ys2n")]
    pub to: String,
}

/// What a move would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountMovePreview {
    /// The ID of the connection that the members use now.
    pub from: String,
    /// The ID of the connection that they will use.
    pub to: String,
    /// The number of members with an account at the first connection.
    pub members: u64,
    /// The number of members who keep their ID when they sign in through the second connection.
    pub movable: u64,
    /// The other members, at most 100.
    pub not_movable: Vec<NotMovable>,
}

/// A member whom a move does not concern.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotMovable {
    /// The member ID.
    pub member: String,
    /// The email address.
    pub email: Option<String>,
    /// `deactivated`, `no-verified-email`, `has-account` (at the second connection already) or `same-email` (as another
    /// member; merge them first).
    pub reason: &'static str,
}

/// A move of members.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AccountMove)]
pub struct AccountMoveView {
    /// The ID of the move.
    pub id: String,
    /// The ID of the connection that the members used.
    pub from: String,
    /// The ID of the connection that they use from now on.
    pub to: String,
    /// `open`, `expired` or `undone`.
    pub state: &'static str,
    /// The number of members who have signed in through the second connection since.
    pub moved: u64,
    /// Who started it.
    pub started_by: String,
    /// When it was started.
    #[schema(format = DateTime)]
    pub started_at: String,
    /// When it ends. Members who have moved by then keep their account.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// When it was undone.
    #[schema(format = DateTime)]
    pub undone_at: Option<String>,
}

/// The connections of a move, which belong to the organization.
#[derive(Clone, Debug)]
struct Route {
    organization: OrganizationId,
    from: ConnectionId,
    to: ConnectionId,
}

/// Tells what a move would do, and changes nothing.
pub async fn preview(
    app: &App,
    org_id_or_slug: &str,
    new: &NewAccountMove,
) -> Result<AccountMovePreview, Problem> {
    let route = find_route(app, org_id_or_slug, new).await?;
    let mut tx = app.store.snapshot().await?;
    let mut organization = tx.organization(&route.organization);
    let counts = organization.count_movable(&route.from, &route.to).await?;
    let others = organization
        .unmovable_members(&route.from, &route.to, MAX_LISTED_MEMBERS)
        .await?;
    let mut not_movable = Vec::new();
    for member in others {
        let reason = reason(&mut organization, &route, &member).await?;
        not_movable.push(NotMovable {
            member: member.id.to_string(),
            email: member.profile.email,
            reason,
        });
    }
    Ok(AccountMovePreview {
        from: route.from.to_string(),
        to: route.to.to_string(),
        members: counts.accounts,
        movable: counts.movable,
        not_movable,
    })
}

async fn reason(
    organization: &mut OrganizationTx<'_>,
    route: &Route,
    member: &Member,
) -> Result<&'static str, Problem> {
    if member.deactivated_at.is_some() {
        return Ok("deactivated");
    }
    if member.profile.email.is_none() || member.profile.email_verified_at.is_none() {
        return Ok("no-verified-email");
    }
    let accounts = organization.identities(&member.id).await?;
    let has_account = accounts
        .iter()
        .any(|identity| identity.account.connection == route.to);
    Ok(if has_account {
        "has-account"
    } else {
        "same-email"
    })
}

/// Starts a move.
///
/// # Errors
///
/// The problem `account-move-open` when a move between the connections is open already.
pub async fn start(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    new: &NewAccountMove,
) -> Result<AccountMoveView, Problem> {
    let route = find_route(app, org_id_or_slug, new).await?;
    let now = app.clock.now();
    let started = AccountMove {
        id: AccountMoveId::from_random(random::bytes()),
        from: route.from.clone(),
        to: route.to.clone(),
        started_by: actor.to_string(),
        started_at: now,
        expires_at: now + MOVE_LIFETIME,
        undone_at: None,
        moved: 0,
    };
    let (app, actor) = (app.clone(), actor.clone());
    let store = app.store.clone();
    let written = store.write(async move |tx| {
        let mut organization = tx.organization(&route.organization);
        organization.lock_connection(&route.to).await?;
        let moves = organization.account_moves().await?;
        let is_same =
            |other: &AccountMove| (&other.from, &other.to) == (&started.from, &started.to);
        if moves
            .iter()
            .any(|other| is_same(other) && state(other, now) == "open")
        {
            return Err(Problem::new(ProblemCode::AccountMoveOpen).into());
        }
        organization.add_account_move(&started).await?;
        let view = view(&app, &started);
        let record = audit(
            &actor,
            &route.organization,
            "account_move.started",
            &started.id,
        );
        tx.add_audit_entry(&record.entry(&app, None, Some(to_json(&view))))
            .await?;
        Ok::<_, TxError>(view)
    });
    written.await.map_err(Problem::from)
}

/// The moves of an organization, newest first.
pub async fn list(app: &App, org_id_or_slug: &str) -> Result<Listing<AccountMoveView>, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let moves = tx.organization(&organization.id).account_moves().await?;
    let moves = moves.iter().map(|one| view(app, one));
    Ok(Listing::whole(moves.collect()))
}

/// Undoes a move: members who have moved lose the account at the new connection, and their sessions end. They are the
/// same members at the old connection.
pub async fn undo(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    id: &str,
) -> Result<AccountMoveView, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?.id;
    let not_found = || Problem::not_found("move", id);
    let key = AccountMoveId::parse(id).map_err(|_| not_found())?;
    let mut tx = app.store.snapshot().await?;
    let found = tx.organization(&organization).account_move(&key).await?;
    drop(tx);
    let before = found.ok_or_else(not_found)?;
    let undone = AccountMove {
        undone_at: Some(before.undone_at.unwrap_or_else(|| app.clock.now())),
        moved: 0,
        ..before.clone()
    };
    end(app, actor, &organization, &before, &undone).await?;
    app.store
        .write_in_batches(async move |tx| {
            let mut organization = tx.organization(&organization);
            organization.delete_moved_accounts(&key).await
        })
        .await?;
    Ok(view(app, &undone))
}

async fn end(
    app: &App,
    actor: &Actor,
    organization: &OrganizationId,
    before: &AccountMove,
    undone: &AccountMove,
) -> Result<(), Problem> {
    let (app, actor, organization) = (app.clone(), actor.clone(), organization.clone());
    let (before, undone) = (before.clone(), undone.clone());
    let at = app.clock.now();
    let store = app.store.clone();
    let written = store.write(async move |tx| {
        let mut tenant = tx.organization(&organization);
        if !tenant.end_account_move(&undone.id, at).await? {
            return Ok(());
        }
        let record = audit(&actor, &organization, "account_move.undone", &undone.id);
        let (before, after) = (view(&app, &before), view(&app, &undone));
        let entry = record.entry(&app, Some(to_json(&before)), Some(to_json(&after)));
        Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
    });
    written.await.map_err(Problem::from)
}

async fn find_route(
    app: &App,
    org_id_or_slug: &str,
    new: &NewAccountMove,
) -> Result<Route, Problem> {
    json::validate(new)?;
    let organization = organization::find(app, org_id_or_slug).await?.id;
    let mut tx = app.store.snapshot().await?;
    let mut tenant = tx.organization(&organization);
    let from = find_connection(&mut tenant, &new.from).await?;
    let to = find_connection(&mut tenant, &new.to).await?;
    drop(tx);
    if from == to {
        return Err(Problem::field(
            "to",
            LocalizedText::key("problem-expected-other-connection"),
            format!("{:?}", to.as_str()),
        ));
    }
    Ok(Route {
        organization,
        from,
        to,
    })
}

async fn find_connection(
    organization: &mut OrganizationTx<'_>,
    text: &str,
) -> Result<ConnectionId, Problem> {
    let not_found = || Problem::not_found("connection", text);
    let id = ConnectionId::parse(text).map_err(|_| not_found())?;
    let found = organization.connection(&id).await?;
    Ok(found.ok_or_else(not_found)?.id)
}

fn state(one: &AccountMove, now: Timestamp) -> &'static str {
    match one.undone_at {
        Some(_) => "undone",
        None if one.expires_at <= now => "expired",
        None => "open",
    }
}

fn view(app: &App, one: &AccountMove) -> AccountMoveView {
    AccountMoveView {
        id: one.id.to_string(),
        from: one.from.to_string(),
        to: one.to.to_string(),
        state: state(one, app.clock.now()),
        moved: one.moved,
        started_by: one.started_by.clone(),
        started_at: instant(one.started_at),
        expires_at: instant(one.expires_at),
        undone_at: one.undone_at.map(instant),
    }
}

fn audit<'d>(
    actor: &'d Actor,
    organization: &'d OrganizationId,
    action: &'static str,
    id: &'d AccountMoveId,
) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(organization),
        action,
        subject: id.as_str(),
    }
}
