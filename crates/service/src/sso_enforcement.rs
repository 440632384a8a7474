//! SSO enforcement: all members of an organization must sign in through its identity provider.
//!
//! Enforcement removes no members and can be stopped at any time. The administrator who enforces SSO must have signed in
//! with SSO recently, and an administrator must be able to sign in without the identity provider, so that administrators
//! do not lock themselves out.

mod dry_run;
mod sso_access;

pub use dry_run::{Access, DryRun, MemberImpact};
use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde_json::json;
use sso_access::SsoAccess;
use store::{
    Attempt, AttemptKind, AttemptOutcome, Connection, ConnectionState, ConsoleSession,
    ConsoleSignInMethod, Member, MemberFilter, MemberId, Organization, OrganizationId, Page,
    PersonId, SsoEnforcement, StoreError, Tx,
};

use super::admin_mail::{self, AdminMail};
use super::audit_log::AuditRecord;
use super::member::MemberRef;
use super::{Actor, TxError, actor_name, instant, organization, plan};

/// The maximum age of the administrator's last SSO sign-in.
const MAX_SIGN_IN_AGE: SignedDuration = SignedDuration::from_mins(15);
const MEMBERS_PAGE_SIZE: u32 = 500;

pub async fn find(
    app: &App,
    organization: &Organization,
) -> Result<Option<SsoEnforcement>, Problem> {
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .sso_enforcement()
        .await?;
    Ok(found)
}

/// Reports the impact of enforcement on each member, without enforcing SSO.
pub async fn dry_run(app: &App, org_id_or_slug: &str) -> Result<DryRun, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&organization.id);
    let mut members: Vec<Member> = Vec::new();
    loop {
        let after = members.last().map(|last| last.id.to_string());
        let page = Page {
            after,
            size: MEMBERS_PAGE_SIZE,
        };
        let next_members = org_tx.members(&MemberFilter::default(), &page).await?;
        if next_members.is_empty() {
            break;
        }
        members.extend(next_members);
    }
    let sign_in_options = org_tx.sign_in_options().await?;
    let domains = org_tx.domains().await?;
    let enforcement = org_tx.sso_enforcement().await?;
    let access = SsoAccess::new(
        org_tx.connections().await?,
        org_tx.routing_rules().await?,
        org_tx.active_accounts().await?,
    );
    let members = dry_run::assess(&members, &sign_in_options, &domains, &access);
    Ok(DryRun::new(enforcement.as_ref(), members))
}

/// Whether SSO may be enforced while no administrator can sign in without the identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    Required,
    /// The administrator has stated in words that it is not needed.
    Overridden,
}

/// A request to enforce SSO.
#[derive(Clone, Copy, Debug)]
pub struct EnforceRequest<'r> {
    /// The administrator who enforces SSO.
    pub person: &'r PersonId,
    /// The ID or the slug of the organization.
    pub organization: &'r str,
    pub recovery: Recovery,
    /// The language of the mail to the administrators.
    pub text: Localizer,
}

/// Enforces SSO, and tells the administrators by email.
///
/// # Errors
///
/// When the organization's plan does not include SAML single sign-on, the organization has no active connection, or the
/// person has not signed in through one as a member within the last 15 minutes; [`ProblemCode::NoRecovery`] when no
/// administrator can sign in without the identity provider.
pub async fn enforce(app: &App, request: EnforceRequest<'_>) -> Result<DryRun, Problem> {
    let organization = organization::find(app, request.organization).await?;
    check_can_enforce(app, request.person, &organization).await?;
    let now = app.clock.now();
    let actor = Actor::Person(request.person.clone());
    let report = dry_run(app, request.organization).await?;
    let recovery = request.recovery;
    let after = json!({
        "sso_enforced_since": instant(now),
        "locked_out": report.locked_out,
        "can_recover": report.can_recover,
    });
    let entry =
        audit(&actor, &organization, "organization.sso_enforced").entry(app, None, Some(after));
    let enforcement = SsoEnforcement {
        since: now,
        by: Some(actor.to_string()),
    };
    let config = app.config.clone();
    let person = request.person.clone();
    let id = organization.id.clone();
    let has_changed = app
        .store
        .write(async move |tx| {
            // A connection may have been disabled, or the plan changed, since the check above.
            lock_connections(tx, &id).await?;
            let current = tx.organization(&id).lock().await?;
            let not_found = || Problem::not_found("organization", id.as_str());
            plan::check_sso(&config.plans, &current.ok_or_else(not_found)?)?;
            check_recent_sign_in(tx, &person, &id, now).await?;
            let mut organization = tx.organization(&id);
            let options = organization.sign_in_options().await?;
            if recovery == Recovery::Required && !options.iter().any(dry_run::can_recover) {
                return Err(Problem::new(ProblemCode::NoRecovery).into());
            }
            let has_changed = organization.enforce_sso(&enforcement).await?;
            if has_changed {
                tx.add_audit_entry(&entry).await?;
            }
            Ok::<_, TxError>(has_changed)
        })
        .await?;
    if has_changed {
        notify_admins(app, request.text, &actor, &organization, "enforced").await?;
    }
    dry_run(app, request.organization).await
}

async fn notify_admins(
    app: &App,
    text: Localizer,
    actor: &Actor,
    organization: &Organization,
    event: &'static str,
) -> Result<(), Problem> {
    let mail = AdminMail {
        event,
        page: "sso-enforcement",
        variables: vec![("who", actor_name(app, text, &actor.to_string()).await?)],
    };
    admin_mail::send(app, text, organization, mail).await;
    Ok(())
}

/// Checks the preconditions of [`enforce`], so that a page can show the reason early.
pub async fn check_can_enforce(
    app: &App,
    person: &PersonId,
    organization: &Organization,
) -> Result<(), Problem> {
    plan::check_sso(&app.config.plans, organization)?;
    let mut tx = app.store.snapshot().await?;
    let checked = check_recent_sign_in(&mut tx, person, &organization.id, app.clock.now()).await;
    checked.map_err(Problem::from)
}

/// Locks all connections of an organization until the transaction ends.
async fn lock_connections(tx: &mut Tx, organization: &OrganizationId) -> Result<(), StoreError> {
    let mut org_tx = tx.organization(organization);
    for connection in org_tx.connections().await? {
        org_tx.lock_connection(&connection.id).await?;
    }
    Ok(())
}

/// Stops enforcement, and tells the administrators by email. All members can sign in as before.
pub async fn stop_enforcing(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    text: Localizer,
) -> Result<DryRun, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let entry = audit(
        actor,
        &organization,
        "organization.sso_enforcement_disabled",
    )
    .entry(app, None, None);
    let id = organization.id.clone();
    let has_changed = app
        .store
        .write(async move |tx| {
            let has_changed = tx.organization(&id).stop_enforcing_sso().await?;
            if has_changed {
                tx.add_audit_entry(&entry).await?;
            }
            Ok::<_, StoreError>(has_changed)
        })
        .await?;
    if has_changed {
        notify_admins(app, text, actor, &organization, "not-enforced").await?;
    }
    dry_run(app, org_id_or_slug).await
}

/// The exemption of a member from enforcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exemption {
    Granted,
    Withdrawn,
}

/// Exempts a member from enforcement, or withdraws the exemption.
pub async fn exempt(
    app: &App,
    actor: &Actor,
    member: MemberRef<'_>,
    exemption: Exemption,
) -> Result<DryRun, Problem> {
    let organization = organization::find(app, member.organization).await?;
    let not_found = || Problem::not_found("member", member.member);
    let id = MemberId::parse(member.member).map_err(|_| not_found())?;
    let (since, action) = match exemption {
        Exemption::Granted => (Some(app.clock.now()), "member.sso_exemption_granted"),
        Exemption::Withdrawn => (None, "member.sso_exemption_removed"),
    };
    let record = AuditRecord {
        actor,
        organization: Some(&organization.id),
        action,
        subject: id.as_str(),
    };
    let entry = record.entry(app, None, None);
    let not_found = not_found();
    app.store
        .write(async move |tx| {
            if !tx
                .organization(&organization.id)
                .set_sso_exemption(&id, since)
                .await?
            {
                return Err(not_found.into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    dry_run(app, member.organization).await
}

/// Fails unless the person has recently signed in through an active connection of the organization.
async fn check_recent_sign_in(
    tx: &mut Tx,
    person: &PersonId,
    organization: &OrganizationId,
    now: Timestamp,
) -> Result<(), TxError> {
    let since = now - MAX_SIGN_IN_AGE;
    let sessions = tx.console_sessions_of(person, now, MAX_SIGN_IN_AGE).await?;
    let memberships = tx.memberships_of(person).await?;
    let membership = memberships
        .into_iter()
        .find(|membership| membership.organization == *organization);
    let mut org_tx = tx.organization(organization);
    let attempts = match membership {
        Some(membership) => {
            org_tx
                .accepted_attempts_of(&membership.member, since)
                .await?
        }
        None => Vec::new(),
    };
    let connections = org_tx.connections().await?;
    let active: Vec<&Connection> = connections
        .iter()
        .filter(|connection| connection.state() == ConnectionState::Active)
        .collect();
    if active.is_empty() {
        return Err(Problem::new(ProblemCode::NoActiveConnection).into());
    }
    let has_attempt = active.iter().any(|connection| {
        attempts
            .iter()
            .any(|attempt| proves_sign_in(attempt, connection))
    });
    let has_session = sessions.iter().any(|session| {
        session.created_at >= since
            && session.organization.as_ref() == Some(organization)
            && active
                .iter()
                .any(|connection| is_sso_session(session, connection))
    });
    if has_attempt || has_session {
        return Ok(());
    }
    Err(Problem::new(ProblemCode::NoRecentSignIn).into())
}

/// Whether an attempt proves that its member can sign in through the published settings of a connection.
fn proves_sign_in(attempt: &Attempt, connection: &Connection) -> bool {
    let is_accepted = attempt.connection == connection.id
        && attempt.outcome == Some(AttemptOutcome::Accepted)
        && attempt.finished_at.is_some();
    is_accepted
        && match attempt.kind {
            AttemptKind::SignIn => true,
            // A test of an unpublished draft proves nothing about the published settings.
            AttemptKind::Test => connection.lifecycle.tested_at >= attempt.finished_at,
        }
}

fn is_sso_session(session: &ConsoleSession, connection: &Connection) -> bool {
    session.method == ConsoleSignInMethod::Sso
        && session.connection.as_ref() == Some(&connection.id)
}

fn audit<'d>(
    actor: &'d Actor,
    organization: &'d Organization,
    action: &'static str,
) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(&organization.id),
        action,
        subject: organization.id.as_str(),
    }
}
