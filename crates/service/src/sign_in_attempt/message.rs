//! The SAML messages of an attempt.

use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use store::Attempt;

use super::find;
use crate::Actor;
use crate::audit_log::AuditRecord;
use crate::sign_in::attempt_log::SamlMessages;

/// The messages of an attempt; none when they are not stored.
pub async fn messages(
    app: &App,
    org_id_or_slug: &str,
    id: &str,
) -> Result<Option<SamlMessages>, Problem> {
    let attempt = find(app, org_id_or_slug, id).await?;
    load_messages(app, &attempt).await
}

/// The messages of an attempt with the personal data in them. Each call is logged in the audit log.
pub async fn reveal(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    id: &str,
) -> Result<Option<SamlMessages>, Problem> {
    let attempt = find(app, org_id_or_slug, id).await?;
    let Some(messages) = load_messages(app, &attempt).await? else {
        return Ok(None);
    };
    let entry = AuditRecord {
        actor,
        organization: Some(&attempt.organization),
        action: "sign_in_attempt.personal_data_viewed",
        subject: attempt.id.as_str(),
    }
    .entry(app, None, Some(json!({ "code": attempt.code })));
    app.store
        .write(async move |tx| tx.add_audit_entry(&entry).await)
        .await?;
    Ok(Some(messages))
}

pub(super) async fn load_messages(
    app: &App,
    attempt: &Attempt,
) -> Result<Option<SamlMessages>, Problem> {
    let now = app.clock.now();
    let sealed = app
        .store
        .snapshot()
        .await?
        .organization(&attempt.organization)
        .messages(&attempt.id, now)
        .await?;
    Ok(sealed.and_then(|sealed| SamlMessages::open(app, &attempt.id, &sealed)))
}
