//! Activating a connection with a setup link.
//!
//! An active connection lets its identity provider sign in members of the organization. So the recipient of a setup
//! link can activate the organization's first connection only, and after that request the activation of another one.

use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use store::{ActivationRequest, Connection, Organization, OrganizationTx, SetupLink};

use super::{SetupLinkTarget, has_tested};
use crate::admin_mail::{self, AdminMail};
use crate::connection::{self, ETag, activation};
use crate::{TxError, actor_name, plan};

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
/// the connection was active before; those of [`connection::activate`].
pub async fn activate(
    app: &App,
    target: &SetupLinkTarget,
    if_match: Option<ETag>,
    text: Localizer,
) -> Result<LinkActivation, Problem> {
    let (organization, connection) = connection::find(app, target.connection_ref()).await?;
    let actor = target.actor();
    let now = app.clock.now();
    let entry = |action| connection::audit(&actor, &connection, action).entry(app, None, None);
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
            let organization = org_tx
                .lock()
                .await?
                .ok_or_else(|| activation::not_found(&id))?;
            plan::check_sso(&config.plans, &organization)?;
            let current = activation::lock(&mut org_tx, &id).await?;
            connection::check_if_match(&mut org_tx, &current, if_match.as_ref()).await?;
            connection::check_complete(&current)?;
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
    let notice = LinkNotice {
        connection: &connection,
        link: &target.link,
        event: match outcome {
            LinkActivation::Activated => "activated",
            LinkActivation::Requested => "activation",
        },
    };
    notice.send(app, text, &organization).await?;
    Ok(outcome)
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
    if !link.is_some_and(|link| has_tested(link, current)) {
        return Err(Problem::new(ProblemCode::NotTestedWithSetupLink).into());
    }
    Ok(())
}

/// What the administrators read about an activation with a setup link.
struct LinkNotice<'n> {
    connection: &'n Connection,
    link: &'n SetupLink,
    /// See [`AdminMail::event`].
    event: &'static str,
}

impl LinkNotice<'_> {
    async fn send(
        &self,
        app: &App,
        text: Localizer,
        organization: &Organization,
    ) -> Result<(), Problem> {
        let recipient = self.link.email.clone();
        let mail = AdminMail {
            event: self.event,
            page: &format!("sso/{}", self.connection.id),
            variables: vec![
                ("connection", self.connection.settings.name.clone()),
                (
                    "recipient",
                    recipient.unwrap_or_else(|| text.get("mail-activation-unknown")),
                ),
                (
                    "creator",
                    actor_name(app, text, &self.link.created_by).await?,
                ),
            ],
        };
        admin_mail::send(app, text, organization, mail).await;
        Ok(())
    }
}
