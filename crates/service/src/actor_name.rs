//! The names of actors in the audit log.

use i18n::Localizer;
use runtime::app::App;
use store::{PersonId, StoreError};

/// The name of an actor: of a person their name or email address, of anything else what it is.
pub async fn actor_name(app: &App, text: Localizer, actor: &str) -> Result<String, StoreError> {
    if let Ok(id) = PersonId::parse(actor) {
        let person = app.store.snapshot().await?.person(&id).await?;
        return Ok(person
            .and_then(|person| person.name.or(person.email))
            .unwrap_or_else(|| actor.to_owned()));
    }
    Ok(match actor.split('_').next() {
        Some("set") => text.get("sso-by-link"),
        Some("key") => text.get("sso-by-key"),
        Some("cli") => text.get("sso-by-cli"),
        _ => text.get("sso-by-server"),
    })
}
