//! Requiring single sign-on: everybody in an organization has to come through its identity provider.
//!
//! Nobody is removed by it and it can be undone at once. Who turns it on must have come that way a moment ago, so that
//! nobody shuts a door behind which they stand themselves.

mod dry_run;

pub use dry_run::{Access, DryRun, MemberImpact};
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde_json::json;
use store::{
    Attempt, AttemptKind, AttemptOutcome, Connection, ConnectionState, ConsoleSession,
    ConsoleSignInMethod, Member, MemberId, Organization, OrganizationId, Page, PersonId,
    SsoEnforcement, StoreError, Tx,
};

use super::audit_log::Deed;
use super::{Actor, Undone, instant, organization, plan};

/// Within this whoever requires it must have come through the identity provider.
const RECENT: SignedDuration = SignedDuration::from_mins(15);
/// The most members that a dry run looks at in one page of the database.
const PAGE: u32 = 500;

/// Since when it is required, and by whom; nothing while it is not.
///
/// # Errors
///
/// When the database fails.
pub async fn requirement(
    app: &App,
    organization: &Organization,
) -> Result<Option<SsoEnforcement>, Problem> {
    let id = organization.id.clone();
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&id)
        .sso_enforcement()
        .await?;
    Ok(found)
}

/// Tells for each member what would become of them, without changing anything.
///
/// # Errors
///
/// When there is no such organization.
pub async fn dry_run(app: &App, named: &str) -> Result<DryRun, Problem> {
    let organization = organization::find(app, named).await?;
    let id = organization.id.clone();
    let (members, means, domains, connections, requirement) = {
        let mut tx = app.store.snapshot().await?;
        let mut place = tx.organization(&id);
        let mut members: Vec<Member> = Vec::new();
        loop {
            let after = members.last().map(|last| last.id.to_string());
            let part = place.members(&Page { after, size: PAGE }).await?;
            if part.is_empty() {
                break;
            }
            members.extend(part);
        }
        Ok::<_, StoreError>((
            members,
            place.sign_in_options().await?,
            place.domains().await?,
            place.connections().await?,
            place.sso_enforcement().await?,
        ))?
    };
    let members = dry_run::assess(&members, &means, &domains, &connections);
    Ok(DryRun::new(requirement.as_ref(), members))
}

/// Requires that everybody come through the identity provider.
///
/// # Errors
///
/// When the organization's plan does not include SAML single sign-on, it has no active connection, or the person is no
/// member of it who has come through one within the last 15 minutes.
pub async fn require(app: &App, person: &PersonId, named: &str) -> Result<DryRun, Problem> {
    let organization = organization::find(app, named).await?;
    check_may_require(app, person, &organization).await?;
    let now = app.clock.now();
    let actor = Actor::Person(person.clone());
    let report = dry_run(app, named).await?;
    let after = json!({
        "sso_enforced_since": instant(now),
        "locked_out": report.locked_out,
    });
    let event =
        deed(&actor, &organization, "organization.require_sso").event(app, None, Some(after));
    let requirement = SsoEnforcement {
        since: now,
        by: Some(actor.to_string()),
    };
    let (config, person) = (app.config.clone(), person.clone());
    app.store
        .write(async move |tx| {
            // As it is now: the connection may have been switched off, or the plan lowered, since it was read.
            hold(tx, &organization.id).await?;
            let there = tx.organization(&organization.id).lock().await?;
            let gone = || Problem::not_found("organization", organization.id.as_str());
            plan::check_sso(&config.plans, &there.ok_or_else(gone)?)?;
            check_recent(tx, (&person, &organization.id), now).await?;
            if tx
                .organization(&organization.id)
                .enforce_sso(&requirement)
                .await?
            {
                tx.add_audit_entry(&event).await?;
            }
            Ok::<_, Undone>(())
        })
        .await?;
    dry_run(app, named).await
}

/// Refuses whoever may not require it now: that the reason is known before they press the button.
///
/// # Errors
///
/// As [`require`].
pub async fn check_may_require(
    app: &App,
    person: &PersonId,
    organization: &Organization,
) -> Result<(), Problem> {
    plan::check_sso(&app.config.plans, organization)?;
    let mut tx = app.store.snapshot().await?;
    let checked = check_recent(&mut tx, (person, &organization.id), app.clock.now()).await;
    checked.map_err(Problem::from)
}

/// Sees to it that nobody else changes the connections of an organization until the unit of work ends.
async fn hold(tx: &mut Tx, organization: &OrganizationId) -> Result<(), StoreError> {
    let mut place = tx.organization(organization);
    for connection in place.connections().await? {
        place.lock_connection(&connection.id).await?;
    }
    Ok(())
}

/// Requires it no longer, at once. Whoever has an account may come in as before.
///
/// # Errors
///
/// When there is no such organization.
pub async fn undo(app: &App, actor: &Actor, named: &str) -> Result<DryRun, Problem> {
    let organization = organization::find(app, named).await?;
    let event =
        deed(actor, &organization, "organization.stop_requiring_sso").event(app, None, None);
    app.store
        .write(async move |tx| {
            if tx
                .organization(&organization.id)
                .stop_enforcing_sso()
                .await?
            {
                tx.add_audit_entry(&event).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    dry_run(app, named).await
}

/// Whether a member has to come through the identity provider where everybody has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exemption {
    /// They need not.
    Granted,
    /// They have to, as everybody.
    Withdrawn,
}

/// Exempts a member by name, or no longer.
///
/// # Errors
///
/// When the organization has no such member.
pub async fn exempt(
    app: &App,
    actor: &Actor,
    (named, member): (&str, &str),
    exemption: Exemption,
) -> Result<DryRun, Problem> {
    let organization = organization::find(app, named).await?;
    let unknown = || Problem::not_found("member", member);
    let id = MemberId::parse(member).map_err(|_| unknown())?;
    let (since, action) = match exemption {
        Exemption::Granted => (Some(app.clock.now()), "member.exempt_from_sso"),
        Exemption::Withdrawn => (None, "member.no_longer_exempt_from_sso"),
    };
    let deed = Deed {
        actor,
        organization: Some(&organization.id),
        action,
        subject: id.as_str(),
    };
    let event = deed.event(app, None, None);
    let refused = unknown();
    let tenant = organization.id.clone();
    app.store
        .write(async move |tx| {
            if !tx
                .organization(&tenant)
                .set_sso_exemption(&id, since)
                .await?
            {
                return Err(refused.into());
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    dry_run(app, named).await
}

/// Refuses whoever has not shown a moment ago that they can come in by what they are about to require.
async fn check_recent(
    tx: &mut Tx,
    (person, organization): (&PersonId, &OrganizationId),
    now: Timestamp,
) -> Result<(), Undone> {
    let since = now - RECENT;
    let sessions = tx.console_sessions_of(person, now, RECENT).await?;
    let memberships = tx.memberships_of(person).await?;
    let theirs = memberships
        .into_iter()
        .find(|one| one.organization == *organization);
    let mut place = tx.organization(organization);
    let attempts = match theirs {
        Some(membership) => {
            place
                .accepted_attempts_of(&membership.member, since)
                .await?
        }
        None => Vec::new(),
    };
    let connections = place.connections().await?;
    let active: Vec<&Connection> = connections
        .iter()
        .filter(|one| one.state() == ConnectionState::Active)
        .collect();
    if active.is_empty() {
        return Err(Problem::new(ProblemCode::NoActiveConnection).into());
    }
    let by_attempt = active
        .iter()
        .any(|connection| attempts.iter().any(|one| shows(one, connection)));
    let by_session = sessions.iter().any(|session| {
        session.created_at >= since
            && session.organization.as_ref() == Some(organization)
            && active.iter().any(|one| came_through(session, one))
    });
    if by_attempt || by_session {
        return Ok(());
    }
    Err(Problem::new(ProblemCode::NoRecentSignIn).into())
}

/// Whether an attempt shows that somebody can come in through a connection as it is.
fn shows(attempt: &Attempt, connection: &Connection) -> bool {
    let is_through_it = attempt.connection == connection.id
        && attempt.outcome == Some(AttemptOutcome::Accepted)
        && attempt.finished_at.is_some();
    is_through_it
        && match attempt.kind {
            AttemptKind::SignIn => true,
            // A test of a draft that was not published says nothing of the connection.
            AttemptKind::Test => connection.lifecycle.tested_at >= attempt.finished_at,
        }
}

fn came_through(session: &ConsoleSession, connection: &Connection) -> bool {
    session.method == ConsoleSignInMethod::Sso
        && session.connection.as_ref() == Some(&connection.id)
}

fn deed<'d>(actor: &'d Actor, organization: &'d Organization, action: &'static str) -> Deed<'d> {
    Deed {
        actor,
        organization: Some(&organization.id),
        action,
        subject: organization.id.as_str(),
    }
}
