//! The messages of an attempt, while they are kept.

use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use store::Attempt;

use super::find;
use crate::Actor;
use crate::audit_log::Deed;
use crate::sign_in::attempt_log::SamlMessages;

/// The messages of an attempt; nothing when they are not kept.
///
/// # Errors
///
/// When the organization has no such attempt.
pub async fn messages(app: &App, named: &str, id: &str) -> Result<Option<SamlMessages>, Problem> {
    let attempt = find(app, named, id).await?;
    of(app, &attempt).await
}

/// The same, for somebody who wants to see what they say of a person: that goes into the audit trail, since it is the
/// one way to read what the identity provider has told about somebody.
///
/// # Errors
///
/// When the organization has no such attempt.
pub async fn reveal(
    app: &App,
    actor: &Actor,
    named: &str,
    id: &str,
) -> Result<Option<SamlMessages>, Problem> {
    let attempt = find(app, named, id).await?;
    let Some(messages) = of(app, &attempt).await? else {
        return Ok(None);
    };
    let event = Deed {
        actor,
        organization: Some(&attempt.organization),
        action: "attempt.reveal",
        subject: attempt.id.as_str(),
    }
    .event(app, None, Some(json!({ "code": attempt.code })));
    app.store
        .write(async move |tx| tx.add_audit_entry(&event).await)
        .await?;
    Ok(Some(messages))
}

pub(super) async fn of(app: &App, attempt: &Attempt) -> Result<Option<SamlMessages>, Problem> {
    let (place, id, now) = (
        attempt.organization.clone(),
        attempt.id.clone(),
        app.clock.now(),
    );
    let sealed = app
        .store
        .snapshot()
        .await?
        .organization(&place)
        .messages(&id, now)
        .await?;
    Ok(sealed.and_then(|sealed| SamlMessages::open(app, &attempt.id, &sealed)))
}
