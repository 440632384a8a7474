//! Activating a connection: by an administrator, an operator or an API key, or through a setup link.
//!
//! An active connection lets its identity provider sign in members of the organization. So the recipient of a setup
//! link can activate the organization's first connection only, and after that request the activation of another one.
//! Every other activation is a confirmation as well.

use i18n::Localizer;
use runtime::app::App;
use runtime::mail::Mail;
use runtime::problem::{Problem, ProblemCode};
use serde_json::json;
use store::{
    ActivationRequest, Connection, ConnectionId, ConnectionState, Organization, OrganizationTx,
    SetupLink,
};

use super::etag::check_if_match;
use super::{ConnectionRef, ConnectionView, ETag, audit, check_complete, find, view};
use crate::audit_log::AuditRecord;
use crate::setup_link::SetupLinkTarget;
use crate::{Actor, TxError, actor_name, plan, role, setup_link, setup_link_policy};

/// Activates a connection, so that members can sign in through it. The actor confirms what a setup link has requested
/// or activated.
///
/// # Errors
///
/// When the connection is incomplete, the organization's plan does not include SAML single sign-on, or the connection
/// was changed since the caller read the revision.
pub async fn activate(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    if_match: Option<ETag>,
) -> Result<ConnectionView, Problem> {
    check_not_by_link(actor)?;
    let (organization, mut connection) = find(app, connection_ref).await?;
    plan::check_sso(&app.config.plans, &organization)?;
    check_complete(&connection)?;
    let now = app.clock.now();
    connection.lifecycle.activated_at = Some(now);
    connection.lifecycle.disabled_at = None;
    connection.lifecycle.unconfirmed_since = None;
    connection.activation_request = None;
    let view = view::view(app, &organization, &connection);
    let entry = |action| audit(actor, &connection, action).entry(app, None, None);
    let activated = entry("connection.activated");
    let confirmed = entry("connection.activation_confirmed");
    let config = app.config.clone();
    let by = actor.to_string();
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&connection.organization);
            // The plan may have changed since it was read, and must not change before this transaction ends.
            let organization = org_tx.lock().await?;
            let current = lock(&mut org_tx, &connection.id).await?;
            plan::check_sso(
                &config.plans,
                &organization.ok_or_else(|| not_found(&connection.id))?,
            )?;
            check_if_match(&mut org_tx, &current, if_match.as_ref()).await?;
            check_complete(&current)?;
            org_tx.activate(&connection.id, now).await?;
            org_tx.add_version(&current, now, &by).await?;
            if needs_confirmation(&current) {
                tx.add_audit_entry(&confirmed).await?;
            }
            Ok::<_, TxError>(tx.add_audit_entry(&activated).await?)
        })
        .await?;
    Ok(view)
}

/// What became of an activation with a setup link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkActivation {
    Activated,
    /// It waits for the confirmation of an administrator or operator, whom an email has told.
    Requested,
}

/// Activates the organization's first connection as the recipient of a setup link, or requests the activation of a
/// further one. `text` has the language of the mail to the administrators.
///
/// # Errors
///
/// When not all domains of the organization are verified by DNS, the recipient has not tested the current settings, or
/// the connection was active before; those of [`activate`].
pub async fn activate_with_link(
    app: &App,
    target: &SetupLinkTarget,
    if_match: Option<ETag>,
    text: Localizer,
) -> Result<LinkActivation, Problem> {
    let (organization, connection) = find(app, target.connection_ref()).await?;
    let actor = target.actor();
    let now = app.clock.now();
    let entry = |action| audit(&actor, &connection, action).entry(app, None, None);
    let activated = entry("connection.activated");
    let requested = entry("connection.activation_requested");
    let request = ActivationRequest {
        at: now,
        link: target.link.id.clone(),
    };
    let id = connection.id.clone();
    let organization_id = organization.id.clone();
    let config = app.config.clone();
    let by = actor.to_string();
    let outcome = app
        .store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&organization_id);
            let organization = org_tx.lock().await?.ok_or_else(|| not_found(&id))?;
            plan::check_sso(&config.plans, &organization)?;
            let current = lock(&mut org_tx, &id).await?;
            check_if_match(&mut org_tx, &current, if_match.as_ref()).await?;
            check_complete(&current)?;
            let link = org_tx.setup_link(&request.link).await?;
            check_link(&mut org_tx, &current, link.as_ref()).await?;
            if org_tx.was_sso_activated().await? {
                org_tx.request_activation(&id, &request).await?;
                tx.add_audit_entry(&requested).await?;
                return Ok(LinkActivation::Requested);
            }
            org_tx.activate_unconfirmed(&id, now).await?;
            org_tx.add_version(&current, now, &by).await?;
            tx.add_audit_entry(&activated).await?;
            Ok::<_, TxError>(LinkActivation::Activated)
        })
        .await?;
    if outcome == LinkActivation::Requested {
        notify_admins(app, text, &organization, &connection, &target.link).await?;
    }
    Ok(outcome)
}

/// Confirms what a setup link has requested or activated.
///
/// # Errors
///
/// `no-activation-request` when there is nothing to confirm; those of [`activate`].
pub async fn confirm_activation(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    if_match: Option<ETag>,
) -> Result<ConnectionView, Problem> {
    check_not_by_link(actor)?;
    let (organization, mut connection) = find(app, connection_ref).await?;
    if !needs_confirmation(&connection) {
        return Err(Problem::new(ProblemCode::NoActivationRequest));
    }
    if connection.state() != ConnectionState::Active {
        return activate(app, actor, connection_ref, if_match).await;
    }
    connection.lifecycle.unconfirmed_since = None;
    let view = view::view(app, &organization, &connection);
    let entry = audit(actor, &connection, "connection.activation_confirmed").entry(app, None, None);
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&connection.organization);
            let current = lock(&mut org_tx, &connection.id).await?;
            check_if_match(&mut org_tx, &current, if_match.as_ref()).await?;
            if !org_tx.confirm_activation(&connection.id).await? {
                return Err(Problem::new(ProblemCode::NoActivationRequest).into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(view)
}

/// Declines the activation that a setup link has requested, and revokes the link: its recipient must not ask again and
/// again.
///
/// # Errors
///
/// `no-activation-request` when there is no request.
pub async fn decline_activation(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
) -> Result<ConnectionView, Problem> {
    check_not_by_link(actor)?;
    let (organization, mut connection) = find(app, connection_ref).await?;
    let no_request = || Problem::new(ProblemCode::NoActivationRequest);
    let link = connection
        .activation_request
        .take()
        .ok_or_else(no_request)?
        .link;
    let view = view::view(app, &organization, &connection);
    let declined = audit(actor, &connection, "connection.activation_declined").entry(
        app,
        Some(json!({ "requested_by": link })),
        None,
    );
    let revoked = AuditRecord {
        actor,
        organization: Some(&organization.id),
        action: "setup_link.revoked",
        subject: link.as_str(),
    }
    .entry(app, None, None);
    let now = app.clock.now();
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&connection.organization);
            if !org_tx.end_activation_request(&link).await? {
                return Err(no_request().into());
            }
            let is_revoked = org_tx.revoke_setup_link(&link, now).await?;
            tx.add_audit_entry(&declined).await?;
            if is_revoked {
                tx.add_audit_entry(&revoked).await?;
            }
            Ok::<_, TxError>(())
        })
        .await?;
    Ok(view)
}

fn check_not_by_link(actor: &Actor) -> Result<(), Problem> {
    if setup_link_policy::applies_to(actor) {
        return Err(Problem::new(ProblemCode::NotAllowedWithSetupLink));
    }
    Ok(())
}

/// Whether a setup link has requested or made an activation that is not confirmed.
fn needs_confirmation(connection: &Connection) -> bool {
    connection.activation_request.is_some() || connection.lifecycle.unconfirmed_since.is_some()
}

async fn lock(org_tx: &mut OrganizationTx<'_>, id: &ConnectionId) -> Result<Connection, TxError> {
    org_tx.lock_connection(id).await?;
    let current = org_tx.connection(id).await?;
    Ok(current.ok_or_else(|| not_found(id))?)
}

fn not_found(id: &ConnectionId) -> Problem {
    Problem::not_found("connection", id.as_str())
}

/// Checks that the recipient of a link may activate its connection, or request that.
///
/// All domains of the organization must be verified by DNS: a manual verification says nothing about the recipient.
async fn check_link(
    org_tx: &mut OrganizationTx<'_>,
    current: &Connection,
    link: Option<&SetupLink>,
) -> Result<(), TxError> {
    if current.lifecycle.activated_at.is_some() || !org_tx.has_only_dns_verified_domains().await? {
        return Err(Problem::new(ProblemCode::NotAllowedWithSetupLink).into());
    }
    if current.activation_request.is_some() {
        return Err(Problem::new(ProblemCode::ActivationRequested).into());
    }
    if link.is_none_or(|link| link.revoked_at.is_some()) {
        return Err(Problem::new(ProblemCode::SetupLinkRevoked).into());
    }
    if !link.is_some_and(|link| setup_link::has_tested(link, current)) {
        return Err(Problem::new(ProblemCode::NotTestedWithSetupLink).into());
    }
    Ok(())
}

/// Sends mail to the organization's administrators about an activation that they can confirm or decline.
async fn notify_admins(
    app: &App,
    text: Localizer,
    organization: &Organization,
    connection: &Connection,
    link: &SetupLink,
) -> Result<(), Problem> {
    let mut tx = app.store.snapshot().await?;
    let admins = tx
        .organization(&organization.id)
        .console_accounts_with_role(role::ADMIN)
        .await?;
    drop(tx);
    let unknown = || text.get("mail-activation-unknown");
    let creator = actor_name(app, text, &link.created_by).await?;
    let address = format!(
        "{}/console/organizations/{}/sso/{}",
        app.config.public_url, organization.slug, connection.id
    );
    let variables = [
        ("connection", connection.settings.name.as_str().into()),
        ("organization", organization.name.as_str().into()),
        ("product", app.config.product_name.as_str().into()),
        (
            "recipient",
            link.email.clone().unwrap_or_else(unknown).into(),
        ),
        ("creator", creator.into()),
        ("address", address.into()),
    ];
    for admin in admins {
        app.mailer.send(Mail {
            to: admin.email,
            subject: text.format("mail-activation-subject", &variables[..2]),
            text: text.format("mail-activation-text", &variables),
        });
    }
    Ok(())
}
