//! Mail to the administrators of an organization about what they may have to react to.

use i18n::Localizer;
use runtime::app::App;
use runtime::mail::Mail;
use store::{Organization, StoreError};

use super::role;

/// A mail to all administrators of an organization.
pub(super) struct AdminMail<'m> {
    /// The keys of the texts are `mail-{event}-subject` and `mail-{event}-text`.
    pub(super) event: &'static str,
    /// The page of the organization in the console to which the mail leads.
    pub(super) page: &'m str,
    /// Variables of the texts besides `organization`, `product` and `address`.
    pub(super) variables: Vec<(&'static str, String)>,
}

/// Sends a mail to all administrators. What it is about has happened already, so a failure is logged.
pub(super) async fn send(
    app: &App,
    text: Localizer,
    organization: &Organization,
    mail: AdminMail<'_>,
) {
    if let Err(error) = try_send(app, text, organization, &mail).await {
        let event = mail.event;
        tracing::error!(%error, event, "administrators were not told of an event");
    }
}

async fn try_send(
    app: &App,
    text: Localizer,
    organization: &Organization,
    mail: &AdminMail<'_>,
) -> Result<(), StoreError> {
    let mut tx = app.store.snapshot().await?;
    let admins = tx
        .organization(&organization.id)
        .console_accounts_with_role(role::ADMIN)
        .await?;
    drop(tx);
    let address = format!(
        "{}/console/organizations/{}/{}",
        app.config.public_url, organization.slug, mail.page
    );
    let own = mail.variables.iter();
    let mut variables: Vec<_> = own
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    variables.extend([
        ("organization", organization.name.as_str().into()),
        ("product", app.config.product_name.as_str().into()),
        ("address", address.into()),
    ]);
    let subject = text.format(&format!("mail-{}-subject", mail.event), &variables);
    let body = text.format(&format!("mail-{}-text", mail.event), &variables);
    for admin in admins {
        app.mailer.send(Mail {
            to: admin.email,
            subject: subject.clone(),
            text: body.clone(),
        });
    }
    Ok(())
}
