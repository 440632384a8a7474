//! Activating a connection, and confirming what a setup link has requested or activated.
//!
//! Every activation without a setup link is a confirmation as well. Those with one are in
//! [`setup_link`](crate::setup_link).

use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde_json::json;
use store::{Connection, ConnectionId, ConnectionState, OrganizationTx};

use super::etag::check_if_match;
use super::{ConnectionRef, ConnectionView, ETag, audit, check_complete, find, view};
use crate::audit_log::AuditRecord;
use crate::{Actor, TxError, plan, setup_link_policy};

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

pub(crate) async fn lock(
    org_tx: &mut OrganizationTx<'_>,
    id: &ConnectionId,
) -> Result<Connection, TxError> {
    org_tx.lock_connection(id).await?;
    let current = org_tx.connection(id).await?;
    Ok(current.ok_or_else(|| not_found(id))?)
}

pub(crate) fn not_found(id: &ConnectionId) -> Problem {
    Problem::not_found("connection", id.as_str())
}
